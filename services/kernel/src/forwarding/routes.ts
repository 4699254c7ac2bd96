/** Routes of one family: the place of a next hop by destination. Destinations are named by their index in a column of addresses. */
export interface Routes {
  /** u32 words of an address. */
  readonly width: 1 | 4
  readonly size: number
  /** Gives the place that the destination had before, -1 when it is new. */
  set(addresses: Uint32Array, index: number, length: number, place: number): number
  /** Gives the place that the destination had, -1 when it was not there. */
  delete(addresses: Uint32Array, index: number, length: number): number
  /** Gives the place of a destination, -1 when it is not there. */
  get(addresses: Uint32Array, index: number, length: number): number
  /**
   * Visits some of the destinations, in no particular order: begins with cursor 0, and gives the next cursor, -1 when it was the last.
   * What is there from the first visit to the last is visited once. `address` is good until `visit` returns.
   */
  scan(cursor: number, count: number, visit: (address: Uint32Array, length: number, place: number) => void): number
}

export function routesOf(family: string): Routes {
  return new MapRoutes(family === 'inet6' ? 4 : 1)
}

class MapRoutes implements Routes {
  readonly width: 1 | 4
  readonly #places = new Map<string, number>()
  #all: [string, number][] | undefined

  constructor(width: 1 | 4) {
    this.width = width
  }

  get size(): number {
    return this.#places.size
  }

  set(addresses: Uint32Array, index: number, length: number, place: number): number {
    const key = this.#key(addresses, index, length)
    const previous = this.#places.get(key) ?? -1
    this.#places.set(key, place)
    this.#all = undefined
    return previous
  }

  delete(addresses: Uint32Array, index: number, length: number): number {
    const key = this.#key(addresses, index, length)
    const previous = this.#places.get(key) ?? -1
    this.#places.delete(key)
    this.#all = undefined
    return previous
  }

  get(addresses: Uint32Array, index: number, length: number): number {
    return this.#places.get(this.#key(addresses, index, length)) ?? -1
  }

  scan(cursor: number, count: number, visit: (address: Uint32Array, length: number, place: number) => void): number {
    this.#all ??= [...this.#places]
    for (const [key, place] of this.#all.slice(cursor, cursor + count)) {
      const numbers = key.split(' ').map(Number)
      visit(Uint32Array.from(numbers.slice(1)), numbers[0]!, place)
    }
    return cursor + count < this.#places.size ? cursor + count : -1
  }

  #key(addresses: Uint32Array, index: number, length: number): string {
    return `${length} ${addresses.subarray(index * this.width, (index + 1) * this.width).join(' ')}`
  }
}
