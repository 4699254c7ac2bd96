import type { OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf, type XmlElement } from '@hangar/xml'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { tableCounts } from './route-data.ts'
import { tableHeading } from './route-text.ts'
import { route, show } from './show-route.ts'

/** What the main instance says of itself. Empty texts are not configured. */
export interface RouterIdentity {
  readonly routerId: string
  readonly autonomousSystem: string
}

/** `show route summary`: how many routes of each protocol each table has. */
export function showRouteSummary(source: {
  rib: Rib
  release: string
  identity(): RouterIdentity
}): OperationalCommand {
  return {
    words: [show, route, { name: 'summary', help: 'Show routing table summary' }],
    options: [
      {
        name: 'table',
        kind: 'value',
        placeholder: '<table>',
        help: 'Name of routing table',
        completion: 'routing-table',
      },
    ],
    permission: 'view',
    rpc: 'get-route-summary-information',
    run({ options }) {
      const { routerId, autonomousSystem } = source.identity()
      const name = options.get('table')
      const tables = [...source.rib.tables()].filter(
        table => table.rows.live > 0 && (name === undefined || table.name === name || table.instance === name),
      )
      return element(
        'route-summary-information',
        [
          ...(autonomousSystem === '' ? [] : [element('as-number', autonomousSystem)]),
          ...(routerId === '' ? [] : [element('router-id', routerId)]),
          ...tables.map(table => summaryElement(source.rib, table)),
        ],
        { xmlns: `http://xml.juniper.net/junos/${source.release}/junos-routing` },
      )
    },
    text(data) {
      const [as, id] = [textOf(data, 'as-number'), textOf(data, 'router-id')]
      const head = (as === '' ? '' : `Autonomous system number: ${as}\n`) + (id === '' ? '' : `Router ID: ${id}\n`)
      return head + children(data, 'route-table').map(summaryText).join('')
    },
  }
}

function summaryElement(rib: Rib, table: RoutingTable): XmlElement {
  const counts = new Map<string, { routes: number; active: number }>()
  for (let row = 0; row < table.rows.end; row++) {
    if (!table.isLive(row)) continue
    const { protocol } = rib.attributes.at(table.rows.attributes(row)).source
    let count = counts.get(protocol)
    if (!count) {
      count = { routes: 0, active: 0 }
      counts.set(protocol, count)
    }
    count.routes++
    if (table.isActive(row)) count.active++
  }
  return element('route-table', [
    ...tableCounts(table),
    ...[...counts].map(([name, { routes, active }]) =>
      element('protocols', [
        element('protocol-name', name),
        element('protocol-route-count', routes),
        element('active-route-count', active),
      ]),
    ),
  ])
}

function summaryText(table: XmlElement): string {
  const lines = children(table, 'protocols').map(one => {
    const name = `${textOf(one, 'protocol-name').padStart(20)}:`
    const routes = textOf(one, 'protocol-route-count').padStart(7)
    return `${name}${routes} routes,${textOf(one, 'active-route-count').padStart(7)} active\n`
  })
  return tableHeading(table) + lines.join('')
}
