import type { RouteBatch } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { words } from './columns.ts'
import type { ForwardingTable } from './forwarding-table.ts'
import type { NextHops } from './next-hops.ts'
import { Operation, RouteReport } from './route-report.ts'

/** Routes that are worked on in one piece: less than a millisecond. */
export const slice = 512

/** Puts the routes of a batch, which has been checked, into their table; one report for each slice. */
export function* applyRoutes(
  table: ForwardingTable,
  nextHops: NextHops,
  { addresses, lengths, nextHops: ids }: RouteBatch,
): Generator<RouteReport> {
  const columns = { addresses: words(addresses), lengths, ids: words(ids) }
  for (let start = 0; start < lengths.length; start += slice) {
    yield applySlice(table, nextHops, columns, start, Math.min(start + slice, lengths.length))
  }
}

function applySlice(
  table: ForwardingTable,
  nextHops: NextHops,
  { addresses, lengths, ids }: { addresses: Uint32Array; lengths: Uint8Array; ids: Uint32Array },
  start: number,
  end: number,
): RouteReport {
  const { routes, family } = table
  const report = new RouteReport(table, end - start)
  // Neighbours in a batch mostly share a next hop.
  let id = 0
  let place = -1
  for (let i = start; i < end; i++) {
    const length = lengths[i]!
    if (ids[i] !== id) {
      id = ids[i]!
      place = id === 0 ? -1 : nextHops.placeOf(id)
    }
    const previous = place < 0 ? routes.delete(addresses, i, length) : routes.set(addresses, i, length, place)
    if (previous === place) continue
    if (place < 0) report.add(Operation.DELETE, addresses, i, length, nextHops.before(previous).ways[family])
    else {
      nextHops.hold(place)
      const { key, ways } = nextHops.at(place)
      if (previous < 0) report.add(Operation.ADD, addresses, i, length, ways[family])
      // A route that forwards as before has not changed, whatever rpd's numbers are: a new rpd numbers anew.
      else if (nextHops.before(previous).key !== key) report.add(Operation.CHANGE, addresses, i, length, ways[family])
    }
    if (previous >= 0) nextHops.release(previous)
  }
  return report
}
