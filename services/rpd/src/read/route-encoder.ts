import type { AttributeSet } from '../rib/attributes.ts'
import type { NextHop } from '../rib/next-hop.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { inetTextSize, LONGEST_ADDRESS, writeInet, writeInet6 } from './address-text.ts'
import type { Dialect } from './dialect.ts'
import { type MessageBuffer, varint64Size, varintSize } from './message-buffer.ts'
import { attributeFields, nextHopField, type ReplyFormats, tableField } from './submessages.ts'

/** So many different next hops, or sets of attributes, are kept encoded. */
const MOST_KEPT = 4096
const nothing: Uint8Array = new Uint8Array()
const scratch = new Uint8Array(LONGEST_ADDRESS)

/** MPLS lengths are JET's: 52 for a label, 0 for all of them. */
const LABEL_LENGTH = 52

/**
 * Writes routes of one table as messages RouteEntry. `measure` says how long the next one is, `write` puts it into a buffer: so that
 * what is around it can be written in one go. What routes share is encoded once.
 */
export class RouteEncoder {
  readonly #rib: Rib
  readonly #table: RoutingTable
  readonly #dialect: Dialect
  readonly #formats: ReplyFormats
  readonly #tableField: Uint8Array
  readonly #nextHops = new Map<NextHop, Uint8Array>()
  readonly #attributes = new Map<AttributeSet, Uint8Array>()
  /** The route that was measured. */
  #k0 = 0
  #k1 = 0
  #k2 = 0
  #k3 = 0
  #length = 0
  #cookieLow = 0
  #cookieHigh = 0
  #textSize = 0
  #addressSize = 0
  #keySize = 0
  #nextHop = nothing
  #rest = nothing

  constructor(rib: Rib, table: RoutingTable, dialect: Dialect, formats: ReplyFormats) {
    this.#rib = rib
    this.#table = table
    this.#dialect = dialect
    this.#formats = formats
    this.#tableField = tableField(3, table, formats)
  }

  /** Takes the route of a row; returns the size of its message. */
  measure(row: number): number {
    const { rows } = this.#table
    this.#nextHop = this.#nextHopOf(this.#table.nextHop(row))
    this.#rest = this.#attributesOf(this.#table.attributes(row))
    const keySize = this.#measureKey(
      rows.k0(row),
      rows.k1(row),
      rows.k2(row),
      rows.k3(row),
      rows.length(row),
      rows.cookieLow(row),
      rows.cookieHigh(row),
    )
    return keySize + this.#nextHop.length + this.#rest.length
  }

  /** Takes a key without a route. */
  measureKey(
    k0: number,
    k1: number,
    k2: number,
    k3: number,
    length: number,
    cookieLow: number,
    cookieHigh: number,
  ): number {
    this.#nextHop = nothing
    this.#rest = nothing
    return this.#measureKey(k0, k1, k2, k3, length, cookieLow, cookieHigh)
  }

  /** Writes what was measured last. The buffer has room for it. */
  write(buffer: MessageBuffer): void {
    const { bytes } = buffer
    const tag = this.#table.family === 'inet' ? 0x0a : this.#table.family === 'inet6' ? 0x12 : 0x1a
    bytes[buffer.at++] = 0x0a
    buffer.varint(this.#keySize)
    bytes[buffer.at++] = 0x0a
    bytes[buffer.at++] = this.#addressSize + 2
    bytes[buffer.at++] = tag
    bytes[buffer.at++] = this.#addressSize
    this.#writeAddress(buffer)
    if (this.#length !== 0) {
      bytes[buffer.at++] = 0x10
      buffer.varint(this.#length)
    }
    buffer.put(this.#tableField)
    if (this.#cookieLow !== 0 || this.#cookieHigh !== 0) {
      bytes[buffer.at++] = 0x20
      buffer.varint64(this.#cookieLow, this.#cookieHigh)
    }
    buffer.put(this.#nextHop)
    buffer.put(this.#rest)
  }

  /** Returns the size of the whole field `key`. */
  #measureKey(
    k0: number,
    k1: number,
    k2: number,
    k3: number,
    length: number,
    cookieLow: number,
    cookieHigh: number,
  ): number {
    const { family } = this.#table
    this.#k0 = k0
    this.#k1 = k1
    this.#k2 = k2
    this.#k3 = k3
    this.#length = family === 'mpls' && length !== 0 ? LABEL_LENGTH : length
    this.#cookieLow = cookieLow
    this.#cookieHigh = cookieHigh
    if (family === 'mpls') this.#addressSize = k0 === 0 ? 0 : 1 + varintSize(k0)
    else if (this.#formats.addresses === 'bytes') this.#addressSize = family === 'inet' ? 6 : 18
    else {
      this.#textSize = family === 'inet' ? inetTextSize(k0) : writeInet6([k0, k1, k2, k3], scratch, 0)
      this.#addressSize = 2 + this.#textSize
    }
    const lengthSize = this.#length === 0 ? 0 : this.#length > 127 ? 3 : 2
    const cookieSize = cookieLow === 0 && cookieHigh === 0 ? 0 : 1 + varint64Size(cookieLow, cookieHigh)
    this.#keySize = this.#addressSize + 4 + lengthSize + this.#tableField.length + cookieSize
    return 1 + varintSize(this.#keySize) + this.#keySize
  }

  #writeAddress(buffer: MessageBuffer): void {
    const { bytes } = buffer
    const { family } = this.#table
    if (family === 'mpls') {
      if (this.#k0 === 0) return
      bytes[buffer.at++] = 0x08
      buffer.varint(this.#k0)
    } else if (this.#formats.addresses === 'bytes') {
      bytes[buffer.at++] = 0x12
      bytes[buffer.at++] = family === 'inet' ? 4 : 16
      writeWord(buffer, this.#k0)
      if (family === 'inet') return
      writeWord(buffer, this.#k1)
      writeWord(buffer, this.#k2)
      writeWord(buffer, this.#k3)
    } else {
      bytes[buffer.at++] = 0x0a
      bytes[buffer.at++] = this.#textSize
      buffer.at =
        family === 'inet'
          ? writeInet(this.#k0, bytes, buffer.at)
          : writeInet6([this.#k0, this.#k1, this.#k2, this.#k3], bytes, buffer.at)
    }
  }

  #nextHopOf(nextHop: NextHop): Uint8Array {
    return kept(this.#nextHops, nextHop, () =>
      nextHopField(nextHop, this.#dialect, this.#formats, id => this.#rib.tableById(id)),
    )
  }

  #attributesOf(attributes: AttributeSet): Uint8Array {
    return kept(this.#attributes, attributes, () => attributeFields(attributes, this.#dialect))
  }
}

function kept<K>(map: Map<K, Uint8Array>, key: K, make: () => Uint8Array): Uint8Array {
  const known = map.get(key)
  if (known) return known
  if (map.size >= MOST_KEPT) map.clear()
  const bytes = make()
  map.set(key, bytes)
  return bytes
}

function writeWord(buffer: MessageBuffer, word: number): void {
  const { bytes } = buffer
  bytes[buffer.at++] = word >>> 24
  bytes[buffer.at++] = word >>> 16
  bytes[buffer.at++] = word >>> 8
  bytes[buffer.at++] = word
}
