import type { HangarError } from '@hangar/runtime'
import type { Endpoints, StandInPort } from './ssh/listeners.ts'

/** What mgd is started with. */
export interface MgdOptions {
  /** The device directory; made when it is not there. */
  directory: string
  /** Text or set format: what the device starts from, in place of what the directory holds. */
  initialConfiguration?: string
  /** What a directory without a configuration starts from. */
  defaultConfiguration: string
  /** In place of the configured port. */
  sshPort?: StandInPort
  netconfPort?: StandInPort
  /** Path of the local console's unix socket; without one there is no console. */
  cliSocket?: string
  /** Where SSH and NETCONF listen now: at the start, and at each change. */
  onListening?(endpoints: Endpoints): void
  /** A daemon refuses the configuration that the device starts with, or cannot do what it says. */
  onStartProblem?(error: HangarError): void
}
