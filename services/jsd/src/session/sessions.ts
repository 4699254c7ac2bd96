import type { Clock } from '@hangar/runtime'
import { type Identity, Session } from './session.ts'

/** The sessions that live, and who holds which client id. */
export class Sessions implements Iterable<Session> {
  /** The limit that is in force. Lowered, it ends nobody: it only keeps the next ones out. */
  maxConnections: number
  readonly #clock: Clock
  readonly #prefix: string
  readonly #sessions = new Set<Session>()
  readonly #holders = new Map<string, Session>()
  #opened = 0

  /** `prefix` makes the names of sessions different from those of an earlier run. */
  constructor(options: { clock: Clock; prefix: string; maxConnections: number }) {
    this.#clock = options.clock
    this.#prefix = options.prefix
    this.maxConnections = options.maxConnections
  }

  get size(): number {
    return this.#sessions.size
  }

  get full(): boolean {
    return this.#sessions.size >= this.maxConnections
  }

  /** In the order in which they were opened. */
  [Symbol.iterator](): Iterator<Session> {
    return this.#sessions.values()
  }

  /** What the sessions are known by, for completion. */
  *names(): Iterable<{ name: string }> {
    for (const session of this) yield { name: session.clientId }
  }

  open(connection: { peer: string; localAddress: string; end: () => void }): Session {
    const session = new Session(`${this.#prefix}-${++this.#opened}`, connection)
    this.#sessions.add(session)
    return session
  }

  /** The connection is gone: its client id is free from here on. */
  close(session: Session): void {
    session.markEnded()
    this.#sessions.delete(session)
    this.#release(session)
  }

  /**
   * Makes the session this identity's. False when another session holds the client id. A session that was logged in gives
   * its old id back: the last successful login says who it is.
   */
  claim(session: Session, identity: Identity, how: 'login' | 'name-only'): boolean {
    const { clientId } = identity
    const holder = clientId === '' ? undefined : this.#holders.get(clientId)
    if (holder && holder !== session) return false
    this.#release(session)
    if (clientId !== '') this.#holders.set(clientId, session)
    session.become(identity, how === 'login' ? this.#clock.now() : undefined)
    return true
  }

  /** The session that people know by this name: a client id or a socket address. */
  find(clientId: string): Session | undefined {
    return this.#holders.get(clientId) ?? [...this].find(session => session.clientId === clientId)
  }

  #release(session: Session): void {
    const id = session.identity?.clientId
    if (id !== undefined && this.#holders.get(id) === session) this.#holders.delete(id)
  }
}
