import { addressText } from './address-text.ts'
import type { RouteTable } from './table.ts'
import { field, varint } from './wire.ts'

/*
 * Requests of routing.Rib as bytes, the same that a protobuf library writes. Most of a route is the same from one to the next, so that a
 * route costs little more than copying: a library spends more time on making an object a route than a router on taking it.
 *
 * RouteUpdateRequest { routes = 1: RouteEntry { key = 1, nexthop = 2 } }, RouteRemoveRequest { keys = 1: RouteMatchFields },
 * RouteMatchFields { dest_prefix = 1, dest_prefix_len = 2, table = 3 }. All lengths within a key fit into one byte.
 */

/** Most that one request may carry. */
export const ROUTES_A_REQUEST = 1000

/** Where a table's routes go. */
export interface RequestOptions {
  /** "inet.0", "inet6.0", or of a routing instance. */
  tableName: string
  /** The gateway of each of the table's next hops. */
  gateways: readonly string[]
  /** A logical interface that leads to all of them; without it they are resolved. */
  interfaceName?: string
}

export class RequestEncoder {
  readonly #table: RouteTable
  readonly #tableField: Uint8Array
  readonly #nextHopFields: readonly Uint8Array[]
  #buffer = Buffer.allocUnsafe(64 * 1024)

  constructor(table: RouteTable, { tableName, gateways, interfaceName }: RequestOptions) {
    this.#table = table
    this.#tableField = field(3, field(2, field(1, tableName)))
    const over = interfaceName ? [field(2, interfaceName)] : []
    const af = table.family === 'inet' ? 1 : 2
    this.#nextHopFields = gateways.map(gateway => field(2, field(1, field(1, field(af, field(1, gateway))), ...over)))
  }

  /** A RouteUpdateRequest with the routes from `from` up to `to`: for RouteAdd, RouteModify and RouteUpdate. */
  update(from: number, to: number): Buffer {
    return this.#request(from, to, true)
  }

  /** A RouteRemoveRequest. */
  remove(from: number, to: number): Buffer {
    return this.#request(from, to, false)
  }

  #request(from: number, to: number, withNextHops: boolean): Buffer {
    let at = 0
    for (let route = from; route < to; route++) {
      const text = addressText(this.#table, route)
      const length = this.#table.lengths[route]!
      const lengthSize = length === 0 ? 0 : length > 127 ? 3 : 2
      const keySize = 6 + text.length + lengthSize + this.#tableField.length
      const nextHop = withNextHops ? this.#nextHopFields[this.#table.nextHops[route]!] : undefined
      if (withNextHops && !nextHop) throw new RangeError(`no gateway for next hop ${this.#table.nextHops[route]}`)
      this.#reserve(at, keySize + (nextHop?.length ?? 0) + 16)
      const bytes = this.#buffer
      if (nextHop) at = open(bytes, at, keySize + varint(keySize).length + 1 + nextHop.length)
      at = this.#key(open(bytes, at, keySize), text, length)
      if (nextHop) {
        bytes.set(nextHop, at)
        at += nextHop.length
      }
    }
    return Buffer.from(this.#buffer.subarray(0, at))
  }

  #key(start: number, text: string, length: number): number {
    const bytes = this.#buffer
    let at = open(bytes, start, text.length + 4)
    bytes[at++] = this.#table.family === 'inet' ? 0x0a : 0x12
    bytes[at++] = text.length + 2
    bytes[at++] = 0x0a
    bytes[at++] = text.length
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i)
    if (length > 0) {
      bytes[at++] = 0x10
      if (length > 127) bytes[at++] = (length & 0x7f) | 0x80
      bytes[at++] = length > 127 ? length >> 7 : length
    }
    bytes.set(this.#tableField, at)
    return at + this.#tableField.length
  }

  #reserve(used: number, more: number): void {
    if (used + more <= this.#buffer.length) return
    const wider = Buffer.allocUnsafe(2 * (used + more))
    this.#buffer.copy(wider, 0, 0, used)
    this.#buffer = wider
  }
}

/** Begins field 1 with a message of `size` bytes. */
function open(bytes: Uint8Array, at: number, size: number): number {
  bytes[at++] = 0x0a
  for (; size > 127; size >>>= 7) bytes[at++] = (size & 0x7f) | 0x80
  bytes[at++] = size
  return at
}
