/** The newest of a publisher's events, by their numbers. The first event is number 1. */
export class Ring {
  readonly #capacity: number
  readonly #slots: Uint8Array[] = []
  #next = 1n

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`a ring of ${capacity} events`)
    this.#capacity = capacity
  }

  /** The number that the next event gets. */
  get next(): bigint {
    return this.#next
  }

  /** The lowest number that is still held; `next` when there is none. */
  get oldest(): bigint {
    const capacity = BigInt(this.#capacity)
    return this.#next - 1n <= capacity ? 1n : this.#next - capacity
  }

  push(event: Uint8Array): bigint {
    const sequence = this.#next
    this.#slots[Number(sequence % BigInt(this.#capacity))] = event
    this.#next += 1n
    return sequence
  }

  get(sequence: bigint): Uint8Array | undefined {
    if (sequence < this.oldest || sequence >= this.#next) return undefined
    return this.#slots[Number(sequence % BigInt(this.#capacity))]
  }
}
