import type { BgpRouteEntry } from '@hangar/protocol/bgp_route_service_pb'
import { turn } from '@hangar/runtime'
import type { Rib } from '../rib/rib.ts'
import { type BgpSearch, matching } from './bgp-routes.ts'
import { type ReplyFormat, toEntry } from './to-entry.ts'

/** Rows that are looked at before others get their turn. */
const SLICE = 4096
/** Routes in one message. */
export const MOST_IN_REPLY = 1000

/** Routes that a search finds, `count` in a message, with turns for others in between. Not one moment's picture of the table. */
export async function* getRoutes(
  rib: Rib,
  search: BgpSearch,
  options: { activeOnly: boolean; count: number; format: ReplyFormat },
): AsyncIterable<BgpRouteEntry[]> {
  const { table } = search
  let page: BgpRouteEntry[] = []
  let looked = 0
  for (const row of matching(rib, search)) {
    if (!options.activeOnly || table.isActive(row)) page.push(toEntry(rib, table, row, options.format))
    if (page.length === options.count) {
      yield page
      page = []
    }
    if (++looked % SLICE === 0) await turn()
  }
  if (page.length > 0) yield page
}
