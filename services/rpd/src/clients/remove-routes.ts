import type { AttributeSet } from '../rib/attributes.ts'
import type { Rib } from '../rib/rib.ts'

/** Routes that are removed before others get their turn: about a millisecond's work. */
const SLICE = 4096

/**
 * Removes all routes whose attributes `match` says yes to (asked once for each set of attributes), a slice at a time; between two slices `between` is waited
 * for. Routes that are added meanwhile may be missed. Resolves to how many went.
 */
export async function removeRoutes(
  rib: Rib,
  match: (attributes: AttributeSet) => boolean,
  between: () => Promise<void>,
): Promise<number> {
  let removed = 0
  let slice = 0
  for (const table of rib.tables()) {
    for (let row = 0; row < table.rows.end; row++) {
      if (table.isLive(row) && match(table.attributes(row))) {
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
