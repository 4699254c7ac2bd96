import type { ServiceImpl } from '@connectrpc/connect'
import type { Bus, Publisher } from '@hangar/bus'
import { Daemon, Jet } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import { type Clock, Lifecycle, type Logger, Metrics, messageOf, type Random } from '@hangar/runtime'
import { CommandSeat } from './command-seat.ts'
import { ConfigurationSeat } from './configuration-seat.ts'
import type { DaemonDefinition, DaemonHost, SyslogInput } from './define.ts'
import type { Health } from './health.ts'
import { JetDoor } from './jet-door.ts'

/** What a daemon is run with. */
export interface DaemonEnvironment {
  bus: Bus
  clock: Clock
  random: Random
  log: Logger
  listenHost: string
}

export interface RunningDaemon {
  readonly name: string
  readonly health: Health
  readonly metrics: Metrics
  stop(): Promise<void>
}

type CompletionSource = Parameters<DaemonHost['completion']>[1]
type SocketSource = Parameters<DaemonHost['sockets']>[0]

/** Builds a daemon from its definition, serves what it gives, and tells the others. Resolves when others can call it. */
export async function startDaemon<Options>(
  definition: DaemonDefinition<Options>,
  environment: DaemonEnvironment,
  options: Options,
): Promise<RunningDaemon> {
  const { bus, clock, log } = environment
  const lifecycle = new Lifecycle({ clock, log })
  const metrics = new Metrics()
  const jet = new JetDoor()
  const seat = new ConfigurationSeat()
  const commands = new CommandSeat()
  const completions = new Map<string, CompletionSource>()
  const socketSources: SocketSource[] = []
  const signals: string[] = []
  const serving: Promise<void>[] = []
  let announced = false

  const syslog = bus.publisher('syslog', SyslogMessageSchema)
  const announce = () =>
    bus.announce({
      daemon: definition.name,
      title: definition.title,
      incarnation: bus.incarnation,
      configuration: seat.subtrees,
      jetServices: jet.announcement(),
      commands: commands.announcement(),
      signals: [...signals],
      expectedSignals: [...(definition.signals ?? [])],
    })

  const host: DaemonHost = {
    ...environment,
    name: definition.name,
    metrics,
    lifecycle,
    serve(service, implementation) {
      serving.push(bus.serve(service, implementation))
    },
    serveJet: (service, implementation, options) => jet.add(service, implementation, options),
    serveJetLater: (name, load) => jet.addLater(name, load),
    configure: reader => seat.use(reader),
    command: command => commands.add(command),
    completion: (name, candidates) => void completions.set(name, candidates),
    sockets: list => void socketSources.push(list),
    signal(name) {
      if (signals.includes(name)) return
      signals.push(name)
      if (announced) announce().catch(error => log.warn({ error: messageOf(error) }, 'could not announce'))
    },
    syslog: message => publishSyslog(syslog, message, definition.name, clock),
    publisher: (kind, schema) => bus.publisher(kind, schema),
  }

  const standard: ServiceImpl<typeof Daemon> = {
    checkConfiguration: request => seat.check(request),
    applyConfiguration: request => seat.apply(request),
    runCommand: request => commands.run(request),
    complete: request => ({
      candidates: [...(completions.get(request.completion)?.(request.prefix) ?? [])].filter(({ name }) =>
        name.startsWith(request.prefix),
      ),
    }),
    listSockets: () => ({ sockets: socketSources.flatMap(list => [...list()]) }),
    async describeJet() {
      // Descriptors of descriptors: loaded for who asks, which is hardly anybody.
      const { describeFiles } = await import('./jet-schema.ts')
      return { files: describeFiles(await jet.files()) }
    },
  }
  const stop = async () => {
    await lifecycle.stop()
    await bus.close()
  }

  try {
    await definition.start(host, options)
    await Promise.all([...serving, bus.serve(Daemon, standard), bus.serve(Jet, jet.service)])
    announced = true
    await announce()
  } catch (error) {
    // Half a daemon must not stay behind.
    await stop()
    throw error
  }

  const missing = () => [
    ...(definition.signals ?? []).filter(signal => !signals.includes(signal)),
    ...(bus.connected ? [] : ['BUS']),
  ]
  return {
    name: definition.name,
    health: { ready: () => missing().length === 0, missing },
    metrics,
    stop,
  }
}

function publishSyslog(
  publisher: Publisher<typeof SyslogMessageSchema>,
  message: SyslogInput,
  daemon: string,
  clock: Clock,
): void {
  publisher.publish({
    timeMs: BigInt(clock.now()),
    facility: message.facility ?? 'daemon',
    severity: message.severity ?? 'info',
    process: message.process ?? daemon,
    pid: message.pid ?? process.pid,
    tag: message.tag ?? '',
    message: message.message,
    attributes: Object.entries(message.attributes ?? {}).map(([name, value]) => ({ name, value })),
  })
}
