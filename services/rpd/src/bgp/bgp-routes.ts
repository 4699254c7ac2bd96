import type { BgpRouteEntry, BgpRouteMatch } from '@hangar/protocol/bgp_route_service_pb'
import { tableIn } from '../api/rib/table-message.ts'
import type { RouteSource } from '../rib/attributes.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import type { Words } from '../rib/words.ts'
import { type EntryFault, readEntry } from './bgp-entry.ts'
import { isCommunity } from './community.ts'
import { type BgpDestination, type DestinationFault, isFault, readDestination } from './destination.ts'
import type { Generation } from './family-data.ts'

export type BgpFault =
  | DestinationFault
  | EntryFault
  | 'NO_OP'
  | 'TOO_MANY_OPS'
  | 'PROTOCOL_INVALID'
  | 'ROUTE_EXISTS'
  | 'ROUTE_NOT_FOUND'

/** Entries of one request, by the contract. */
const MOST = 1000

export interface BgpOutcome {
  /** Absent: all were done. */
  fault?: BgpFault
  completed: number
}

/** How a route of the request meets what is there. */
export type BgpOperation = 'add' | 'modify' | 'update'

/** Which protocols a request may name, by the numbers of its generation: BGP-Static, or none. */
const writable = { classic: [0, 2], modern: [0, 27] } as const
/** For reading BGP too, of which there is none. */
export const readable = { classic: [0, 1, 2], modern: [0, 10, 27] } as const

/** Does a request's routes in order up to the first error; what was done before stays done. */
export function putRoutes(
  rib: Rib,
  client: string,
  operation: BgpOperation,
  entries: readonly BgpRouteEntry[],
  generation: Generation,
): BgpOutcome {
  return inOrder(entries, entry => {
    const source = rib.attributes.source('BGP-Static', client)
    if (!includes(writable[generation], entry.protocol)) return 'PROTOCOL_INVALID'
    const table = tableIn(rib, entry.table)
    if (!table) return 'TABLE_INVALID'
    const destination = readDestination(entry.destPrefix, entry.destPrefixLen, table)
    if (isFault(destination)) return destination
    const route = readEntry(entry, destination, generation)
    if (typeof route === 'string') return route
    const [low, high] = cookieWords(entry.pathCookie)
    const [k0, k1, k2, k3] = wordsIn(rib, destination)
    const head = table.find(k0, k1, k2, k3, destination.length)
    const row = table.routeOf(head, source, low, high)
    if (operation === 'add' && row >= 0) return 'ROUTE_EXISTS'
    if (operation === 'modify' && row < 0) {
      forget(rib, destination, k0)
      return 'ROUTE_NOT_FOUND'
    }
    const attributes = rib.attributes.intern(source, route.values)
    const nextHop = rib.nextHops.intern(table.instance, route.nextHop)
    if (row >= 0) table.change(row, attributes, nextHop)
    else table.insert(head, k0, k1, k2, k3, destination.length, attributes, nextHop, low, high)
    return undefined
  })
}

/** Removes a client's routes; a request that matches several counts as one. */
export function removeRoutes(
  rib: Rib,
  client: string,
  matches: readonly BgpRouteMatch[],
  orLonger: boolean,
  generation: Generation,
): BgpOutcome {
  return inOrder(matches, match => {
    if (!includes(writable[generation], match.protocol)) return 'PROTOCOL_INVALID'
    const search = readMatch(rib, match, orLonger)
    if (typeof search === 'string') return search
    const source = rib.attributes.source('BGP-Static', client)
    const rows = [...matching(rib, search, source)]
    for (const row of rows) search.table.remove(row)
    return rows.length > 0 ? undefined : 'ROUTE_NOT_FOUND'
  })
}

/** What a match means. */
export interface BgpSearch {
  readonly table: RoutingTable
  /** Undefined: all destinations. */
  readonly destination: BgpDestination | undefined
  readonly orLonger: boolean
  /** 0 matches every cookie. */
  readonly cookie: bigint
  /** A route has to have all of them. */
  readonly communities: readonly string[]
}

/** Without a prefix a match means every destination, as long as it says so with or_longer. */
export function readMatch(rib: Rib, match: BgpRouteMatch, orLonger: boolean): BgpSearch | BgpFault {
  const table = tableIn(rib, match.table)
  if (!table) return 'TABLE_INVALID'
  const communities = (match.communities?.comList ?? []).map(one => one.communityString)
  if (!communities.every(isCommunity)) return 'COMMUNITY_LIST_INVALID'
  const whole = { table, orLonger, cookie: match.pathCookie, communities }
  if (!match.destPrefix?.RoutePrefixAf.case && orLonger) return { ...whole, destination: undefined }
  const destination = readDestination(match.destPrefix, match.destPrefixLen, table)
  return isFault(destination) ? destination : { ...whole, destination }
}

/** Rows of BGP-Static routes that match; those of one source, or of all. */
export function* matching(rib: Rib, search: BgpSearch, source?: RouteSource): Iterable<number> {
  const { table, destination, orLonger } = search
  const { rows } = table
  if (destination && !orLonger) {
    const words = wordsIn(rib, destination)
    const head = table.find(...words, destination.length)
    const found: number[] = []
    for (let row = head; row >= 0; row = rows.next(row)) if (isMatch(search, row, source)) found.push(row)
    if (head < 0) forget(rib, destination, words[0])
    yield* found
    return
  }
  for (let row = 0; row < rows.end; row++)
    if (table.isLive(row) && isMatch(search, row, source) && isInside(rib, search, row)) yield row
}

function isMatch({ table, cookie, communities }: BgpSearch, row: number, source: RouteSource | undefined): boolean {
  const attributes = table.attributes(row)
  if (attributes.source.protocol !== 'BGP-Static' || (source && attributes.source !== source)) return false
  const [low, high] = cookieWords(cookie)
  if (cookie !== 0n && (table.rows.cookieLow(row) !== low || table.rows.cookieHigh(row) !== high)) return false
  return communities.every(one => attributes.values.communities?.includes(one))
}

function isInside(rib: Rib, { table, destination }: BgpSearch, row: number): boolean {
  if (!destination) return true
  const { rows } = table
  if (!destination.words) {
    const held = rib.others.at(rows.k0(row)).value as BgpDestination
    return held.key === destination.key || insideVpn(held, destination)
  }
  if (rows.length(row) < destination.length) return false
  const own = [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)]
  return covers(destination.words, own, destination.length)
}

/** "65000:1:10.1.0.0/16" is inside of "65000:1:10.0.0.0/8". */
function insideVpn(inner: BgpDestination, outer: BgpDestination): boolean {
  if (!outer.vpn || !inner.vpn || inner.length < outer.length) return false
  return inner.vpn.distinguisher === outer.vpn.distinguisher && covers(outer.vpn.words, inner.vpn.words, outer.length)
}

function covers(outer: readonly number[], inner: readonly number[], length: number): boolean {
  return outer.every((word, i) => {
    const bits = Math.min(32, length - 32 * i)
    return bits <= 0 || (word ^ inner[i]!) >>> (32 - bits) === 0
  })
}

/** Where a destination stands in its table; one without an address gets its number here. */
function wordsIn(rib: Rib, { words, key, ...rest }: BgpDestination): Words {
  return words ?? [rib.others.of(key!, { ...rest, words, key }).id, 0, 0, 0]
}

/** A number that was only asked for is not kept. */
function forget(rib: Rib, { words }: BgpDestination, number: number): void {
  if (!words) rib.others.sweep(rib.others.at(number))
}

export function includes(protocols: readonly number[], protocol: number): boolean {
  return protocols.includes(protocol)
}

export function cookieWords(cookie: bigint): [low: number, high: number] {
  return [Number(cookie & 0xffff_ffffn), Number(cookie >> 32n)]
}

function inOrder<T>(entries: readonly T[], act: (entry: T) => BgpFault | undefined): BgpOutcome {
  if (entries.length === 0) return { fault: 'NO_OP', completed: 0 }
  if (entries.length > MOST) return { fault: 'TOO_MANY_OPS', completed: 0 }
  for (const [completed, entry] of entries.entries()) {
    const fault = act(entry)
    if (fault) return { fault, completed }
  }
  return { completed: entries.length }
}
