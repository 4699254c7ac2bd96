import { findRoutes } from '../../read/find-routes.ts'
import type { RouteQuery } from '../../read/route-query.ts'
import { Turns } from '../../read/turns.ts'

/** Rows of routes whose traffic is counted, so many at a time. */
export async function* countedRoutes(
  query: RouteQuery,
  { perMessage, signal }: { perMessage: number; signal: AbortSignal },
): AsyncGenerator<number[]> {
  const { table } = query
  const { rows, matches } = findRoutes(query)
  const turns = new Turns()
  let found: number[] = []
  for (let i = 0; i < (rows?.length ?? table.rows.end); i++) {
    const row = rows?.[i] ?? i
    const turn = turns.spend(Turns.looking)
    if (turn) {
      await turn
      if (signal.aborted) return
    }
    if (!table.isLive(row) || !table.attributes(row).values.enableStats || !matches(row)) continue
    found.push(row)
    if (found.length < perMessage) continue
    yield found
    found = []
  }
  if (found.length > 0) yield found
}
