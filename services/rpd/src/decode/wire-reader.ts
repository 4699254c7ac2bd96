/** Bytes that are no message. */
export class Malformed extends Error {}

/** Groups within groups that are followed, as protobuf's own readers do. */
const DEEPEST = 100

/**
 * Reads protocol buffers' wire format from shared bytes. A field is told by its whole tag, number and wire type together: one of another
 * wire type than the schema's is an unknown field, as the encoding guide has it.
 */
export class WireReader {
  bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  /** Reads a length and returns where what follows ends, which is not behind `end`. */
  block(end: number): number {
    const length = this.uint32()
    const last = this.at + length
    if (last > end) throw new Malformed('premature EOF')
    return last
  }

  tag(): number {
    const first = this.bytes[this.at]!
    if (first < 0x80) {
      this.at++
      if (first < 8) throw new Malformed('no field has the number 0')
      return first
    }
    const start = this.at
    const tag = this.uint32()
    if (this.at - start > 5 || (this.at - start === 5 && this.bytes[this.at - 1]! > 0x0f) || tag < 8)
      throw new Malformed('that is no tag')
    return tag
  }

  /** The lower 32 bits of a varint. */
  uint32(): number {
    const { bytes } = this
    const first = bytes[this.at++]
    if (first === undefined) throw new Malformed('premature EOF')
    if (first < 0x80) return first
    let value = first & 0x7f
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = bytes[this.at++]
      if (byte === undefined) throw new Malformed('premature EOF')
      if (shift < 32) value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new Malformed('a varint has 10 bytes at most')
  }

  /** The upper 32 bits of the varint that begins at `at`; `uint32` says the lower ones. */
  upper(at: number): number {
    let high = 0
    for (let shift = 0, i = at; shift < 70; shift += 7, i++) {
      const byte = this.bytes[i]!
      if (shift === 28) high |= (byte & 0x7f) >>> 4
      else if (shift > 28) high |= (byte & 0x7f) << (shift - 32)
      if (byte < 0x80) break
    }
    return high >>> 0
  }

  /** Whether a varint is not 0, in any of its bits. */
  bool(): boolean {
    const start = this.at
    return this.uint32() !== 0 || this.upper(start) !== 0
  }

  /** Skips what follows a tag. */
  skip(tag: number, end: number, depth = DEEPEST): void {
    switch (tag & 7) {
      case 0:
        this.uint32()
        break
      case 1:
        this.at += 8
        break
      case 2:
        this.at = this.block(end)
        break
      case 3:
        this.#skipGroup(tag, end, depth)
        break
      case 5:
        this.at += 4
        break
      default:
        throw new Malformed(`a field cannot begin with wire type ${tag & 7}`)
    }
    if (this.at > end) throw new Malformed('premature EOF')
  }

  /** Goes over a message whose fields nobody needs. */
  check(end: number): void {
    while (this.at < end) this.skip(this.tag(), end)
    if (this.at !== end) throw new Malformed('premature EOF')
  }

  #skipGroup(start: number, end: number, depth: number): void {
    if (depth <= 0) throw new Malformed('groups are nested too deeply')
    while (this.at < end) {
      const tag = this.tag()
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== start >>> 3) throw new Malformed('a group ends that did not begin')
        return
      }
      this.skip(tag, end, depth - 1)
    }
    throw new Malformed('premature EOF')
  }
}
