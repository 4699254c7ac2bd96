import { readInet, readInet6 } from './address-text.ts'
import { RawCache } from './raw-cache.ts'
import { Destination, MOST_ROUTES, RouteColumns } from './route-columns.ts'
import { Malformed, WireReader } from './wire-reader.ts'

/** Makes of a sub-message's bytes what the columns hold; throws where they are not the message. Fields that are absent have no bytes. */
export interface RouteMakers<NextHop, Attributes, Table> {
  nextHop(bytes: Uint8Array): NextHop
  attributes(bytes: Uint8Array): Attributes
  table(bytes: Uint8Array): Table
  /** Whether RouteEntry has `traffic_stats`, a message of plain numbers that only answers have. */
  readonly trafficStats: boolean
}

/** Where a sub-message is; a field that comes again is merged, which is what its bytes one behind the other mean. */
interface Range {
  bytes: Uint8Array
  start: number
  end: number
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const nothing = new Uint8Array()

/**
 * Decodes the requests that write routes straight into columns, without an object a route. The fields of RouteEntry and of a route's key
 * have the same numbers in both generations; of their sub-messages only the makers know more. Bytes that are not the message throw.
 */
export class RouteDecoder<NextHop, Attributes, Table> {
  readonly columns = new RouteColumns<NextHop, Attributes, Table>()
  readonly #reader = new WireReader(nothing)
  readonly #nextHops: RawCache<NextHop>
  readonly #attributes: RawCache<Attributes>
  readonly #tables: RawCache<Table>
  readonly #trafficStats: boolean
  readonly #words = new Uint32Array(4)
  readonly #table: Range = { bytes: nothing, start: 0, end: 0 }
  readonly #nextHop: Range = { bytes: nothing, start: 0, end: 0 }
  readonly #attribute: Range = { bytes: nothing, start: 0, end: 0 }
  #row = 0
  /** The field of NetworkAddress that is set, and whether it holds an address. */
  #family = 0
  #valid = false

  constructor(makers: RouteMakers<NextHop, Attributes, Table>) {
    this.#nextHops = new RawCache(bytes => makers.nextHop(bytes))
    this.#attributes = new RawCache(bytes => makers.attributes(bytes))
    this.#tables = new RawCache(bytes => makers.table(bytes))
    this.#trafficStats = makers.trafficStats
  }

  /** A RouteUpdateRequest: `routes = 1`, each a RouteEntry. */
  update(bytes: Uint8Array): RouteColumns<NextHop, Attributes, Table> {
    return this.#decode(bytes, true)
  }

  /** A RouteRemoveRequest or RouteDeleteRequest: `keys = 1`. The columns of next hops and attributes are not filled. */
  keys(bytes: Uint8Array): RouteColumns<NextHop, Attributes, Table> {
    return this.#decode(bytes, false)
  }

  #decode(bytes: Uint8Array, entries: boolean): RouteColumns<NextHop, Attributes, Table> {
    this.#nextHops.trim()
    this.#attributes.trim()
    this.#tables.trim()
    const reader = this.#reader
    reader.bytes = bytes
    reader.at = 0
    const end = bytes.length
    let count = 0
    while (reader.at < end) {
      const tag = reader.tag()
      if (tag !== 0x0a) reader.skip(tag, end)
      else {
        const last = reader.block(end)
        // Too many are none: of the rest only their number is of interest.
        if (count >= MOST_ROUTES) reader.at = last
        else {
          this.#row = count
          this.#begin()
          if (entries) this.#entry(last)
          else this.#key(last)
          this.#finish(entries)
        }
        count++
      }
    }
    this.columns.count = count
    return this.columns
  }

  #begin(): void {
    const { columns } = this
    const row = this.#row
    this.#family = 0
    this.#valid = false
    columns.length[row] = 0
    columns.cookieLow[row] = 0
    columns.cookieHigh[row] = 0
    columns.stats[row] = 0
    this.#table.end = this.#table.start = 0
    this.#nextHop.end = this.#nextHop.start = 0
    this.#attribute.end = this.#attribute.start = 0
  }

  #finish(entries: boolean): void {
    const { columns } = this
    const row = this.#row
    columns.destination[row] = this.#family === 0 || this.#valid ? this.#family : Destination.wrong
    const words = this.#words
    const at = 4 * row
    columns.words[at] = words[0]!
    columns.words[at + 1] = words[1]!
    columns.words[at + 2] = words[2]!
    columns.words[at + 3] = words[3]!
    columns.tables[row] = made(this.#tables, this.#table)
    if (!entries) return
    columns.nextHops[row] = made(this.#nextHops, this.#nextHop)
    columns.attributes[row] = made(this.#attributes, this.#attribute)
  }

  #entry(end: number): void {
    const reader = this.#reader
    while (reader.at < end) {
      const tag = reader.tag()
      switch (tag) {
        case 0x0a:
          this.#key(reader.block(end))
          break
        case 0x12:
          this.#take(this.#nextHop, this.#nextHops, end)
          break
        case 0x22:
          this.#take(this.#attribute, this.#attributes, end)
          break
        case 0x28:
          this.columns.stats[this.#row] = reader.bool() ? 1 : 0
          break
        case 0x4a:
          if (this.#trafficStats) reader.check(reader.block(end))
          else reader.skip(tag, end)
          break
        default:
          reader.skip(tag, end)
      }
    }
    if (reader.at !== end) throw new Malformed('premature EOF')
  }

  #key(end: number): void {
    const reader = this.#reader
    const { columns } = this
    const row = this.#row
    while (reader.at < end) {
      const tag = reader.tag()
      switch (tag) {
        case 0x0a:
          this.#network(reader.block(end))
          break
        case 0x10:
          columns.length[row] = reader.uint32()
          break
        case 0x1a:
          this.#take(this.#table, this.#tables, end)
          break
        case 0x20: {
          const { at } = reader
          columns.cookieLow[row] = reader.uint32()
          columns.cookieHigh[row] = reader.upper(at)
          break
        }
        default:
          reader.skip(tag, end)
      }
    }
    if (reader.at !== end) throw new Malformed('premature EOF')
  }

  /** NetworkAddress: one of inet, inet6, mpls; the last one counts, and the same one again is merged. */
  #network(end: number): void {
    const reader = this.#reader
    while (reader.at < end) {
      const tag = reader.tag()
      switch (tag) {
        case 0x0a:
        case 0x12:
          this.#choose(tag >>> 3)
          this.#address(reader.block(end))
          break
        case 0x1a:
          this.#choose(Destination.mpls)
          this.#label(reader.block(end))
          break
        default:
          reader.skip(tag, end)
      }
    }
    if (reader.at !== end) throw new Malformed('premature EOF')
  }

  #choose(family: number): void {
    if (this.#family === family) return
    this.#family = family
    // A label that is not there is 0.
    this.#valid = family === Destination.mpls
    const words = this.#words
    words[0] = words[1] = words[2] = words[3] = 0
  }

  /** IpAddress: text or bytes. */
  #address(end: number): void {
    const reader = this.#reader
    while (reader.at < end) {
      const tag = reader.tag()
      if (tag === 0x0a || tag === 0x12) {
        const last = reader.block(end)
        this.#valid = tag === 0x0a ? this.#text(reader.at, last) : this.#bytes(reader.at, last)
        reader.at = last
      } else reader.skip(tag, end)
    }
    if (reader.at !== end) throw new Malformed('premature EOF')
  }

  #text(start: number, end: number): boolean {
    const { bytes } = this.#reader
    const words = this.#words
    if (this.#family === Destination.inet) {
      const word = readInet(bytes, start, end)
      if (word >= 0) {
        words[0] = word
        return true
      }
    } else if (readInet6(bytes, start, end, words)) return true
    // What is no address may still be no text at all.
    utf8.decode(bytes.subarray(start, end))
    return false
  }

  #bytes(start: number, end: number): boolean {
    const count = this.#family === Destination.inet ? 4 : 16
    if (end - start !== count) return false
    const { bytes } = this.#reader
    for (let i = 0; i < count / 4; i++) {
      const at = start + 4 * i
      this.#words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
    }
    return true
  }

  #label(end: number): void {
    const reader = this.#reader
    while (reader.at < end) {
      const tag = reader.tag()
      if (tag === 0x08) this.#words[0] = reader.uint32()
      else reader.skip(tag, end)
    }
    if (reader.at !== end) throw new Malformed('premature EOF')
  }

  #take<T>(range: Range, cache: RawCache<T>, end: number): void {
    const reader = this.#reader
    const last = reader.block(end)
    if (range.end === range.start) {
      range.bytes = reader.bytes
      range.start = reader.at
      range.end = last
    } else {
      // Each has to be a message by itself.
      cache.of(range.bytes, range.start, range.end)
      cache.of(reader.bytes, reader.at, last)
      range.bytes = Buffer.concat([
        range.bytes.subarray(range.start, range.end),
        reader.bytes.subarray(reader.at, last),
      ])
      range.start = 0
      range.end = range.bytes.length
    }
    reader.at = last
  }
}

function made<T>(cache: RawCache<T>, { bytes, start, end }: Range): T {
  return cache.of(bytes, start, end)
}
