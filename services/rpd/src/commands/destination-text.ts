import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { prefixText } from '../rib/words.ts'

/** A row's destination as `show route` prints it: "10.0.0.0/8", "299776", "65000:1:10.0.0.0/24". */
export function destinationText(rib: Rib, table: RoutingTable, row: number): string {
  const { rows } = table
  const length = rows.length(row)
  switch (table.family) {
    case 'inet':
    case 'inet6':
      return prefixText(table.family, [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)], length)
    case 'mpls':
      return length === 0 ? 'default' : String(rows.k0(row))
    case 'other':
      return rib.others.at(rows.k0(row)).key
  }
}
