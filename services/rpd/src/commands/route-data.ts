import { formatAddress } from '@hangar/inet'
import { element, type XmlElement } from '@hangar/xml'
import { labelText } from '../forwarding/next-hop-message.ts'
import type { Leg, NextHop } from '../rib/next-hop.ts'
import type { Rib } from '../rib/rib.ts'
import { RowFlag } from '../rib/route-rows.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { inactiveReason } from '../rib/selection.ts'
import { routeAge } from './age.ts'
import { destinationText } from './destination-text.ts'
import type { RouteStyle } from './route-query.ts'
import type { SelectedDestination } from './select-routes.ts'

/** `release` is that of the device: "23.4R1". */
export function routeInformation(release: string, tables: readonly XmlElement[]): XmlElement {
  return element('route-information', tables, { xmlns: `http://xml.juniper.net/junos/${release}/junos-routing` })
}

/** What stands above a table's routes; the routes follow as further children. */
export function tableElement(table: RoutingTable, style: RouteStyle, destinations: readonly XmlElement[]): XmlElement {
  return element('route-table', [
    ...tableCounts(table),
    ...(style === 'terse' ? [element('table-heading')] : []),
    ...destinations,
  ])
}

/** A table's name and how much it holds. */
export function tableCounts(table: RoutingTable): XmlElement[] {
  return [
    element('table-name', table.name),
    element('destination-count', table.destinations),
    element('total-route-count', table.rows.live),
    element('active-route-count', table.active),
    element('holddown-route-count', 0),
    element('hidden-route-count', table.hidden),
  ]
}

/** One destination with its routes. */
export function destinationElement(rib: Rib, selected: SelectedDestination, style: RouteStyle): XmlElement {
  const { table, head, routes } = selected
  const full = style === 'detail' || style === 'extensive'
  let count = 0
  for (let row = head; row >= 0; row = table.rows.next(row)) count++
  const announced = table.isActive(head) ? 1 : 0
  return element(
    'rt',
    [
      element('rt-destination', destinationText(rib, table, head)),
      ...(full
        ? [
            element('rt-entry-count', count, { 'junos:format': count === 1 ? '1 entry' : `${count} entries` }),
            element('rt-announced-count', announced),
          ]
        : []),
      ...(style === 'extensive' && announced ? [element('rt-state', 'FlashAll'), tsi(rib, table, head)] : []),
      ...routes.map(row => (full ? fullEntry(rib, selected, row) : briefEntry(rib, table, row))),
    ],
    { 'junos:style': style },
  )
}

function briefEntry(rib: Rib, table: RoutingTable, row: number): XmlElement {
  const { values, source } = table.attributes(row)
  const nextHop = table.nextHop(row)
  return element('rt-entry', [
    ...activity(table, row),
    element('protocol-name', source.protocol),
    ...preferences(values.preference, values.preference2),
    ageElement(rib, table, row),
    ...metrics(table, row),
    ...nextHopElements(rib, nextHop),
  ])
}

function fullEntry(rib: Rib, { table, head }: SelectedDestination, row: number): XmlElement {
  const { values, source } = table.attributes(row)
  const nextHop = table.nextHop(row)
  const active = table.isActive(row)
  const hidden = (table.rows.flags(row) & RowFlag.hidden) !== 0
  const state = [
    active ? 'Active' : hidden ? 'Hidden' : '',
    'Int',
    source.protocol === 'BGP-Static' || source.protocol === 'Static' ? 'Ext' : '',
    values.noReadvertise ? 'NoReadvrt' : '',
    values.noInstall ? 'NoInstall' : '',
    source.client === undefined ? '' : 'Programmed',
  ].filter(word => word !== '')
  return element('rt-entry', [
    ...activity(table, row),
    element('protocol-name', source.protocol),
    ...preferences(values.preference, values.preference2),
    element('nh-type', nextHopType(nextHop)),
    element('nh-index', nextHop.indirect ? 0 : 512 + nextHop.id),
    element('nh-reference-count', nextHop.uses),
    ...(nextHop.indirect ? [element('protocol-nh', protocolNextHops(nextHop))] : []),
    ...nextHopElements(rib, nextHop),
    element('rt-entry-state', state.join(' ')),
    ...(active || hidden
      ? []
      : [element('inactive-reason', inactiveReason(table.contender(row), table.contender(head)))]),
    ageElement(rib, table, row),
    ...metrics(table, row),
    element('validation-state', 'unverified'),
    element('task-name', source.client === undefined ? 'RT' : 'JAPI'),
    ...(active ? [element('announce-bits', 1), element('announce-tasks', '0-KRT')] : []),
    element('as-path', `AS path: ${[values.bgp?.asPath, values.bgp?.origin ?? 'I'].filter(Boolean).join(' ')}`),
    ...(values.communities?.length
      ? [
          element(
            'communities',
            values.communities.map(one => element('community', one)),
          ),
        ]
      : []),
    ...(values.bgp ? [element('local-preference', values.bgp.localPreference)] : []),
    ...(source.client === undefined ? [] : [element('client-id', source.client)]),
  ])
}

function activity(table: RoutingTable, row: number): XmlElement[] {
  const active = table.isActive(row)
  return [
    element('active-tag', active ? '*' : ' '),
    ...(active ? [element('current-active'), element('last-active')] : []),
  ]
}

function preferences(preference: number, preference2: number): XmlElement[] {
  return [element('preference', preference), ...(preference2 === 0 ? [] : [element('preference2', preference2)])]
}

function ageElement(rib: Rib, table: RoutingTable, row: number): XmlElement {
  const seconds = Math.max(0, rib.seconds() - table.rows.since(row))
  return element('age', routeAge(seconds), { 'junos:seconds': String(seconds) })
}

/** Metrics and tags that are set; metric2 is the metric of what an indirect next hop rests on. */
function metrics(table: RoutingTable, row: number): XmlElement[] {
  const { values } = table.attributes(row)
  const nextHop = table.nextHop(row)
  const metric2 = values.metric2 ?? (nextHop.indirect && nextHop.usable ? nextHop.metric2 : undefined)
  const named = [
    ['metric', values.metric],
    ['metric2', metric2],
    ['med', values.bgp?.med],
    ['tag', values.tag],
    ['tag2', values.tag2],
    ['color', values.color],
    ['color2', values.color2],
  ] as const
  return named.flatMap(([name, value]) => (value === undefined ? [] : [element(name, value)]))
}

function nextHopType({ spec, sink, indirect, usable }: NextHop): string {
  if (!usable) return 'Unusable'
  switch (spec.kind) {
    case 'gateways':
      return indirect ? 'Indirect' : sink === 'discard' ? 'Discard' : sink === 'reject' ? 'Reject' : 'Router'
    case 'interface':
      return 'Interface'
    case 'local':
      return 'Local'
    case 'table':
      return 'Table'
    case 'discard':
      return 'Discard'
    case 'reject':
      return 'Reject'
    case 'receive':
      return 'Receive'
  }
}

function protocolNextHops({ spec }: NextHop): XmlElement[] {
  if (spec.kind !== 'gateways') return []
  return spec.gateways.flatMap(({ address }) => (address ? [element('to', formatAddress(address))] : []))
}

function nextHopElements(rib: Rib, nextHop: NextHop): XmlElement[] {
  const { spec, legs, sink, usable } = nextHop
  if (!usable) return [element('nh-type', 'Unusable')]
  if (spec.kind === 'local')
    return [element('nh-type', 'Local'), element('nh', [element('nh-local-interface', spec.interface)])]
  if (spec.kind === 'table')
    return [element('nh', [element('nh-table', rib.tableById(spec.table)?.name ?? String(spec.table))])]
  if (legs.length === 0) {
    const word = { discard: 'Discard', reject: 'Reject', receive: 'Receive', table: 'Table' }[sink ?? 'discard']
    return [element('nh-type', word)]
  }
  return legs.map((leg, at) => legElement(leg, at === 0))
}

function legElement({ gateway, interface: ifl, labels, weight, balance }: Leg, selected: boolean): XmlElement {
  return element('nh', [
    ...(selected ? [element('selected-next-hop')] : []),
    ...(gateway ? [element('to', formatAddress(gateway))] : []),
    element('via', ifl),
    ...(labels.length > 0 ? [element('mpls-label', labelText(labels))] : []),
    ...(weight > 1 ? [element('weight', `0x${weight.toString(16)}`)] : []),
    ...(balance > 0 ? [element('balance', `${balance}%`)] : []),
  ])
}

/** What the kernel was told: "KRT in-kernel 10.0.0.0/8 -> {10.0.0.2}". */
function tsi(rib: Rib, table: RoutingTable, head: number): XmlElement {
  const { legs } = table.nextHop(head)
  const ways = legs.map(leg => (leg.gateway ? formatAddress(leg.gateway) : leg.interface)).join(' ')
  return element('tsi', [element('krt', `KRT in-kernel ${destinationText(rib, table, head)} -> {${ways}}`)])
}
