import type { AttributeValues, RouteSource } from './attributes.ts'
import type { NextHopSpec } from './next-hop.ts'
import type { Rib } from './rib.ts'
import type { RoutingTable } from './routing-table.ts'
import type { Words } from './words.ts'

/** A route as a person or a configuration says it. */
export interface RouteInput {
  readonly words: Words
  readonly length: number
  readonly source: RouteSource
  readonly values: AttributeValues
  readonly nextHop: NextHopSpec
  /** Instance in whose tables gateways are looked up; the table's own unless said otherwise. */
  readonly instance?: string
  /** Tells the paths of one source to one destination apart. */
  readonly cookie?: number
}

/** Adds a route or gives it other attributes. False when it was there, the same. For single routes; batches go their own way. */
export function putRoute(rib: Rib, table: RoutingTable, route: RouteInput): boolean {
  const { words, length, source, cookie = 0 } = route
  const [k0, k1, k2, k3] = words
  const attributes = rib.attributes.intern(source, route.values)
  const nextHop = rib.nextHops.intern(route.instance ?? table.instance, route.nextHop)
  const head = table.find(k0, k1, k2, k3, length)
  const row = table.routeOf(head, source, cookie, 0)
  if (row < 0) {
    table.insert(head, k0, k1, k2, k3, length, attributes, nextHop, cookie, 0)
    return true
  }
  if (table.attributes(row) === attributes && table.nextHop(row) === nextHop) return false
  table.change(row, attributes, nextHop)
  return true
}

/** False when there is no such route. */
export function deleteRoute(
  table: RoutingTable,
  { words, length, source, cookie = 0 }: Pick<RouteInput, 'words' | 'length' | 'source' | 'cookie'>,
): boolean {
  const [k0, k1, k2, k3] = words
  const row = table.routeOf(table.find(k0, k1, k2, k3, length), source, cookie, 0)
  if (row < 0) return false
  table.remove(row)
  return true
}
