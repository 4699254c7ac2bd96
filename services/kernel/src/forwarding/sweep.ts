import { slice } from './apply-routes.ts'
import type { ForwardingTable } from './forwarding-table.ts'
import type { NextHops } from './next-hops.ts'
import { Operation, RouteReport } from './route-report.ts'

/** Deletes the routes whose place is `unwanted`; a report, or undefined for time spent searching, for each slice. */
export function* sweepRoutes(
  table: ForwardingTable,
  nextHops: NextHops,
  unwanted: (place: number) => boolean,
): Generator<RouteReport | undefined> {
  const { routes } = table
  const addresses: number[] = []
  const lengths: number[] = []
  for (let cursor = 0; cursor >= 0; ) {
    cursor = routes.scan(cursor, slice, (address, length, place) => {
      if (!unwanted(place)) return
      for (const word of address) addresses.push(word)
      lengths.push(length)
    })
    if (cursor >= 0) yield undefined
  }
  const column = Uint32Array.from(addresses)
  for (let start = 0; start < lengths.length; start += slice) {
    const end = Math.min(start + slice, lengths.length)
    const report = new RouteReport(table, end - start)
    for (let i = start; i < end; i++) {
      const length = lengths[i]!
      const place = routes.delete(column, i, length)
      report.add(Operation.DELETE, column, i, length, nextHops.before(place).ways[table.family])
      nextHops.release(place)
    }
    yield report
  }
}
