import type { BgpRouteEntry } from '@hangar/protocol/bgp_route_service_pb'
import type { Rib } from '../rib/rib.ts'
import { type BgpSearch, matching } from './bgp-routes.ts'
import { type ReplyFormat, toEntry } from './to-entry.ts'

/** Gets that run at the same time; one more is told to try again. */
const MOST_GETS = 1000
/** Rows that are looked at before others get their turn. */
const SLICE = 4096
/** Routes in one message. */
export const MOST_IN_REPLY = 1000

/** How many gets run. */
export class Gets {
  #running = 0

  /** False when there are too many already; otherwise `done` has to follow. */
  begin(): boolean {
    if (this.#running >= MOST_GETS) return false
    this.#running++
    return true
  }

  done(): void {
    this.#running--
  }
}

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
    if (++looked % SLICE === 0) await new Promise(resolve => setImmediate(resolve))
  }
  if (page.length > 0) yield page
}
