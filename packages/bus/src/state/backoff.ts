import type { Clock, Random } from '@hangar/runtime'

/** Waits that double, each shortened by chance so that many who failed together do not come back together. */
export class Backoff {
  readonly #clock: Clock
  readonly #random: Random
  readonly #first: number
  readonly #longest: number
  #next: number
  #cancel = () => {}

  /** `first` and `longest` in ms. */
  constructor(options: { clock: Clock; random: Random; first: number; longest: number }) {
    this.#clock = options.clock
    this.#random = options.random
    this.#first = options.first
    this.#longest = options.longest
    this.#next = options.first
  }

  /** Runs `callback` after the next wait, unless it is stopped first. */
  schedule(callback: () => void): void {
    this.stop()
    const wait = this.#next * (0.5 + this.#random.number() / 2)
    this.#next = Math.min(this.#next * 2, this.#longest)
    this.#cancel = this.#clock.after(wait, callback)
  }

  stop(): void {
    this.#cancel()
    this.#cancel = () => {}
  }

  /** It went well: the next wait is the shortest again. */
  reset(): void {
    this.#next = this.#first
  }
}
