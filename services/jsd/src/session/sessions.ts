import { type Clock, systemClock } from '@hangar/runtime'
import { limits } from '../transport/limits.ts'
import { type Identity, Session } from './session.ts'

export interface SessionsOptions {
  clock: Clock
  /** Makes the names of sessions different from those of an earlier run. */
  prefix: string
  maxConnections: number
  /** A session has become somebody's, or somebody else's. Called before anything else happens for its new owner. */
  onIdentity?(session: Session): void
  /** A session is gone, whether it had an identity or not. Called before anybody else gets its client id. */
  onClose?(session: Session): void
}

/** The sessions that live, and who holds which client id. */
export class Sessions implements Iterable<Session> {
  /** The limit that is in force. Lowered, it ends nobody: it only keeps the next ones out. */
  maxConnections: number
  readonly #options: SessionsOptions
  readonly #sessions = new Set<Session>()
  readonly #holders = new Map<string, Session>()
  readonly #placeWaiters = new Set<() => void>()
  #opened = 0

  constructor(options: SessionsOptions) {
    this.#options = options
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
    const session = new Session(`${this.#options.prefix}-${++this.#opened}`, connection)
    this.#sessions.add(session)
    return session
  }

  /** The connection is gone: its client id is free from here on. */
  close(session: Session): void {
    session.markEnded()
    this.#sessions.delete(session)
    this.#release(session)
    this.#options.onClose?.(session)
    for (const wake of this.#placeWaiters) wake()
  }

  /** Resolves when a place became free, or after the time that a closing connection's last word may take. */
  async placeOrFarewell(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#placeWaiters.add(resolve)
    await withinFarewell(promise)
    this.#placeWaiters.delete(resolve)
  }

  /** The same for a client id: resolves when its holder, another session, is gone or has had its time to go. */
  async freeOrFarewell(clientId: string, session: Session): Promise<void> {
    const holder = this.#holders.get(clientId)
    if (holder && holder !== session) await withinFarewell(holder.gone)
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
    session.become(identity, how === 'login' ? this.#options.clock.now() : undefined)
    this.#options.onIdentity?.(session)
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

function withinFarewell(promise: Promise<void>): Promise<void> {
  return new Promise(resolve => {
    const cancel = systemClock.after(limits.farewell, resolve)
    promise.then(() => {
      cancel()
      resolve()
    })
  })
}
