/** The persistent sessions there are, the longest unused first. */
export class PersistentSessions {
  readonly #connections = new Map<string, string | undefined>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** A connection takes the session up. Gives the session that has to be forgotten to make room for it. */
  open(id: string, connection: string): string | undefined {
    const known = this.#connections.delete(id)
    let forgotten: string | undefined
    if (!known && this.#connections.size >= this.#limit) {
      forgotten = [...this.#connections].find(([, connection]) => connection === undefined)?.[0]
      if (forgotten !== undefined) this.#connections.delete(forgotten)
    }
    this.#connections.set(id, connection)
    return forgotten
  }

  /** The connection is gone, the session stays. */
  leave(id: string, connection: string): void {
    if (this.#connections.get(id) !== connection) return
    this.#connections.delete(id)
    this.#connections.set(id, undefined)
  }

  forget(id: string): void {
    this.#connections.delete(id)
  }
}
