import type { Socket } from 'node:net'
import type { Cancel, Clock, Logger } from '@hangar/runtime'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { limits } from '../transport/limits.ts'
import { peerName } from '../transport/peer-name.ts'

interface Connection {
  readonly socket: Socket
  readonly peer: string
  session: Session | undefined
  cancelPatience: Cancel
}

/**
 * Who may come in. A connection becomes a session with its first request, and only sessions take places: one that says
 * nothing, or nothing that is gRPC, holds no place and is closed after a while, or sooner when too many others are like it:
 * those who say nothing never keep a client out. Above the limit a connection is accepted
 * and closed, or at its first request when the last place went to another meanwhile; either way its client sees
 * UNAVAILABLE and everybody else sees nothing.
 */
export class Connections {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #sessions: Sessions
  readonly #onRefused: () => void
  readonly #byPeer = new Map<string, Connection>()
  /** Without a request yet, the oldest first. */
  readonly #silent = new Set<Connection>()

  constructor(options: { clock: Clock; log: Logger; sessions: Sessions; onRefused: () => void }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#sessions = options.sessions
    this.#onRefused = options.onRefused
  }

  /** Takes a socket that was just accepted and calls `enter`, or closes it. */
  admit(socket: Socket, listenAddress: string, enter: () => void): void {
    const { remoteAddress, remotePort } = socket
    // What goes wrong on a connection ends it, and `close` follows.
    socket.on('error', () => {})
    if (remoteAddress === undefined || remotePort === undefined) {
      socket.destroy()
      return
    }
    const peer = peerName(remoteAddress, remotePort, listenAddress)
    if (this.#silent.size >= limits.silentConnections) {
      const [oldest] = this.#silent
      this.#log.info({ peer: oldest!.peer }, 'connection closed: it made no request and others want to come in')
      this.#silent.delete(oldest!)
      oldest!.socket.destroy()
    }
    const cancelPatience = this.#clock.after(limits.firstRequest, () => {
      this.#log.info({ peer }, 'connection closed: it made no request')
      socket.destroy()
    })
    const connection: Connection = { socket, peer, session: undefined, cancelPatience }
    this.#silent.add(connection)
    const key = `${remoteAddress}:${remotePort}`
    this.#byPeer.set(key, connection)
    socket.once('close', () => this.#gone(key, connection))
    if (this.#sessions.full) void this.#enterWhenFree(connection, enter)
    else enter()
  }

  async #enterWhenFree({ socket, peer }: Connection, enter: () => void): Promise<void> {
    await this.#sessions.placeOrFarewell()
    if (socket.destroyed) return
    if (this.#sessions.full) this.#refuse(socket, peer)
    else enter()
  }

  /** The session of the connection with this far end ("127.0.0.1:50000"); undefined when it has none and gets none. */
  sessionOf(key: string): Session | undefined {
    const connection = this.#byPeer.get(key)
    return connection && (connection.session ?? this.#open(connection))
  }

  #open(connection: Connection): Session | undefined {
    const { socket, peer } = connection
    if (socket.destroyed) return undefined
    if (this.#sessions.full) {
      this.#refuse(socket, peer)
      return undefined
    }
    connection.cancelPatience()
    this.#silent.delete(connection)
    const localAddress = socket.localAddress ?? ''
    connection.session = this.#sessions.open({ peer, localAddress, end: () => socket.destroy() })
    this.#log.info({ session: connection.session.name, peer }, 'session opened')
    return connection.session
  }

  #gone(key: string, connection: Connection): void {
    const { session, peer } = connection
    if (this.#byPeer.get(key) === connection) this.#byPeer.delete(key)
    if (!session) {
      connection.cancelPatience()
      this.#silent.delete(connection)
      return
    }
    this.#sessions.close(session)
    this.#log.info({ session: session.name, client: session.clientId, peer }, 'session closed')
  }

  #refuse(socket: Socket, peer: string): void {
    this.#log.warn({ peer, sessions: this.#sessions.size }, 'connection refused: as many sessions as are allowed')
    this.#onRefused()
    socket.destroy()
  }
}
