/**
 * Follows the fixed headers in a stream of MQTT packets, without looking into a packet, so that one that says it is
 * larger than `limit` bytes is met before any of it is stored [MQTT 3.1.1, 2.2.3].
 */
export class PacketSize {
  readonly #limit: number
  /** Bytes of the present packet that are still to come; -1 while its fixed header is being read. */
  #remaining = -1
  #length = 0
  /** Which byte of the fixed header comes next: 0 is the packet type, 1 to 4 the length. */
  #position = 0
  #type = 0

  /** The type of the newest packet that has begun: 14 for DISCONNECT. */
  get type(): number {
    return this.#type
  }

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Gives the size that a packet claims when that is more than allowed, Infinity for a length of more than four bytes. */
  excess(chunk: Uint8Array): number | undefined {
    let at = 0
    while (at < chunk.length) {
      if (this.#remaining > 0) {
        const taken = Math.min(this.#remaining, chunk.length - at)
        this.#remaining -= taken
        at += taken
      }
      if (this.#remaining === 0) {
        this.#remaining = -1
        this.#position = 0
        this.#length = 0
      }
      if (at === chunk.length) return undefined
      const byte = chunk[at++]!
      if (this.#position === 0) this.#type = byte >> 4
      else {
        this.#length += (byte & 0x7f) * 128 ** (this.#position - 1)
        if (this.#length > this.#limit) return this.#length
        if (byte < 0x80) this.#remaining = this.#length
        else if (this.#position === 4) return Number.POSITIVE_INFINITY
      }
      this.#position++
    }
    return undefined
  }
}
