import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { children, type XmlElement } from '@hangar/xml'
import { type Forwarding, families } from '../forwarding/index.ts'
import { countElement, forwardingInformation, tableElement } from './forwarding-data.ts'
import { instanceName, readForwardingQuery } from './forwarding-query.ts'
import { forwardingRoutes, routeCounts } from './forwarding-routes.ts'
import { routesHeading, routeText, summaryText } from './forwarding-text.ts'

/** `show route forwarding-table [destination | label | matching …] [family …] [table …] [summary]`, in text part by part. */
export function showRouteForwardingTable(source: {
  forwarding: Forwarding
  release: string
  /** XML and JSON are made as a whole: more routes than these are refused in them. */
  mostElements?: number
}): OperationalCommand {
  const { forwarding, release, mostElements = 100_000 } = source
  const read = (invocation: Parameters<OperationalCommand['run']>[0]) =>
    readForwardingQuery(forwarding.tables, invocation)
  const summary = (table: Parameters<typeof routeCounts>[1]) =>
    routeCounts(forwarding, table).then(counts =>
      tableElement(
        table,
        counts.map(([type, count]) => countElement(type, count)),
      ),
    )
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'route', help: 'Show routing table information' },
      { name: 'forwarding-table', help: 'Show entries in kernel forwarding table' },
    ],
    options: [
      { name: 'destination', kind: 'value', placeholder: '<destination>', help: 'Destination prefix', group: 'which' },
      { name: 'family', kind: 'value', placeholder: '<family>', help: 'Address family', choices: [...families] },
      { name: 'label', kind: 'value', placeholder: '<label>', help: 'MPLS label', group: 'which' },
      { name: 'matching', kind: 'value', placeholder: '<matching>', help: 'IP prefix to match', group: 'which' },
      { name: 'summary', kind: 'flag', help: 'Show summary of forwarding table', group: 'which' },
      {
        name: 'table',
        kind: 'value',
        placeholder: '<table>',
        help: 'Name of routing table',
        completion: 'forwarding-table',
      },
    ],
    permission: 'view',
    rpc: 'get-forwarding-table-information',
    async run(invocation) {
      const query = read(invocation)
      if (invocation.options.has('summary')) {
        const counted: XmlElement[] = []
        for (const table of query.tables) counted.push(await summary(table))
        return forwardingInformation(release, counted)
      }
      const tables: XmlElement[] = []
      let left = mostElements
      for (const table of query.tables) {
        const entries: XmlElement[] = []
        for await (const part of forwardingRoutes(forwarding, table, query)) {
          left -= part.length
          if (left < 0) throw new CommandError(`more than ${mostElements} routes; name a table or a prefix`)
          entries.push(...part)
        }
        if (entries.length > 0) tables.push(tableElement(table, entries))
      }
      return forwardingInformation(release, tables)
    },
    text: (data, { options }) =>
      children(data, 'route-table')
        .map(table =>
          options.has('summary')
            ? summaryText(table)
            : routesHeading(table) + children(table, 'rt-entry').map(routeText).join(''),
        )
        .join('\n'),
    async *stream(invocation) {
      const query = read(invocation)
      let between = ''
      for (const table of query.tables) {
        if (invocation.options.has('summary')) {
          yield between + summaryText(await summary(table))
          between = '\n'
          continue
        }
        let heading = between + routesHeading(tableElement(table, []))
        for await (const part of forwardingRoutes(forwarding, table, query)) {
          if (part.length === 0) continue
          yield heading + part.map(routeText).join('')
          heading = ''
          between = '\n'
        }
      }
    },
  }
}

/** The instances that have forwarding tables, for completion. */
export function forwardingTableNames(forwarding: Forwarding): { name: string }[] {
  return [...new Set([...forwarding.tables].map(instanceName))].toSorted().map(name => ({ name }))
}
