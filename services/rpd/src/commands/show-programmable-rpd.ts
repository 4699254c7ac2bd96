import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf, type XmlElement } from '@hangar/xml'
import type { Clients, RoutingClient } from '../clients/clients.ts'
import { instanceExists, routeSummary } from '../clients/route-summary.ts'
import type { Rib } from '../rib/rib.ts'
import { show } from './show-route.ts'

const programmable = {
  name: 'programmable-rpd',
  help: 'Show programmable routing protocol process information',
} as const
const clientsWord = { name: 'clients', help: 'Show client information' } as const
const clientId = {
  name: 'client-id',
  kind: 'positional',
  placeholder: '<client-id>',
  help: 'Client identifier',
  completion: 'routing-client',
} as const

interface Source {
  clients: Clients
  rib: Rib
  release: string
}

/** `show programmable-rpd clients [client-id] [brief | detail]`. */
export function showProgrammableClients(source: Source): OperationalCommand {
  return {
    words: [show, programmable, clientsWord],
    options: [
      clientId,
      { name: 'brief', kind: 'flag', help: 'Display brief output (default)', group: 'style' },
      { name: 'detail', kind: 'flag', help: 'Display detailed output', group: 'style' },
    ],
    permission: 'view',
    rpc: 'get-programmable-rpd-client-information',
    run({ options }) {
      const selected = select(source.clients, options.get('client-id'))
      return element(
        'programmable-rpd-client-information',
        [
          element('global-purge-time', source.clients.globalPurgeTime),
          ...selected.map(client => clientElement(source, client)),
        ],
        { xmlns: `http://xml.juniper.net/junos/${source.release}/junos-rpd-programmable` },
      )
    },
    text(data, { options }) {
      const clients = children(data, 'programmable-rpd-client')
      const head = `RPD global purge timeout: ${textOf(data, 'global-purge-time')}\nRPD Server connected client details:\n`
      if (options.has('detail')) return head + clients.map(detailText).join('\n')
      return head + tableHead + clients.map(rowText).join('')
    },
  }
}

function select(clients: Clients, id: string | undefined): RoutingClient[] {
  const all = [...clients]
  if (id === undefined) return all
  const found = all.filter(client => client.id === id)
  if (found.length === 0) throw new CommandError(`client ${id} not found`)
  return found
}

function clientElement({ clients, rib }: Source, client: RoutingClient): XmlElement {
  const left = clients.secondsLeft(client)
  const bgp = client.initialized.has('bgp')
  const routes = (protocol: 'Static' | 'BGP-Static' | 'gRIBI') => rib.attributes.source(protocol, client.id).routes
  return element('programmable-rpd-client', [
    element('client-id', client.id),
    element('numerical-client-id', client.number),
    element('purge-time', clients.purgeTimeOf(client)),
    element('client-status', client.up ? 'Up' : 'Down'),
    ...(left === undefined ? [] : [element('purge-time-remain', left)]),
    element('programmable-rpd-client-gw', [
      element('client-protocol', bgp ? 'BGP-Static' : 'NoGwProtocol'),
      element('client-routes', bgp ? routes('BGP-Static') : 0),
    ]),
    element('rib-routes', routes('Static') + routes('gRIBI')),
  ])
}

/** Columns as documented: 0, 19, 31, 40, 49, 64. */
const tableHead = 'ClientIdentifier   PurgeTimer  Status   Timeout  Protocol       Gateway\n'

function rowText(client: XmlElement): string {
  const gateway = children(client, 'programmable-rpd-client-gw')[0]
  const start = `${textOf(client, 'client-id').padEnd(19)}${textOf(client, 'purge-time').padStart(4)}`
  const status = `${start.padEnd(32)}${textOf(client, 'client-status').padEnd(9)}${textOf(client, 'purge-time-remain')}`
  const protocol = status.padEnd(49) + textOf(gateway, 'client-protocol')
  return `${protocol}${textOf(gateway, 'client-routes').padStart(68 - Math.min(protocol.length, 66))}\n`
}

function detailText(client: XmlElement): string {
  const gateway = children(client, 'programmable-rpd-client-gw')[0]
  const left = textOf(client, 'purge-time-remain')
  const lines = [
    `Client Identifier: ${textOf(client, 'client-id')}, Numerical identifier: ${textOf(client, 'numerical-client-id')}`,
    `  Purge timer: ${textOf(client, 'purge-time')}, Status: ${textOf(client, 'client-status')}${left === '' ? '' : `, Timeout: ${left}`}`,
    `  Protocol: ${textOf(gateway, 'client-protocol')}, Routes: ${textOf(gateway, 'client-routes')}`,
    `  RIB routes: ${textOf(client, 'rib-routes')}`,
  ]
  return lines.map(line => `${line}\n`).join('')
}

/** `show programmable-rpd clients route-summary [client-id] [table …] [instance …]`. */
export function showProgrammableRouteSummary({ clients, rib, release }: Source): OperationalCommand {
  return {
    words: [show, programmable, clientsWord, { name: 'route-summary', help: 'Show route summary of clients' }],
    options: [
      clientId,
      {
        name: 'table',
        kind: 'value',
        placeholder: '<table>',
        help: 'Name of routing table',
        completion: 'routing-table',
      },
      {
        name: 'instance',
        kind: 'value',
        placeholder: '<instance>',
        help: 'Name of routing instance',
        completion: 'routing-instance',
      },
    ],
    permission: 'view',
    rpc: 'get-prpd-client-rt-summary-information',
    run({ options }) {
      const client = options.get('client-id')
      const instance = options.get('instance') ?? ''
      if (client !== undefined) select(clients, client)
      if (instance !== '' && !instanceExists(rib, instance)) throw new CommandError(`instance ${instance} not found`)
      const table = options.get('table')
      return element(
        'prpd-client-rt-summary-information',
        [...routeSummary(rib, { instance, client })].map(([id, protocols]) =>
          element('prpd-client-rt-summary', [
            element('client-id', id),
            ...[...protocols].flatMap(([protocol, entries]) =>
              entries
                .filter(entry => table === undefined || entry.table === table)
                .map(entry =>
                  element('prpd-rt-summary', [
                    element('protocol-name', protocol),
                    element('table-name', entry.table),
                    element('primary-route-count', entry.primary),
                    element('secondary-route-count', entry.secondary),
                  ]),
                ),
            ),
          ]),
        ),
        { xmlns: `http://xml.juniper.net/junos/${release}/junos-rpd-programmable` },
      )
    },
    text: data =>
      children(data, 'prpd-client-rt-summary')
        .map(client => {
          const rows = children(client, 'prpd-rt-summary').map(one => {
            const [protocol, table] = [textOf(one, 'protocol-name').padEnd(14), textOf(one, 'table-name').padEnd(30)]
            const primary = textOf(one, 'primary-route-count').padStart(14)
            return `  ${protocol}${table}${primary}${textOf(one, 'secondary-route-count').padStart(18)}\n`
          })
          const heading = `  ${'Protocol'.padEnd(14)}${'Table'.padEnd(30)}Primary routes  Secondary routes\n`
          return `Client Identifier: ${textOf(client, 'client-id')}\n${heading}${rows.join('')}`
        })
        .join('\n'),
  }
}
