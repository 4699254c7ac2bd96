import type { Socket } from 'node:net'
import type { Problem } from '@hangar/daemon'
import type { ConfigView } from '@hangar/junos-config'
import { type Clock, type Endpoint, type HangarError, messageOf } from '@hangar/runtime'
import { Listener } from './listener.ts'

export interface Endpoints {
  ssh?: Endpoint
  netconf?: Endpoint
}

/** What one of the two services is configured to be. */
interface Wanted {
  /** The port as the device knows it. */
  readonly port: number
  readonly connectionLimit: number
  readonly rateLimit: number
  readonly maxSessions: number
}

interface Running {
  wanted: Wanted
  readonly listener: Listener
}

type Name = 'ssh' | 'netconf'

/** What stands in for a port of the configuration: a port (0: any free one), or what makes one of the configured. */
export type StandInPort = number | ((configured: number) => number)

export interface ListenersOptions {
  host: string
  ports: { ssh?: StandInPort | undefined; netconf?: StandInPort | undefined }
  clock: Clock
  admit(socket: Socket, at: { kinds: ReadonlySet<'cli' | 'netconf'>; maxSessions: number }): void
  onListening(endpoints: Endpoints): void
}

/** The SSH and NETCONF listeners, as the configuration wants them. */
export class SshListeners {
  readonly #options: ListenersOptions
  readonly #running = new Map<Name, Running>()
  /** What a port of 0 became: it stays so when the service is taken away and comes back. */
  readonly #chosen = new Map<Name, number>()
  #netconfWanted = false

  constructor(options: ListenersOptions) {
    this.#options = options
  }

  /** Makes it so. The problems are ports that cannot be had. */
  async apply(services: ConfigView): Promise<readonly (Problem & { error: HangarError })[]> {
    const netconf = wantedOf(services.at('netconf', 'ssh'))
    this.#netconfWanted = netconf !== undefined
    const before = JSON.stringify(this.endpoints)
    const problems = await Promise.all([
      this.#bring('ssh', wantedOf(services.at('ssh'))),
      this.#bring('netconf', netconf),
    ])
    if (JSON.stringify(this.endpoints) !== before) this.#options.onListening(this.endpoints)
    return problems.filter(problem => problem !== undefined)
  }

  get endpoints(): Endpoints {
    return Object.fromEntries([...this.#running].map(([name, { listener }]) => [name, listener.address]))
  }

  /** As `show system connections` lists them: ports are those of the device, not of the machine that it runs on. */
  *sockets() {
    for (const { wanted, listener } of this.#running.values()) {
      for (const protocol of ['tcp4', 'tcp6'])
        yield { protocol, local: `*.${wanted.port}`, foreign: '*.*', state: 'LISTEN' }
      for (const { local, address, port } of listener.peers())
        yield {
          protocol: 'tcp4',
          local: `${local}.${wanted.port}`,
          foreign: `${address}.${port}`,
          state: 'ESTABLISHED',
        }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ listener }) => listener.close(true)))
    this.#running.clear()
  }

  async #bring(name: Name, wanted: Wanted | undefined): Promise<(Problem & { error: HangarError }) | undefined> {
    const running = this.#running.get(name)
    const moved = running && wanted && this.#port(name, running.wanted) !== this.#port(name, wanted)
    if (running && (!wanted || moved)) {
      this.#running.delete(name)
      await running.listener.close(false)
    }
    if (!wanted) return undefined
    if (running && !moved) {
      running.wanted = wanted
      running.listener.limits = wanted
      return undefined
    }
    try {
      await this.#listen(name, wanted)
      return undefined
    } catch (error) {
      const path = name === 'ssh' ? ['system', 'services'] : ['system', 'services', 'netconf']
      return { path, element: 'ssh', message: messageOf(error), error: error as HangarError }
    }
  }

  async #listen(name: Name, wanted: Wanted): Promise<void> {
    const { host, clock, admit } = this.#options
    const listener = await Listener.open({
      name,
      host,
      port: this.#port(name, wanted),
      limits: wanted,
      clock,
      accept: socket => {
        const kinds = new Set<'cli' | 'netconf'>(name === 'ssh' ? ['cli'] : ['netconf'])
        if (this.#netconfWanted) kinds.add('netconf')
        admit(socket, { kinds, maxSessions: this.#running.get(name)?.wanted.maxSessions ?? wanted.maxSessions })
      },
    })
    if (this.#options.ports[name] === 0) this.#chosen.set(name, listener.address.port)
    this.#running.set(name, { wanted, listener })
  }

  #port(name: Name, wanted: Wanted): number {
    const standIn = this.#chosen.get(name) ?? this.#options.ports[name] ?? wanted.port
    return typeof standIn === 'function' ? standIn(wanted.port) : standIn
  }
}

function wantedOf(service: ConfigView): Wanted | undefined {
  if (!service.exists) return undefined
  return {
    port: service.number('port')!,
    connectionLimit: service.number('connection-limit')!,
    // A router lets 150 in a minute when nothing is configured. A test suite logs in more often than that, and is not to be locked out.
    rateLimit: service.has('rate-limit') ? service.number('rate-limit')! : Number.POSITIVE_INFINITY,
    maxSessions: service.schema.statements.get('max-sessions-per-connection')
      ? service.number('max-sessions-per-connection')!
      : 10,
  }
}
