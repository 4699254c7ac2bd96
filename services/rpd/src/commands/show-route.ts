import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { turn } from '@hangar/runtime'
import { children, type XmlElement } from '@hangar/xml'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { destinationElement, routeInformation, tableElement } from './route-data.ts'
import { detailText } from './route-detail-text.ts'
import { protocols, type RouteQuery, type RouteStyle, readQuery } from './route-query.ts'
import { briefText, key, tableHeading, terseHeading, terseText } from './route-text.ts'
import { selectRoutes } from './select-routes.ts'

/** XML and JSON are made as a whole: more destinations than these are refused in them. */
const MOST_ELEMENTS = 100_000

export const show = { name: 'show', help: 'Show system information' } as const
export const route = { name: 'route', help: 'Show routing table information' } as const

/** `show route [destination] [exact | best | range] [table …] [protocol …] …`, in text part by part. */
export function showRoute(source: { rib: Rib; release: string }): OperationalCommand {
  const { rib, release } = source
  return {
    words: [show, route],
    options: [
      {
        name: 'destination',
        kind: 'positional',
        placeholder: '<destination>',
        help: 'IP address and optional prefix length, or MPLS label, of destination',
      },
      { name: 'active-path', kind: 'flag', help: 'Show active paths', group: 'activity' },
      { name: 'all', kind: 'flag', help: 'Show all entries including hidden entries', group: 'hidden' },
      { name: 'best', kind: 'flag', help: 'Show longest match', group: 'match' },
      { name: 'brief', kind: 'flag', help: 'Display brief output (default)', group: 'style' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'style' },
      { name: 'exact', kind: 'flag', help: 'Show exact match', group: 'match' },
      { name: 'extensive', kind: 'flag', help: 'Display extensive output', group: 'style' },
      { name: 'hidden', kind: 'flag', help: 'Show hidden entries', group: 'hidden' },
      { name: 'inactive-path', kind: 'flag', help: 'Show inactive paths', group: 'activity' },
      {
        name: 'next-hop',
        kind: 'value',
        placeholder: '<next-hop>',
        help: 'Show routes that point to the named next hop',
      },
      { name: 'programmed', kind: 'flag', help: 'Show API-programmed routes' },
      {
        name: 'protocol',
        kind: 'value',
        placeholder: '<protocol>',
        help: 'Name of the protocol from which the routes were learned',
        choices: Object.keys(protocols),
      },
      { name: 'range', kind: 'flag', help: 'Show entire prefix range', group: 'match' },
      {
        name: 'table',
        kind: 'value',
        placeholder: '<table>',
        help: 'Name of routing table',
        completion: 'routing-table',
      },
      { name: 'terse', kind: 'flag', help: 'Display terse output', group: 'style' },
    ],
    permission: 'view',
    rpc: 'get-route-information',
    run(invocation) {
      const query = readQuery(rib, invocation)
      let left = MOST_ELEMENTS
      const tables = query.tables.flatMap(table => {
        const destinations: XmlElement[] = []
        for (const part of selectRoutes(query, table)) {
          left -= part.length
          if (left < 0) throw new CommandError(`more than ${MOST_ELEMENTS} destinations; name a table or a prefix`)
          for (const one of part) destinations.push(destinationElement(rib, one, query.style))
        }
        return destinations.length > 0 ? [tableElement(table, query.style, destinations)] : []
      })
      return routeInformation(release, tables)
    },
    text: (data, invocation) => {
      const { style } = readQuery(rib, invocation)
      return children(data, 'route-table')
        .map(table => headingText(table, style) + children(table, 'rt').map(textIn[style]).join(''))
        .join('')
    },
    async *stream(invocation) {
      const query = readQuery(rib, invocation)
      for (const table of query.tables) yield* tableText(rib, query, table)
    },
  }
}

const textIn: Record<RouteStyle, (rt: XmlElement) => string> = {
  brief: briefText,
  terse: terseText,
  detail: detailText,
  extensive: detailText,
}

function headingText(table: XmlElement, style: RouteStyle): string {
  const heading = tableHeading(table)
  if (style === 'terse') return `${heading}${key}\n${terseHeading}`
  return style === 'brief' ? `${heading}${key}\n` : heading
}

/** Tables of which nothing is shown are not named. */
async function* tableText(rib: Rib, query: RouteQuery, table: RoutingTable): AsyncIterable<string> {
  let begun = false
  for (const part of selectRoutes(query, table)) {
    if (part.length === 0) continue
    if (!begun) yield headingText(tableElement(table, query.style, []), query.style)
    begun = true
    yield part.map(one => textIn[query.style](destinationElement(rib, one, query.style))).join('')
    await turn()
  }
}

export function tableNames(rib: Rib): Iterable<{ name: string }> {
  return [...rib.tables()].map(({ name }) => ({ name }))
}
