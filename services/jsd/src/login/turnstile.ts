/**
 * Lets so many through at once and the others in the order in which they came. Whoever gives up before its turn came is
 * skipped.
 */
export class Turnstile {
  #free: number
  readonly #waiting: (() => boolean)[] = []

  constructor(places: number) {
    this.#free = places
  }

  /** Runs `task` when its turn comes; rejects with the signal's reason when it is aborted before. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    if (this.#free > 0) this.#free--
    else await this.#turn(signal)
    try {
      return await task()
    } finally {
      this.#next()
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      this.#waiting.push(() => {
        signal.removeEventListener('abort', giveUp)
        if (signal.aborted) return false
        resolve()
        return true
      })
    })
  }

  #next(): void {
    for (let enter = this.#waiting.shift(); enter; enter = this.#waiting.shift()) if (enter()) return
    this.#free++
  }
}
