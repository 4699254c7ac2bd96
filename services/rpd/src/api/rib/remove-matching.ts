import { removeRows } from '../../clients/remove-routes.ts'
import { findRoutes } from '../../read/find-routes.ts'
import type { RouteQuery } from '../../read/route-query.ts'
import type { RouteSource } from '../../rib/attributes.ts'
import type { Routing } from '../../routing.ts'

/** Removes the routes of a source that a query finds; resolves to how many there were when the kernel has forgotten them. */
export function removeMatching(routing: Routing, source: RouteSource, query: RouteQuery): Promise<number> {
  const { table } = query
  const { rows, matches } = findRoutes(query)
  const own = (row: number) => table.isLive(row) && table.attributes(row).source === source && matches(row)
  if (!rows)
    return removeRows(
      routing.rib,
      [table],
      (_table, row) => own(row),
      () => routing.committed(),
    )
  const found = rows.filter(own)
  for (const row of found) table.remove(row)
  return routing.committed().then(() => found.length)
}
