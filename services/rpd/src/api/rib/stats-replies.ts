import type { MessageInitShape } from '@bufbuild/protobuf'
import { formatAddress } from '@hangar/inet'
import {
  type RouteEntryStatsSchema,
  type RouteGetStatsReplySchema,
  type RouteGetStatsRequest,
  RouteMatchType,
  RouteOperStatus as Status,
} from '@hangar/protocol/rib_service_pb'
import { MOST_ROUTES } from '../../decode/route-columns.ts'
import { isFault, readQuery } from '../../read/route-query.ts'
import type { Rib } from '../../rib/rib.ts'
import type { RoutingTable } from '../../rib/routing-table.ts'
import { addressOf } from '../../rib/words.ts'
import { countedRoutes } from './route-stats.ts'

type Reply = MessageInitShape<typeof RouteGetStatsReplySchema>

/** RouteGetStats: of one destination, or of all of a table. No packets pass through the device: all counters are 0. */
export async function* statsReplies(
  rib: Rib,
  { destPrefix, destPrefixLen, table, routeCount }: RouteGetStatsRequest,
  signal: AbortSignal,
): AsyncGenerator<Reply> {
  if (routeCount > MOST_ROUTES) return yield { status: Status.ROUTE_COUNT_INVALID }
  const key = { destPrefix, destPrefixLen, table, cookie: 0n }
  const query = readQuery(rib, { key, matchType: RouteMatchType.EXACT, activeOnly: false })
  if (isFault(query)) return yield { status: query.code }
  let found = false
  for await (const rows of countedRoutes(query, { perMessage: routeCount || MOST_ROUTES, signal })) {
    found = true
    yield { routes: rows.map(row => entryOf(query.table, row)) }
  }
  if (!found && !signal.aborted) yield { status: Status.ROUTE_WITH_STATS_NOT_FOUND }
}

function entryOf(table: RoutingTable, row: number): MessageInitShape<typeof RouteEntryStatsSchema> {
  const { rows } = table
  const length = rows.length(row)
  const where = {
    table: { RtTableFormat: { case: 'rttName', value: { name: table.name } } },
    trafficStats: {},
  } as const
  const { family } = table
  if (family !== 'inet' && family !== 'inet6') {
    const destPrefix = { Af: { case: 'mpls', value: { label: rows.k0(row) } } } as const
    return { ...where, destPrefix, destPrefixLen: length === 0 ? 0 : 52 }
  }
  const text = formatAddress(addressOf(family, [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)]))
  const destPrefix = { Af: { case: family, value: { AddrFormat: { case: 'addrString', value: text } } } } as const
  return { ...where, destPrefix, destPrefixLen: length }
}
