import { compareAddresses } from '@hangar/inet'
import { RowFlag } from '../rib/route-rows.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import type { Destination, RouteQuery } from './route-query.ts'
import { sortedHeads } from './sorted-routes.ts'

/** A destination with those of its routes that were asked for; never none. */
export interface SelectedDestination {
  readonly table: RoutingTable
  /** The first of all its routes. */
  readonly head: number
  readonly routes: readonly number[]
}

/** The destinations of one table that a query means, in order, a part of the table at a time. */
export function* selectRoutes(query: RouteQuery, table: RoutingTable): Iterable<SelectedDestination[]> {
  const { destination, match } = query
  const pick = (head: number): SelectedDestination[] => {
    const routes = routesOf(query, table, head)
    return routes.length > 0 ? [{ table, head, routes }] : []
  }
  if (!destination) {
    for (const part of sortedHeads(table)) yield part.flatMap(pick)
    return
  }
  const [k0, k1, k2, k3] = destination.words
  if (match === 'exact') {
    const head = table.find(k0, k1, k2, k3, destination.length)
    if (head >= 0) yield pick(head)
    return
  }
  if (match !== 'best') {
    let found = false
    for (const part of sortedHeads(table, row => inside(table, row, destination))) {
      const picked = part.flatMap(pick)
      found ||= picked.length > 0
      yield picked
    }
    if (found || match === 'range') return
  }
  const head = table.bestMatch(k0, k1, k2, k3, destination.length)
  if (head >= 0) yield pick(head)
}

function routesOf(query: RouteQuery, table: RoutingTable, head: number): number[] {
  const routes: number[] = []
  for (let row = head; row >= 0; row = table.rows.next(row)) {
    const hidden = (table.rows.flags(row) & RowFlag.hidden) !== 0
    if (hidden ? query.hidden === 'not' : query.hidden === 'only') continue
    if (query.activity !== undefined && (query.activity === 'active') !== table.isActive(row)) continue
    const { source } = table.attributes(row)
    if (query.programmed && source.client === undefined) continue
    if (query.protocol && !query.protocol.includes(source.protocol)) continue
    if (query.nextHop && !leadsTo(query, table, row)) continue
    routes.push(row)
  }
  return routes
}

function leadsTo({ nextHop: wanted }: RouteQuery, table: RoutingTable, row: number): boolean {
  const { legs, spec } = table.nextHop(row)
  const same = (address: Parameters<typeof compareAddresses>[0] | undefined) =>
    address !== undefined && compareAddresses(address, wanted!) === 0
  return (
    legs.some(leg => same(leg.gateway)) || (spec.kind === 'gateways' && spec.gateways.some(one => same(one.address)))
  )
}

function inside(table: RoutingTable, row: number, { words, length }: Destination): boolean {
  const { rows } = table
  if (rows.length(row) < length) return false
  if (table.family === 'mpls') return rows.k0(row) === words[0]
  const own = [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)]
  return own.every((word, i) => {
    const bits = Math.min(32, length - 32 * i)
    return bits <= 0 || (word ^ words[i]!) >>> (32 - bits) === 0
  })
}
