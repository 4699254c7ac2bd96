import type { AttributeSet, RouteSource } from './attributes.ts'
import type { Commons } from './commons.ts'
import { DestinationIndex } from './destination-index.ts'
import type { NextHop } from './next-hop.ts'
import { RouteRows, RowFlag } from './route-rows.ts'
import { type Contender, compareRoutes } from './selection.ts'
import { TouchedDestinations } from './touched.ts'
import { maskWords } from './words.ts'

/**
 * What a table's destinations are. inet and mpls have one word of address, inet6 four; the destinations of other tables (VPN, flow
 * specification, segment routing) are known by number, see `Destinations`.
 */
export type TableFamily = 'inet' | 'inet6' | 'mpls' | 'other'

/**
 * One routing table: destinations, each with its routes in the order of choice. The first is the active one when its next hop is
 * usable. All methods take and give rows; a row is valid until its route is removed.
 */
export class RoutingTable {
  /** From 1, in the order of their making. */
  readonly id: number
  /** "inet.0", "red.inet6.0" */
  readonly name: string
  readonly family: TableFamily
  /** "master" or a routing instance. */
  readonly instance: string
  readonly rows: RouteRows
  /** Destinations whose routes changed since somebody looked. */
  readonly touched: TouchedDestinations
  active = 0
  hidden = 0
  readonly #index: DestinationIndex
  readonly #commons: Commons
  /** How many destinations there are of each length. */
  readonly #lengths = new Uint32Array(129)

  constructor(options: { id: number; name: string; family: TableFamily; instance: string; commons: Commons }) {
    this.id = options.id
    this.name = options.name
    this.family = options.family
    this.instance = options.instance
    this.#commons = options.commons
    this.rows = new RouteRows(options.family === 'inet6')
    this.#index = new DestinationIndex(this.rows)
    this.touched = new TouchedDestinations(this.rows.wide)
  }

  get destinations(): number {
    return this.#index.size
  }

  /** The first route of a destination, -1 where there is none. */
  find(k0: number, k1: number, k2: number, k3: number, length: number): number {
    return this.#index.find(k0, k1, k2, k3, length)
  }

  /** The active route of a destination, -1 where there is none; `hint` is a row that it may be, and spares the search then. */
  activeOf(hint: number, k0: number, k1: number, k2: number, k3: number, length: number): number {
    const row =
      this.isActive(hint) && this.rows.isAt(hint, k0, k1, k2, k3, length) ? hint : this.find(k0, k1, k2, k3, length)
    return row >= 0 && this.isActive(row) ? row : -1
  }

  /** Among the routes of the destination that begins with `head` (or -1), that of this source and cookie, or -1. */
  routeOf(head: number, source: RouteSource, cookieLow: number, cookieHigh: number): number {
    const { rows } = this
    for (let row = head; row >= 0; row = rows.next(row))
      if (
        rows.cookieLow(row) === cookieLow &&
        rows.cookieHigh(row) === cookieHigh &&
        this.attributes(row).source === source
      )
        return row
    return -1
  }

  attributes(row: number): AttributeSet {
    return this.#commons.attributes.at(this.rows.attributes(row))
  }

  nextHop(row: number): NextHop {
    return this.#commons.nextHops.at(this.rows.nextHop(row))
  }

  contender(row: number): Contender {
    return { attributes: this.attributes(row), nextHop: this.nextHop(row) }
  }

  isActive(row: number): boolean {
    return (this.rows.flags(row) & RowFlag.active) !== 0
  }

  /**
   * Adds a route whose source and cookie its destination does not have; `head` is what `find` said. Returns its row. Throws a RangeError
   * where the table cannot take it, and is as it was then.
   */
  insert(
    head: number,
    k0: number,
    k1: number,
    k2: number,
    k3: number,
    length: number,
    attributes: AttributeSet,
    nextHop: NextHop,
    cookieLow: number,
    cookieHigh: number,
  ): number {
    const { rows } = this
    const row = rows.take()
    rows.setKey(row, k0, k1, k2, k3, length)
    if (head < 0) this.#register(row)
    rows.setCookie(row, cookieLow, cookieHigh)
    rows.setSince(row, this.#commons.seconds())
    rows.setAttributes(row, attributes.id)
    rows.setNextHop(row, nextHop.id)
    this.#commons.attributes.hold(attributes)
    this.#commons.nextHops.hold(nextHop)
    rows.setFlags(row, RowFlag.live)
    if (head < 0) {
      rows.setNext(row, -1)
      this.#lengths[length]!++
      if (this.family === 'other') this.#commons.others.hold(this.#commons.others.at(k0))
    } else this.#link(head, row)
    this.#settle(row, nextHop.usable)
    this.#choose(head < 0 || rows.next(row) === head ? row : head)
    this.touched.add(k0, k1, k2, k3, length, row)
    return row
  }

  /** Gives a route other attributes and another next hop, and its place by them. */
  change(row: number, attributes: AttributeSet, nextHop: NextHop): void {
    const { rows } = this
    const [attributesBefore, nextHopBefore] = [this.attributes(row), this.nextHop(row)]
    this.#commons.attributes.hold(attributes)
    this.#commons.nextHops.hold(nextHop)
    rows.setAttributes(row, attributes.id)
    rows.setNextHop(row, nextHop.id)
    rows.setSince(row, this.#commons.seconds())
    this.#commons.attributes.release(attributesBefore)
    this.#commons.nextHops.release(nextHopBefore)
    this.reselect(row)
  }

  remove(row: number): void {
    const { rows } = this
    const head = this.#headOf(row)
    const next = rows.next(row)
    this.#touch(row)
    this.#clear(row)
    if (head === row) {
      if (next < 0) {
        this.#index.remove(row)
        this.#lengths[rows.length(row)]!--
        if (this.family === 'other') this.#commons.others.release(this.#commons.others.at(rows.k0(row)))
      } else {
        this.#index.replace(row, next)
      }
    } else rows.setNext(this.#before(head, row), next)
    this.#commons.attributes.release(this.attributes(row))
    this.#commons.nextHops.release(this.nextHop(row))
    rows.give(row)
    const first = head === row ? next : head
    if (first >= 0) this.#choose(first)
  }

  /** Puts the routes of the destination in order anew, after something that the choice rests on has changed for one or more of them. */
  reselect(row: number): void {
    const { rows } = this
    const head = this.#headOf(row)
    if (rows.next(head) < 0) {
      this.#settle(head, this.nextHop(head).usable)
      this.#choose(head)
    } else {
      const routes: { row: number; contender: Contender }[] = []
      for (let at = head; at >= 0; at = rows.next(at)) routes.push({ row: at, contender: this.contender(at) })
      routes.sort((a, b) => compareRoutes(a.contender, b.contender))
      this.#setActive(head, false)
      if (routes[0]!.row !== head) this.#index.replace(head, routes[0]!.row)
      routes.forEach((route, i) => {
        rows.setNext(route.row, routes[i + 1]?.row ?? -1)
        this.#settle(route.row, route.contender.nextHop.usable)
      })
      this.#choose(routes[0]!.row)
    }
    this.#touch(row)
  }

  /** The active route that packets to an address (or label) take, -1 where there is none; `accept` may refuse some. */
  longestMatch(k0: number, k1: number, k2: number, k3: number, accept?: (row: number) => boolean): number {
    const bits = this.family === 'inet6' ? 128 : this.family === 'inet' ? 32 : 20
    return this.#covering(k0, k1, k2, k3, bits, row => this.isActive(row) && (accept === undefined || accept(row)))
  }

  /** The first route of the longest destination that covers a prefix, active or not; -1 where there is none. */
  bestMatch(k0: number, k1: number, k2: number, k3: number, length: number): number {
    return this.#covering(k0, k1, k2, k3, length, () => true)
  }

  /** The rows of all routes, or of all first routes of destinations, in no order. The table may change meanwhile. */
  *heads(): Iterable<number> {
    for (let row = 0; row < this.rows.end; row++) if (this.isHead(row)) yield row
  }

  isLive(row: number): boolean {
    return (this.rows.flags(row) & RowFlag.live) !== 0
  }

  isHead(row: number): boolean {
    const flags = this.rows.flags(row)
    return (flags & RowFlag.active) !== 0 || ((flags & RowFlag.live) !== 0 && this.#headOf(row) === row)
  }

  get bytes(): number {
    return this.rows.bytes + this.#index.bytes
  }

  #covering(k0: number, k1: number, k2: number, k3: number, length: number, accept: (row: number) => boolean): number {
    const masked = new Uint32Array([k0, k1, k2, k3])
    for (let bits = length; bits >= 0; bits--) {
      if (this.#lengths[bits] === 0) continue
      maskWords(masked, this.family === 'mpls' ? (bits === 0 ? 0 : 32) : bits)
      const row = this.#index.find(masked[0]!, masked[1]!, masked[2]!, masked[3]!, bits)
      if (row >= 0 && accept(row)) return row
    }
    return -1
  }

  /** Puts a row into the chain that begins with `head`: behind those that are chosen before it, and behind its equals, which are older. */
  #link(head: number, row: number): void {
    const { rows } = this
    const mine = this.contender(row)
    let before = -1
    for (let at = head; at >= 0; at = rows.next(at)) {
      if (compareRoutes(mine, this.contender(at)) < 0) break
      before = at
    }
    if (before < 0) {
      rows.setNext(row, head)
      this.#index.replace(head, row)
      this.#setActive(head, false)
    } else {
      rows.setNext(row, rows.next(before))
      rows.setNext(before, row)
    }
  }

  #register(row: number): void {
    try {
      this.#index.insert(row)
    } catch (error) {
      this.rows.give(row)
      throw error
    }
  }

  #headOf(row: number): number {
    const { rows } = this
    return this.#index.find(rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row), rows.length(row))
  }

  #before(head: number, row: number): number {
    let at = head
    while (this.rows.next(at) !== row) at = this.rows.next(at)
    return at
  }

  /** The first route of a destination is active exactly when it is usable. */
  #choose(head: number): void {
    this.#setActive(head, (this.rows.flags(head) & RowFlag.usable) !== 0)
  }

  #settle(row: number, usable: boolean): void {
    const flags = this.rows.flags(row)
    if (usable === ((flags & RowFlag.hidden) === 0)) {
      this.rows.setFlags(row, usable ? flags | RowFlag.usable : flags)
      return
    }
    this.hidden += usable ? -1 : 1
    this.rows.setFlags(row, ((flags ^ RowFlag.hidden) & ~RowFlag.usable) | (usable ? RowFlag.usable : 0))
  }

  #clear(row: number): void {
    this.#setActive(row, false)
    if ((this.rows.flags(row) & RowFlag.hidden) !== 0) this.hidden--
  }

  #setActive(row: number, active: boolean): void {
    const flags = this.rows.flags(row)
    if (active === ((flags & RowFlag.active) !== 0)) return
    this.active += active ? 1 : -1
    this.rows.setFlags(row, active ? flags | RowFlag.active : flags & ~RowFlag.active)
  }

  #touch(row: number): void {
    const { rows } = this
    this.touched.add(rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row), rows.length(row), row)
  }
}
