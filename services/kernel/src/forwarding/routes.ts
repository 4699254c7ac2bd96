import { Ipv4Table, Ipv6Table, LabelTable } from '@hangar/inet'
import type { Family } from './forwarding-table.ts'

/** `address` is good until the visitor returns. */
export type RouteVisitor = (address: Uint32Array, length: number, place: number) => void

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
   * What is there from the first visit to the last is visited once.
   */
  scan(cursor: number, count: number, visit: RouteVisitor): number
}

export function routesOf(family: Family): Routes {
  return family === 'inet6'
    ? new Ipv6Routes()
    : new NarrowRoutes(family === 'mpls' ? new LabelTable() : new Ipv4Table())
}

/** Addresses of one word: IPv4, and labels. */
class NarrowRoutes implements Routes {
  readonly width = 1
  readonly #table: Ipv4Table | LabelTable

  constructor(table: Ipv4Table | LabelTable) {
    this.#table = table
  }

  get size(): number {
    return this.#table.size
  }

  set(addresses: Uint32Array, index: number, length: number, place: number): number {
    return this.#table.set(addresses[index]!, length, place)
  }

  delete(addresses: Uint32Array, index: number, length: number): number {
    return this.#table.delete(addresses[index]!, length)
  }

  get(addresses: Uint32Array, index: number, length: number): number {
    return this.#table.get(addresses[index]!, length)
  }

  scan(cursor: number, count: number, visit: RouteVisitor): number {
    const address = new Uint32Array(1)
    return this.#table.scan(cursor, count, (word, length, place) => {
      address[0] = word
      visit(address, length, place)
    })
  }
}

class Ipv6Routes implements Routes {
  readonly width = 4
  readonly #table = new Ipv6Table()

  get size(): number {
    return this.#table.size
  }

  set(addresses: Uint32Array, index: number, length: number, place: number): number {
    const at = 4 * index
    return this.#table.set(addresses[at]!, addresses[at + 1]!, addresses[at + 2]!, addresses[at + 3]!, length, place)
  }

  delete(addresses: Uint32Array, index: number, length: number): number {
    const at = 4 * index
    return this.#table.delete(addresses[at]!, addresses[at + 1]!, addresses[at + 2]!, addresses[at + 3]!, length)
  }

  get(addresses: Uint32Array, index: number, length: number): number {
    const at = 4 * index
    return this.#table.get(addresses[at]!, addresses[at + 1]!, addresses[at + 2]!, addresses[at + 3]!, length)
  }

  scan(cursor: number, count: number, visit: RouteVisitor): number {
    const address = new Uint32Array(4)
    return this.#table.scan(cursor, count, (a, b, c, d, length, place) => {
      address[0] = a
      address[1] = b
      address[2] = c
      address[3] = d
      visit(address, length, place)
    })
  }
}
