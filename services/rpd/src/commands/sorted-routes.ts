import type { RoutingTable } from '../rib/routing-table.ts'

/** The first rows of a table's destinations in the order of their addresses, a part of the table at a time. */
export function* sortedHeads(table: RoutingTable, wanted: (row: number) => boolean = () => true): Iterable<number[]> {
  const { rows } = table
  const parts = new Map<number, number[]>()
  for (const row of table.heads()) {
    if (!wanted(row)) continue
    const part = partOf(table, row)
    const members = parts.get(part)
    if (members) members.push(row)
    else parts.set(part, [row])
  }
  const compare = (a: number, b: number) =>
    rows.k0(a) - rows.k0(b) ||
    rows.k1(a) - rows.k1(b) ||
    rows.k2(a) - rows.k2(b) ||
    rows.k3(a) - rows.k3(b) ||
    rows.length(a) - rows.length(b)
  for (const part of [...parts.keys()].toSorted((a, b) => a - b)) {
    // Rows may have gone since.
    const members = parts.get(part)!.filter(row => table.isHead(row))
    parts.delete(part)
    yield members.sort(compare)
  }
}

/** Small enough to be sorted in a few milliseconds, whatever the table. */
function partOf(table: RoutingTable, row: number): number {
  if (table.family === 'mpls') return table.rows.k0(row) >>> 12
  return table.rows.k0(row) >>> 18
}
