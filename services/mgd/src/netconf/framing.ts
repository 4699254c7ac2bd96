/** End of a message, RFC 6242 section 4.3. */
export const trailer = ']]>]]>'
/** Bytes of the longest message taken. */
export const longestMessage = 64 * 1024 * 1024

/** Cuts what comes in into messages, wherever it is broken. */
export class Framer {
  #parts: Buffer[] = []
  #size = 0

  /** The messages that are complete with this piece. Throws a RangeError when one is longer than is taken. */
  push(piece: Buffer): string[] {
    const messages: string[] = []
    for (let rest = piece; ; ) {
      // The trailer may have begun in what came before.
      const before = this.#tail()
      const at = Buffer.concat([before, rest]).indexOf(trailer)
      const end = at < 0 ? rest.length : at + trailer.length - before.length
      this.#parts.push(rest.subarray(0, end))
      this.#size += end
      if (this.#size > longestMessage) throw new RangeError(`a message is longer than ${longestMessage} bytes`)
      if (at < 0) return messages
      messages.push(Buffer.concat(this.#parts).toString('utf8', 0, this.#size - trailer.length))
      this.#parts = []
      this.#size = 0
      rest = rest.subarray(end)
    }
  }

  #tail(): Buffer {
    const wanted = trailer.length - 1
    let tail = Buffer.alloc(0)
    for (let i = this.#parts.length - 1; i >= 0 && tail.length < wanted; i--)
      tail = Buffer.concat([this.#parts[i]!.subarray(-wanted), tail]).subarray(-wanted)
    return tail
  }
}
