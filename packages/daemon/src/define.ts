import type { DescMessage, DescService } from '@bufbuild/protobuf'
import type { ServiceImpl } from '@connectrpc/connect'
import type { Bus, Publisher } from '@hangar/bus'
import type { OperationalCommand } from '@hangar/junos-cli'
import type { ConfigView } from '@hangar/junos-config'
import type { Socket } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Clock, Lifecycle, Logger, Metrics, Random } from '@hangar/runtime'
import type { Caller, JetImplementation, JetService, ServeJetOptions } from './jet.ts'

/** What a daemon is. `start` is wiring only: it builds the domain and says what of it the others may use. */
export interface DaemonDefinition<Options = unknown> {
  /** Junos's name of the process: "rpd". */
  readonly name: string
  /** What a person calls it: "Routing process". */
  readonly title: string
  /** Boot signals that this daemon gives, in their order. */
  readonly signals?: readonly string[]
  start(host: DaemonHost, options: Options): void | Promise<void>
}

export function defineDaemon<Options = unknown>(definition: DaemonDefinition<Options>): DaemonDefinition<Options> {
  return definition
}

/** All that a daemon gets of the outside world, and all that it gives. */
export interface DaemonHost {
  readonly name: string
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly metrics: Metrics
  /** Where the daemon's listeners are bound, whatever address its configuration names: "127.0.0.1" unless told otherwise. */
  readonly listenHost: string
  /** Runs in reverse order when the daemon stops. */
  readonly lifecycle: Lifecycle

  /** Serves an internal service to the other daemons. */
  serve<S extends DescService>(service: S, implementation: ServiceImpl<S>): void
  /** Serves a JET service: jsd hands requests through as bytes; they are decoded here, once, but for those of `options.bytes`. */
  serveJet<S extends DescService>(service: S, implementation: JetImplementation<S>, options?: ServeJetOptions<S>): void
  /**
   * Serves a JET service that is loaded when it is first called, descriptors and all, so that a start does not pay for what nobody may ask for. All of its
   * methods are announced. `name`: "routing.Rib".
   */
  serveJetLater<S extends DescService>(name: string, load: () => Promise<JetService<S>>): void
  /** Reads configuration. At most once a daemon. */
  configure(reader: ConfigurationReader): void
  /** Contributes an operational command to the CLI. */
  command(command: OperationalCommand): void
  /** Names for completion: interfaces, clients. */
  completion(name: string, candidates: (prefix: string) => Iterable<{ name: string; help?: string }>): void
  /** Reports sockets, as `show system connections` lists them. */
  sockets(list: () => Iterable<Omit<Socket, '$typeName' | '$unknown'>>): void
  /** Reaches a boot signal: "INTERFACES_UP". */
  signal(name: string): void
  /** Says something to the system log, and so to /junos/events/syslog/<tag>. */
  syslog(message: SyslogInput): void
  /** A source of typed events. */
  publisher<M extends DescMessage>(kind: string, schema: M): Publisher<M>
}

export interface SyslogInput {
  /** "UI_COMMIT_COMPLETED"; absent: an untagged message, which notifications show as SYSTEM. */
  tag?: string
  message: string
  facility?: string
  severity?: string
  attributes?: Record<string, string>
  /** The process that it is from, when it is not the daemon itself: "login". */
  process?: string
  pid?: number
}

export interface ConfigurationReader {
  /** The subtrees that the daemon reads: ['interfaces'], ['system', 'services', 'extension-service']. Groups are already expanded. */
  readonly subtrees: readonly (readonly string[])[]
  /** Says what is wrong with a candidate, without changing anything. Both views stand at the root and hold the daemon's subtrees alone. */
  check?(next: ConfigView, current: ConfigView): Iterable<Problem> | Promise<Iterable<Problem>>
  /** Makes it so. Resolves when the effect is there. Problems are of the world (a port in use), not of the configuration. */
  apply(next: ConfigView, current: ConfigView): Promise<readonly Problem[] | undefined> | readonly Problem[] | undefined
}

/** One thing wrong in a configuration, or worth a warning. */
export interface Problem {
  warning?: boolean
  /** ['interfaces', 'ge-0/0/1'] */
  path: readonly string[]
  /** "unit 2" */
  element?: string
  message: string
}

export type { Caller }
