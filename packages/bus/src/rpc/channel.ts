const noop = () => {}

/**
 * Values on their way from one producer to one consumer, in order. `push` says whether there is room for another; a producer that
 * heeds it (by `await room()`) never holds more than `capacity` values here.
 */
export class Channel<T> implements AsyncIterableIterator<T> {
  readonly #capacity: number
  readonly #onCancel: () => void
  readonly #onTake: (value: T) => void
  #values: T[] = []
  #head = 0
  #ended = false
  #error: Error | undefined
  #waiting: { resolve: (result: IteratorResult<T>) => void; reject: (error: Error) => void }[] = []
  #room: (() => void) | undefined

  /** `onCancel`: the consumer stopped before the end. `onTake`: it took a value. */
  constructor(options: { capacity: number; onCancel?: () => void; onTake?: (value: T) => void }) {
    this.#capacity = options.capacity
    this.#onCancel = options.onCancel ?? noop
    this.#onTake = options.onTake ?? noop
  }

  /** True once nothing more can come out of a push. */
  get ended(): boolean {
    return this.#ended
  }

  /** How many values wait for the consumer. */
  get size(): number {
    return this.#values.length - this.#head
  }

  push(value: T): boolean {
    if (this.#ended) return false
    const waiting = this.#waiting.shift()
    if (waiting) {
      this.#onTake(value)
      waiting.resolve({ done: false, value })
      return true
    }
    this.#values.push(value)
    return this.size < this.#capacity
  }

  /** Resolves when there is room, or when the channel has ended. */
  room(): Promise<void> | undefined {
    if (this.#ended || this.size < this.#capacity) return undefined
    return new Promise(resolve => {
      this.#room = resolve
    })
  }

  /** No more values. The consumer still gets those that wait, then the error if there is one. */
  end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    this.#wakeProducer()
    if (this.#waiting.length > 0) this.#finishWaiting()
  }

  /** The consumer gets the error next; values that wait are dropped. */
  fail(error: Error): void {
    if (this.#ended && this.#error) return
    this.#values = []
    this.#head = 0
    if (this.#ended) this.#error = error
    this.end(error)
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#head < this.#values.length) {
      const value = this.#values[this.#head]!
      this.#values[this.#head] = undefined as T
      this.#head += 1
      if (this.#head === this.#values.length) {
        this.#values.length = 0
        this.#head = 0
      } else if (this.#head >= 1024) {
        this.#values = this.#values.slice(this.#head)
        this.#head = 0
      }
      if (this.size < this.#capacity) this.#wakeProducer()
      this.#onTake(value)
      return Promise.resolve({ done: false, value })
    }
    if (this.#ended) return this.#last()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  return(): Promise<IteratorResult<T>> {
    const early = !this.#ended || this.size > 0
    this.#values = []
    this.#head = 0
    this.#error = undefined
    if (!this.#ended) this.end()
    if (early) this.#onCancel()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  // An error is given once; after it the iteration is over, as with a generator.
  #last(): Promise<IteratorResult<T>> {
    const error = this.#error
    this.#error = undefined
    return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined })
  }

  #finishWaiting(): void {
    for (const { resolve, reject } of this.#waiting.splice(0)) this.#last().then(resolve, reject)
  }

  #wakeProducer(): void {
    const wake = this.#room
    this.#room = undefined
    wake?.()
  }
}
