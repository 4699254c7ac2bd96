import type { AttributeSet } from '../rib/attributes.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'

/** Routes that are removed before others get their turn: their forwarding goes before anybody else's. */
const SLICE = 512

/** Removes all routes, of all tables, whose attributes `match` says yes to; see `removeRows`. */
export function removeRoutes(
  rib: Rib,
  match: (attributes: AttributeSet) => boolean,
  between: () => Promise<void>,
): Promise<number> {
  return removeRows(rib, rib.tables(), (table, row) => match(table.attributes(row)), between)
}

/**
 * Removes all routes that `match` says yes to, a slice at a time; between two slices `between` is waited for. Routes that are added
 * meanwhile may be missed. Resolves to how many went.
 */
export async function removeRows(
  rib: Rib,
  tables: Iterable<RoutingTable>,
  match: (table: RoutingTable, row: number) => boolean,
  between: () => Promise<void>,
): Promise<number> {
  let removed = 0
  let slice = 0
  for (const table of tables) {
    for (let row = 0; row < table.rows.end; row++) {
      if (table.isLive(row) && match(table, row)) {
        table.remove(row)
        removed++
        slice++
      } else slice += 1 / 16
      if (slice < SLICE) continue
      slice = 0
      rib.settle()
      await between()
    }
  }
  rib.settle()
  await between()
  return removed
}
