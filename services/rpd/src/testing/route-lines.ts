import { formatAddress } from '@hangar/inet'
import type { NextHop } from '../rib/next-hop.ts'
import type { Rib } from '../rib/rib.ts'
import { prefixText } from '../rib/words.ts'

/**
 * A table of addresses, a line a route: "10.0.0.0/24 *Direct/0 xe-0/0/0.0". `*` is active, `-` hidden. Ways are gateway and interface,
 * or where packets end.
 */
export function routeLines(rib: Rib, name: string): string[] {
  const table = rib.table(name)!
  const family = table.family === 'inet6' ? 'inet6' : 'inet'
  const lines: string[] = []
  for (const head of table.heads())
    for (let row = head; row >= 0; row = table.rows.next(row)) {
      const { rows } = table
      const prefix = prefixText(family, [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)], rows.length(row))
      const { source, values } = table.attributes(row)
      const mark = table.isActive(row) ? '*' : table.nextHop(row).usable ? '' : '-'
      lines.push(`${prefix} ${mark}${source.protocol}/${values.preference} ${wayText(table.nextHop(row))}`.trimEnd())
    }
  return lines.sort()
}

function wayText(nextHop: NextHop): string {
  if (nextHop.sink !== undefined && nextHop.spec.kind !== 'local') return nextHop.sink
  return nextHop.legs
    .map(({ gateway, interface: ifl }) => `${gateway ? `${formatAddress(gateway)} ` : ''}${ifl}`)
    .join(', ')
}
