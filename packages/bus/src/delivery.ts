import { type Logger, messageOf } from '@hangar/runtime'

/**
 * Runs what it is given in order, each in a later turn than the one that gave it: a listener never runs inside the statement that
 * caused its news. A listener that throws is logged and stops nobody else.
 */
export class Delivery {
  readonly #log: Logger
  #queue: (() => void)[] = []
  #scheduled = false
  #closed = false

  constructor(log: Logger) {
    this.#log = log
  }

  push(run: () => void): void {
    if (this.#closed) return
    this.#queue.push(run)
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => this.#drain())
  }

  /** Resolves when all that was pushed before has run. */
  settled(): Promise<void> {
    return this.#closed ? Promise.resolve() : new Promise(resolve => this.push(resolve))
  }

  /** Nothing runs any more. */
  close(): void {
    this.#closed = true
    this.#queue = []
  }

  #drain(): void {
    this.#scheduled = false
    const queue = this.#queue
    this.#queue = []
    for (const run of queue) {
      if (this.#closed) return
      try {
        run()
      } catch (error) {
        this.#log.error({ error: messageOf(error) }, 'a listener failed')
      }
    }
  }
}
