import type { Caller } from '@hangar/daemon'
import type { Cancel, Clock } from '@hangar/runtime'

/** The routing APIs that a client initializes, each for itself. */
export type ClientApi = 'rib' | 'bgp' | 'interfaces' | 'gribi'

/** Seconds, or never. */
export type PurgeTime = number | 'never'

/** A JET client as rpd knows it: by its client id, over connections, until its state is purged. */
export class RoutingClient {
  readonly id: string
  /** In the order of their first call, from 1: what some displays show. */
  readonly number: number
  /** jsd's names of its live connections; one at a time, as ids are unique. */
  readonly sessions = new Set<string>()
  /** Its own purge time; undefined: the device's. */
  purgeTime: PurgeTime | undefined
  /** APIs that were initialized, with the session in which that was. They stay over connections until cleanup or purge. */
  readonly initialized = new Map<ClientApi, string>()
  /** The generation of the RIB API that it programs routes through (since 24.2 a client uses one). */
  ribGeneration: 'classic' | 'modern' | undefined
  /** How the modern RIB API writes addresses in its answers to it: what its last RouteInitialize said. */
  ribAddresses: 'string' | 'bytes' = 'string'
  /** Routes of it are being removed: by a cleanup or a purge. */
  cleaning = 0
  /** It is being purged, and nothing was heard of it since that began: it is forgotten then. */
  leaving = false
  /** Clock time (monotonic, ms) at which its state is purged; undefined while it is up, or when that is never. */
  purgeAt: number | undefined
  /** Removes its state when it is gone for good. */
  readonly belongings = new Map<string, () => void | Promise<void>>()
  cancelPurge: Cancel = () => {}

  constructor(id: string, number: number) {
    this.id = id
    this.number = number
  }

  get up(): boolean {
    return this.sessions.size > 0
  }
}

/** ms that a call's session may be ahead of jsd's word on it. */
const AHEAD = 5000

export interface ClientsOptions {
  clock: Clock
  /** Removes all routes of a client. */
  removeRoutes(client: RoutingClient): Promise<void>
}

/**
 * Who programs routes. A client is up while its connection is; when that ends its state is kept for the purge time, and is its again when
 * the same client id comes back meanwhile.
 */
export class Clients implements Iterable<RoutingClient> {
  readonly #options: ClientsOptions
  readonly #clients = new Map<string, RoutingClient>()
  /** Sessions that live by jsd's word, with their client ids. */
  readonly #live = new Map<string, string>()
  /** Sessions that ended, lately: a call of theirs may still be on its way. */
  readonly #ended = new Set<string>()
  #made = 0
  #purgeTime: PurgeTime = 120

  constructor(options: ClientsOptions) {
    this.#options = options
  }

  [Symbol.iterator](): Iterator<RoutingClient> {
    return this.#clients.values()
  }

  find(id: string): RoutingClient | undefined {
    return this.#clients.get(id)
  }

  /** Time that applies to clients without one of their own. */
  get globalPurgeTime(): PurgeTime {
    return this.#purgeTime
  }

  /** Takes effect for those that are down already, counted from now. */
  set globalPurgeTime(time: PurgeTime) {
    if (time === this.#purgeTime) return
    this.#purgeTime = time
    for (const client of this.#clients.values())
      if (!client.up && client.purgeTime === undefined) this.#startPurge(client)
  }

  purgeTimeOf(client: RoutingClient): PurgeTime {
    return client.purgeTime ?? this.#purgeTime
  }

  /** Seconds until the client's state is purged; undefined while it is up, or when that is never. */
  secondsLeft(client: RoutingClient): number | undefined {
    if (client.purgeAt === undefined) return undefined
    return Math.max(0, Math.ceil((client.purgeAt - this.#options.clock.monotonic()) / 1000))
  }

  /** Who makes a call; known from its first one on. */
  calling({ clientId, peer, session }: Caller): RoutingClient {
    const id = clientId === '' ? peer : clientId
    const client = this.#clients.get(id) ?? this.#meet(id)
    client.leaving = false
    if (this.#ended.has(session)) {
      // What the last word of a session makes is the client's, which has its purge time to come back for it.
      if (!client.up && client.purgeAt === undefined) this.#startPurge(client)
    } else if (!client.sessions.has(session)) {
      this.#revive(client, session)
      // The call may have been faster than jsd's word; a session that jsd never names as this client's is over, or somebody else's.
      if (this.#live.get(session) !== id)
        this.#options.clock.after(AHEAD, () => {
          if (this.#live.get(session) !== id) this.#sessionGone(client, session)
        })
    }
    return client
  }

  /** jsd says that a session lives. */
  sessionUp(session: string, clientId: string): void {
    const before = this.#live.get(session)
    this.#live.set(session, clientId)
    // jsd may only have been out of sight.
    this.#ended.delete(session)
    if (before !== undefined && before !== clientId) {
      const other = this.#clients.get(before)
      if (other) this.#sessionGone(other, session)
    }
    const client = this.#clients.get(clientId)
    if (client && !client.sessions.has(session)) this.#revive(client, session)
  }

  /** jsd says that it ended. */
  sessionDown(session: string): void {
    this.#live.delete(session)
    this.#ended.add(session)
    this.#options.clock.after(AHEAD, () => this.#ended.delete(session))
    for (const client of this.#clients.values()) if (client.sessions.has(session)) this.#sessionGone(client, session)
  }

  /** jsd is gone, and all connections with it. */
  allDown(): void {
    for (const session of this.#live.keys()) this.sessionDown(session)
    for (const client of this.#clients.values()) for (const session of client.sessions) this.sessionDown(session)
  }

  setPurgeTime(client: RoutingClient, time: PurgeTime | undefined): void {
    client.purgeTime = time
    if (!client.up) this.#startPurge(client)
  }

  #meet(id: string): RoutingClient {
    const client = new RoutingClient(id, ++this.#made)
    // The call that makes it known may be of an earlier session than the one that it has now.
    for (const [session, clientId] of this.#live) if (clientId === id) client.sessions.add(session)
    this.#clients.set(id, client)
    return client
  }

  #revive(client: RoutingClient, session: string): void {
    client.leaving = false
    client.sessions.add(session)
    client.cancelPurge()
    client.purgeAt = undefined
  }

  #sessionGone(client: RoutingClient, session: string): void {
    if (!client.sessions.delete(session) || client.up) return
    this.#startPurge(client)
  }

  #startPurge(client: RoutingClient): void {
    client.cancelPurge()
    client.purgeAt = undefined
    const time = this.purgeTimeOf(client)
    if (time === 'never') return
    const { clock } = this.#options
    client.purgeAt = clock.monotonic() + time * 1000
    client.cancelPurge = clock.after(time * 1000, () => void this.#purge(client))
  }

  async #purge(client: RoutingClient): Promise<void> {
    client.purgeAt = undefined
    client.leaving = true
    // What it had goes; if it comes back under way, it begins anew.
    client.initialized.clear()
    client.ribGeneration = undefined
    client.purgeTime = undefined
    const belongings = [...client.belongings.values()]
    client.belongings.clear()
    client.cleaning++
    try {
      for (const remove of belongings) await remove()
      await this.#options.removeRoutes(client)
    } finally {
      client.cleaning--
    }
    if (!client.leaving) return
    // As long as something else is removed for it, one that comes back has to find it as it is.
    if (client.cleaning > 0) return this.#startPurge(client)
    client.cancelPurge()
    this.#clients.delete(client.id)
  }
}
