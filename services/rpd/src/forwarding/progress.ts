/** Counts what is to be done and what is done, in order, and wakes who waits for it. */
export class Progress {
  /** Units of work that came until now. */
  queued = 0
  /** Units that are done. */
  done = 0
  #waiters: { work: number; resolve: () => void }[] = []

  /** Resolves when all that is queued now is done. */
  caughtUp(): Promise<void> {
    if (this.done >= this.queued) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiters.push({ work: this.queued, resolve })
    return promise
  }

  /** So many of all units are done. */
  reach(done: number): void {
    this.done = Math.max(this.done, Math.min(done, this.queued))
    const waiting = this.#waiters
    this.#waiters = []
    for (const waiter of waiting) {
      if (waiter.work <= this.done) waiter.resolve()
      else this.#waiters.push(waiter)
    }
  }
}
