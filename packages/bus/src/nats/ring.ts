/** The newest of a publisher's events, by their numbers. The first event is number 1. */
export class Ring {
  readonly #capacity: number
  readonly #limit: number
  readonly #slots: (Uint8Array | undefined)[] = []
  #bytes = 0
  #oldest = 1n
  #next = 1n

  /** Holds at most `capacity` events and `limit` bytes of them, and the newest one whatever its size. */
  constructor(capacity: number, limit = Number.POSITIVE_INFINITY) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`a ring of ${capacity} events`)
    this.#capacity = capacity
    this.#limit = limit
  }

  /** The number that the next event gets. */
  get next(): bigint {
    return this.#next
  }

  /** The lowest number that is still held; `next` when there is none. */
  get oldest(): bigint {
    return this.#oldest
  }

  push(event: Uint8Array): bigint {
    const sequence = this.#next
    if (sequence - this.#oldest === BigInt(this.#capacity)) this.#drop()
    this.#slots[this.#slot(sequence)] = event
    this.#bytes += event.length
    this.#next += 1n
    while (this.#bytes > this.#limit && this.#oldest < sequence) this.#drop()
    return sequence
  }

  get(sequence: bigint): Uint8Array | undefined {
    if (sequence < this.#oldest || sequence >= this.#next) return undefined
    return this.#slots[this.#slot(sequence)]
  }

  #drop(): void {
    const slot = this.#slot(this.#oldest)
    this.#bytes -= this.#slots[slot]!.length
    this.#slots[slot] = undefined
    this.#oldest += 1n
  }

  #slot(sequence: bigint): number {
    return Number(sequence % BigInt(this.#capacity))
  }
}
