/** Bytes of a message that is being written; grows as needed and is used again for the next one. */
export class MessageBuffer {
  /** For whoever writes by itself, behind `ensure`. */
  bytes = new Uint8Array(4096)
  /** Where the next byte goes. */
  at = 0

  /** Room for so many bytes more. */
  ensure(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(2 * this.bytes.length, this.at + more))
    bytes.set(this.bytes.subarray(0, this.at))
    this.bytes = bytes
  }

  /** An unsigned number of 32 bits, in at most 5 bytes. */
  varint(value: number): void {
    const { bytes } = this
    let rest = value
    while (rest > 127) {
      bytes[this.at++] = (rest & 127) | 128
      rest >>>= 7
    }
    bytes[this.at++] = rest
  }

  /** A number of 64 bits in two halves, in at most 10 bytes. */
  varint64(low: number, high: number): void {
    const { bytes } = this
    let [l, h] = [low >>> 0, high >>> 0]
    while (h > 0 || l > 127) {
      bytes[this.at++] = (l & 127) | 128
      l = ((l >>> 7) | (h << 25)) >>> 0
      h >>>= 7
    }
    bytes[this.at++] = l
  }

  put(bytes: Uint8Array): void {
    // Most are a few bytes: a call of `set` costs more than these.
    if (bytes.length > 48) this.bytes.set(bytes, this.at)
    else for (let i = 0; i < bytes.length; i++) this.bytes[this.at + i] = bytes[i]!
    this.at += bytes.length
  }

  /** What was written since the last time, for the receiver to keep. */
  take(): Uint8Array {
    // Small ones share memory: making an array for each costs more than writing it.
    const bytes = Buffer.allocUnsafe(this.at)
    bytes.set(this.bytes.subarray(0, this.at))
    this.at = 0
    return bytes
  }
}

/** Bytes of a varint of 32 bits. */
export function varintSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5
}

export function varint64Size(low: number, high: number): number {
  if (high === 0) return varintSize(low)
  const bits = 64 - Math.clz32(high)
  return Math.ceil(bits / 7)
}
