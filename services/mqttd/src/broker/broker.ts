import type { Socket } from 'node:net'
import { formatAddress, parseAddress, unmapped } from '@hangar/inet'
import { type Clock, type Logger, messageOf, type Random } from '@hangar/runtime'
import { Aedes, type AedesOptions, type Client } from 'aedes'
import { BoundedStore, type StoreLimits } from './bounded-store.ts'
import { ClientStream, type ClientStreamLimits } from './client-stream.ts'
import type { Connection } from './connection.ts'
import type { Entrance } from './entrance.ts'
import { Filters } from './filters.ts'
import { PersistentSessions } from './persistent-sessions.ts'
import { publishInOrder } from './publish-in-order.ts'
import { isTopicFilter } from './topic-filter.ts'

export interface BrokerLimits extends ClientStreamLimits, StoreLimits {
  /** Topic filters of one client; a SUBSCRIBE beyond them is answered with failure (0x80). */
  filters: number
  /** Connections of one entrance that have not sent their CONNECT; beyond them the oldest gives way to the new one. */
  pending: number
  /** What a client may take from connecting to a whole CONNECT, ms. */
  connectTime: number
  /** Persistent sessions; the one that was away the longest is forgotten for a new one. */
  sessions: number
}

export const defaultLimits: BrokerLimits = {
  packet: 256 * 1024,
  queue: 4 * 1024 * 1024,
  retained: 10_000,
  retainedBytes: 16 * 1024 * 1024,
  queued: 1000,
  queuedBytes: 1024 * 1024,
  filters: 1000,
  pending: 64,
  connectTime: 10_000,
  sessions: 100,
}

export interface BrokerOptions {
  clock: Clock
  random: Random
  log: Logger
  limits?: Partial<BrokerLimits>
  /** Hears when the first client wants a topic filter, and when the last one no longer does; before the client's SUBACK. */
  onFilter?(filter: string, wanted: boolean): void
}

/** The broker: aedes, with what it leaves open decided here: who comes in, how much anybody may hold, and when time is up. */
export class Broker {
  readonly limits: BrokerLimits
  readonly #aedes: Aedes
  readonly #store: BoundedStore
  readonly #options: BrokerOptions
  readonly #filters: Filters
  readonly #sessions: PersistentSessions
  readonly #connections = new Map<ClientStream, Connection>()
  #keys = 0

  static async create(options: BrokerOptions): Promise<Broker> {
    const broker = new Broker(options)
    await broker.#aedes.listen()
    return broker
  }

  private constructor(options: BrokerOptions) {
    this.#options = options
    this.limits = { ...defaultLimits, ...options.limits }
    this.#store = new BoundedStore(this.limits)
    this.#filters = new Filters((filter, wanted) => options.onFilter?.(filter, wanted))
    this.#sessions = new PersistentSessions(this.limits.sessions)
    this.#aedes = new Aedes(this.#hooks())
    publishInOrder(this.#aedes)
    this.#aedes.on('client', client => this.#onClient(client))
    this.#aedes.on('unsubscribe', (filters, client) => this.#onUnsubscribe(filters, client))
    this.#aedes.on('clientError', (client, error) => this.#onError(client, error))
    this.#aedes.on('connectionError', (client, error) => this.#onError(client, error))
    ;(this.#aedes as NodeJS.EventEmitter).on('error', (error: unknown) =>
      options.log.error({ error: messageOf(error) }, 'broker'),
    )
  }

  /** Takes a socket that came in through `entrance`. */
  accept(socket: Socket, entrance: Entrance): void {
    const address = plain(socket.remoteAddress)
    if (!address) {
      socket.destroy()
      return
    }
    const pending = [...this.#connections.values()].filter(one => one.entrance === entrance && !one.clientId)
    if (pending.length >= this.limits.pending) pending[0]?.stream.destroy(new Error('no CONNECT while others wait'))
    entrance.log(`New connection from ${address} on port ${entrance.port}.`)
    const stream = new ClientStream(
      socket,
      { packet: this.limits.packet, queue: this.limits.queue + entrance.sendBuffer },
      this.#options.clock,
    )
    const connection: Connection = {
      key: `${++this.#keys}`,
      entrance,
      stream,
      address,
      foreignPort: socket.remotePort ?? 0,
      localAddress: plain(socket.localAddress) ?? '',
      keepalive: 0,
      clean: true,
      nameless: false,
    }
    this.#connections.set(stream, connection)
    stream.deadline(this.limits.connectTime, 'no CONNECT in time')
    stream.on('close', () => this.#onClose(connection))
    stream.onDropping = () =>
      entrance.log(`Outgoing messages are being dropped for client ${connection.clientId ?? '<unknown>'}.`)
    this.#aedes.handle(stream)
  }

  /** The connections that were let in. */
  *clients(): Generator<Connection & { clientId: string }> {
    for (const connection of this.#connections.values()) {
      if (connection.clientId !== undefined) yield connection as Connection & { clientId: string }
    }
  }

  /** Ends connections, with a FIN. */
  disconnect(which: (connection: Connection) => boolean): void {
    for (const connection of this.#connections.values()) if (which(connection)) connection.stream.destroy()
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    for (const { stream } of this.#connections.values()) {
      stream.destroy()
      stream.socket.destroy()
    }
    await new Promise<void>(resolve => this.#aedes.close(resolve))
  }

  #of(client: Client): Connection | undefined {
    return this.#connections.get(client.conn as ClientStream)
  }

  #hooks(): AedesOptions {
    return {
      id: 'hangar',
      persistence: this.#store,
      // No messages beyond a number wait inside: they were let out one within the other, which a burst to a client that leaves makes too deep.
      concurrency: 0,
      // Time is this class's affair, on the device's clock.
      connectTimeout: 2 ** 31 - 1,
      drainTimeout: 0,
      maxClientsIdLength: 65_535,
      preConnect: (client, packet, callback) => {
        const connection = this.#of(client)
        if (!connection) return callback(null, false)
        const { entrance, stream } = connection
        const refusal = entrance.refusal(connection.address, packet.clientId)
        if (refusal !== undefined) {
          entrance.log(refusal)
          stream.destroy()
          return callback(null, false)
        }
        connection.clean = packet.clean !== false
        connection.nameless = packet.clientId === '' && (!connection.clean || packet.protocolVersion === 3)
        packet.clientId = entrance.clientId?.() ?? (packet.clientId || `auto-${this.#options.random.hex(16)}`)
        connection.clientId = packet.clientId
        connection.keepalive = packet.keepalive ?? 0
        packet.keepalive = 0
        if (packet.username !== undefined) connection.username = packet.username
        callback(null, true)
      },
      authenticate: (client, username, password, callback) => {
        const connection = this.#of(client)
        const refused = (returnCode: number, message: string) =>
          callback(Object.assign(new Error(message), { returnCode }), null)
        if (!connection) return callback(null, false)
        if (connection.nameless) return refused(2, 'a persistent session has no client id')
        if (!connection.entrance.authenticate(username, password)) return refused(4, 'not one of the device')
        this.#openSession(connection)
        callback(null, true)
      },
      authorizeSubscribe: (client, subscription, callback) => {
        const connection = this.#of(client)
        if (!connection) return callback(null, null)
        const { topic } = subscription
        if (!isTopicFilter(topic)) return callback(new Error('not a topic filter'))
        const known = this.#filters.has(connection.key, topic)
        if (!known && this.#filters.countOf(connection.key) >= this.limits.filters) return callback(null, null)
        for (const holder of this.#holders(connection)) this.#filters.add(holder, topic)
        callback(null, subscription)
      },
    }
  }

  /** Under which names a connection's filters are kept: its own, and the session's that outlives it. */
  #holders(connection: Connection): string[] {
    return connection.clean ? [connection.key] : [connection.key, `session ${connection.clientId}`]
  }

  #openSession(connection: Connection): void {
    const id = connection.clientId!
    const forget = connection.clean ? id : this.#sessions.open(id, connection.key)
    if (forget === undefined) return
    this.#sessions.forget(forget)
    this.#filters.removeClient(`session ${forget}`)
    this.#store.forget(forget).catch(error => this.#options.log.error({ error: messageOf(error) }, 'broker'))
  }

  #onClient(client: Client): void {
    const connection = this.#of(client)
    if (!connection) return
    const { entrance, address, clientId, keepalive, username } = connection
    connection.stream.expectInput(keepalive * 1500, 'keep alive timeout')
    const user = username === undefined ? '' : `, u'${username}'`
    entrance.log(
      `New client connected from ${address} as ${clientId} (c${connection.clean ? 1 : 0}, k${keepalive}${user}).`,
    )
  }

  #onUnsubscribe(filters: string[], client: Client): void {
    const connection = this.#of(client)
    if (!connection) return
    for (const filter of filters) for (const holder of this.#holders(connection)) this.#filters.remove(holder, filter)
  }

  #onError(client: Client, error: Error): void {
    const connection = this.#of(client)
    this.#options.log.debug({ client: client.id, address: connection?.address, error: error.message }, 'broker')
    if (error.message === 'keep alive timeout' && connection)
      connection.entrance.log(`Client ${connection.clientId} has exceeded timeout, disconnecting.`)
  }

  #onClose(connection: Connection): void {
    const { clientId, entrance, key, stream } = connection
    this.#connections.delete(stream)
    this.#filters.removeClient(key)
    if (clientId === undefined) return
    this.#sessions.leave(clientId, key)
    if (stream.errored?.message === 'keep alive timeout') return
    entrance.log(
      stream.saidGoodbye ? `Client ${clientId} disconnected.` : `Socket error on client ${clientId}, disconnecting.`,
    )
  }
}

function plain(address: string | undefined): string | undefined {
  const parsed = address === undefined ? undefined : parseAddress(address.replace(/%.*$/, ''))
  return parsed && formatAddress(unmapped(parsed))
}
