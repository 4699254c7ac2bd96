import { createMemoryHub } from '@hangar/bus'
import { control } from '@hangar/control'
import { type DaemonDefinition, type RunningDaemon, startDaemon } from '@hangar/daemon'
import { dcd } from '@hangar/dcd'
import { eventd } from '@hangar/eventd'
import { jsd } from '@hangar/jsd'
import { kernel } from '@hangar/kernel'
import { mgd } from '@hangar/mgd'
import { mqttd } from '@hangar/mqttd'
import { rpd } from '@hangar/rpd'
import { type Clock, type Endpoint, Lifecycle, type Logger, type Random } from '@hangar/runtime'
import { consoleSocket } from './console-socket.ts'
import { defaultConfiguration } from './default-configuration.ts'

/** Where a device is reached; absent is what its configuration does not have. */
export interface Endpoints {
  grpc?: Endpoint
  mqtt?: Endpoint
  ssh?: Endpoint
  netconf?: Endpoint
  control?: Endpoint
}

export interface DeviceOptions {
  directory: string
  /** Text or set format; absent: what the directory holds, else the default. */
  configuration?: string
  host: string
  grpcPort?: number
  mqttPort?: number
  sshPort?: number
  netconfPort?: number
  controlPort: number
  clock: Clock
  random: Random
  log: Logger
}

export interface Device {
  /** As they are now: a commit may move them. */
  readonly endpoints: Readonly<Endpoints>
  stop(): Promise<void>
}

/**
 * Starts every daemon in this process, on the memory bus. Resolves when the device is READY: what its configuration says is
 * there. Rejects with a HangarError, and leaves nothing running, when it cannot be.
 */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const { clock, random, log } = options
  const endpoints: Endpoints = {}
  const lifecycle = new Lifecycle({ clock, log })
  const hub = createMemoryHub({ device: 'hangar' })
  const report = (name: keyof Endpoints) => (endpoint: Endpoint | undefined) => {
    if (endpoint) endpoints[name] = endpoint
    else delete endpoints[name]
  }

  const starting: Promise<void>[] = []
  const start = <Options>(definition: DaemonDefinition<Options>, daemonOptions: Options): Promise<void> => {
    const started = (async () => {
      const daemonLog = log.child({ daemon: definition.name })
      const bus = hub.connect(definition.name, { clock, random, log: daemonLog })
      const environment = { bus, clock, random, log: daemonLog, listenHost: options.host }
      const daemon: RunningDaemon = await startDaemon(definition, environment, daemonOptions)
      lifecycle.onStop(definition.name, () => daemon.stop())
    })()
    starting.push(started)
    return started
  }
  const { promise: ready, resolve: onReady, reject: onStartProblem } = Promise.withResolvers<void>()
  ready.catch(() => {}) // heard below, unless a start fails first

  try {
    // Any order does; in this one nobody asks for somebody who is not there yet, only to try again.
    await Promise.all([start(kernel, {}), start(mqttd, { ...portOf(options.mqttPort), onListening: report('mqtt') })])
    await Promise.all([
      start(control, { port: options.controlPort, onListening: report('control'), onReady }),
      start(dcd, {}),
      start(rpd, {}),
      start(eventd, {}),
      start(jsd, { ...portOf(options.grpcPort), onListening: report('grpc') }),
      start(mgd, {
        directory: options.directory,
        ...(options.configuration !== undefined && { initialConfiguration: options.configuration }),
        defaultConfiguration,
        sshPort: options.sshPort ?? unprivileged(2222),
        netconfPort: options.netconfPort ?? unprivileged(8300),
        cliSocket: consoleSocket(options.directory),
        onListening(given) {
          report('ssh')(given.ssh)
          report('netconf')(given.netconf)
        },
        onStartProblem,
      }),
    ])
    await ready
  } catch (error) {
    // Those that were still starting too, so that nothing comes up after the end.
    await Promise.allSettled(starting)
    await lifecycle.stop()
    throw error
  }
  return { endpoints, stop: () => lifecycle.stop() }
}

/** A port that anybody may listen on, where the configuration says one that only root may. */
function unprivileged(port: number) {
  return (configured: number) => (configured < 1024 ? port : configured)
}

function portOf(port: number | undefined) {
  return port === undefined ? {} : { port }
}
