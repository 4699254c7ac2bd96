interface Entry<T> {
  readonly bytes: Uint8Array
  readonly value: T
  readonly next: Entry<T> | undefined
}

/** Beyond these, everything is forgotten before the next request. */
const MOST_ENTRIES = 2048
const MOST_BYTES = 1 << 20

/**
 * What sub-messages mean, by their raw bytes: routes of a request (and of the next ones) have few next hops and attributes among them,
 * so that each is decoded once.
 */
export class RawCache<T> {
  readonly #make: (bytes: Uint8Array) => T
  readonly #byHash = new Map<number, Entry<T>>()
  #entries = 0
  #bytes = 0

  /** `make` gets bytes of its own, and may throw. */
  constructor(make: (bytes: Uint8Array) => T) {
    this.#make = make
  }

  of(bytes: Uint8Array, start: number, end: number): T {
    let hash = end - start
    let i = start
    for (; i < end - 3; i += 4) {
      const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
      hash = Math.imul(hash ^ word, 0x85ebca6b)
      hash ^= hash >>> 13
    }
    for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    // A small integer, which maps are fast with.
    hash = (hash ^ (hash >>> 15)) & 0x3fffffff
    const first = this.#byHash.get(hash)
    for (let entry = first; entry; entry = entry.next) if (same(entry.bytes, bytes, start, end)) return entry.value
    // A copy whatever it is: the slice of a Buffer is none.
    const own = new Uint8Array(bytes.subarray(start, end))
    const value = this.#make(own)
    this.#byHash.set(hash, { bytes: own, value, next: first })
    this.#entries++
    this.#bytes += own.length
    return value
  }

  /** Between two requests: forgets, when there is too much. */
  trim(): void {
    if (this.#entries <= MOST_ENTRIES && this.#bytes <= MOST_BYTES) return
    this.#byHash.clear()
    this.#entries = 0
    this.#bytes = 0
  }
}

function same(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}
