/** A message that the broker has not acknowledged. */
export interface OutgoingMessage {
  readonly id: number
  readonly topic: string
  readonly payload: Buffer
}

const largestId = 65_535

/** Messages in the order in which they were given, each until it is acknowledged; bounded, the oldest give way. */
export class Outbox {
  readonly #messages = new Map<number, OutgoingMessage>()
  readonly #limits: { messages: number; bytes: number }
  #bytes = 0
  #lastId = 0

  /** `messages`: at most 65,535, the identifiers there are. */
  constructor(limits: { messages: number; bytes: number }) {
    this.#limits = limits
  }

  /** Gives the message, and how many others had to go for it. */
  add(topic: string, payload: Buffer): { message: OutgoingMessage; dropped: number } {
    let dropped = 0
    for (const [id, { payload: oldest }] of this.#messages) {
      const fits = this.#messages.size < this.#limits.messages && this.#bytes + payload.length <= this.#limits.bytes
      if (fits) break
      this.#messages.delete(id)
      this.#bytes -= oldest.length
      dropped++
    }
    do this.#lastId = (this.#lastId % largestId) + 1
    while (this.#messages.has(this.#lastId))
    const message = { id: this.#lastId, topic, payload }
    this.#messages.set(message.id, message)
    this.#bytes += payload.length
    return { message, dropped }
  }

  acknowledge(id: number): void {
    const message = this.#messages.get(id)
    if (!message) return
    this.#messages.delete(id)
    this.#bytes -= message.payload.length
  }

  [Symbol.iterator](): IterableIterator<OutgoingMessage> {
    return this.#messages.values()
  }

  get size(): number {
    return this.#messages.size
  }

  get bytes(): number {
    return this.#bytes
  }
}
