/** Longest match as one writes it without a library: a Map for each length, asked from the longest. */
export class MapTable<Key> {
  readonly #maps: Map<Key, number>[]
  readonly #keyOf: (addresses: Uint32Array, at: number, length: number) => Key

  constructor(bits: number, keyOf: (addresses: Uint32Array, at: number, length: number) => Key) {
    this.#maps = Array.from({ length: bits + 1 }, () => new Map())
    this.#keyOf = keyOf
  }

  set(addresses: Uint32Array, at: number, length: number, value: number): void {
    this.#maps[length]!.set(this.#keyOf(addresses, at, length), value)
  }

  match(addresses: Uint32Array, at: number): number {
    for (let length = this.#maps.length - 1; length >= 0; length--) {
      const map = this.#maps[length]!
      if (map.size === 0) continue
      const value = map.get(this.#keyOf(addresses, at, length))
      if (value !== undefined) return value
    }
    return -1
  }
}

/** An IPv4 prefix of a known length is its u32. */
export function mapTable4(): MapTable<number> {
  return new MapTable(32, (addresses, at, length) => (length === 0 ? 0 : addresses[at]! & (-1 << (32 - length))))
}

/** An IPv6 prefix is the text of its words: the way that a Map takes four numbers. */
export function mapTable6(): MapTable<string> {
  return new MapTable(128, (addresses, at, length) => {
    let key = ''
    for (let i = 0; i < 4 && length > 32 * i; i++) {
      const left = length - 32 * i
      key += `${left >= 32 ? addresses[4 * at + i]! : addresses[4 * at + i]! & (-1 << (32 - left))},`
    }
    return key
  })
}
