import { element, type XmlElement } from '@hangar/xml'
import {
  addressText,
  type Family,
  type ForwardingTable,
  isComposite,
  Kind,
  legKey,
  listKey,
  type NextHop,
  type NextHops,
} from '../forwarding/index.ts'
import { instanceName } from './forwarding-query.ts'
import type { PermanentRoute } from './permanent-routes.ts'

const familyTitles: Readonly<Record<Family, string>> = { inet: 'Internet', inet6: 'Internet6', mpls: 'MPLS' }
const types: Partial<Record<Kind, string>> = {
  [Kind.UNICAST]: 'ucst',
  [Kind.DISCARD]: 'dscd',
  [Kind.REJECT]: 'rjct',
  [Kind.RESOLVE]: 'rslv',
  [Kind.TABLE]: 'rtbl',
}

/** The root of every answer of `show route forwarding-table`. `release` is that of the device: "23.4R1". */
export function forwardingInformation(release: string, tables: readonly XmlElement[]): XmlElement {
  return element('forwarding-table-information', tables, {
    xmlns: `http://xml.juniper.net/junos/${release}/junos-rtinfo`,
  })
}

export function tableElement(table: ForwardingTable, content: readonly XmlElement[]): XmlElement {
  return element('route-table', [
    element('table-name', `${instanceName(table)}.${table.family}`),
    element('address-family', familyTitles[table.family]),
    table.family === 'mpls' ? undefined : element('enabled-protocols', 'Bridging, '),
    ...content,
  ])
}

/** Routes of one type in a summary. */
export function countElement(type: string, count: number): XmlElement {
  return element('route-table-summary', [element('route-table-type', type), element('route-count', count)])
}

export function permanentElement(family: Family, { address, length, nextHop }: PermanentRoute): XmlElement {
  return entryElement(family, addressText(family, address, 0), length, 'perm', [nextHop])
}

/** A route, with the next hop that is at its place. */
export function routeElement(
  family: Family,
  address: string,
  length: number,
  nextHops: NextHops,
  place: number,
): XmlElement {
  const type = nextHops.at(place).ways[family].routeType
  return entryElement(family, address, length, type, [...nextHopElements(family, nextHops, place, address)])
}

function entryElement(
  family: Family,
  address: string,
  length: number,
  type: string,
  nextHops: readonly XmlElement[],
): XmlElement {
  const destination = length === 0 ? 'default' : family === 'mpls' ? address : `${address}/${length}`
  return element('rt-entry', [
    element('rt-destination', destination),
    element('destination-type', type),
    element('route-reference-count', 0),
    ...nextHops,
  ])
}

/** As recorded: an indirect next hop, then its list where there is one, then its ways; a list, then its ways; or one way alone. */
function* nextHopElements(
  family: Family,
  nextHops: NextHops,
  place: number,
  destination: string,
): Iterable<XmlElement> {
  const nextHop = nextHops.at(place)
  const { kind, legs, key } = nextHop
  const { numbers } = nextHops
  const references = nextHops.uses(place) + 1
  if (!isComposite(nextHop)) {
    const [leg] = legs
    const number = numbers.get(kind === Kind.UNICAST && leg ? legKey(leg) : key).number
    if (kind !== Kind.RECEIVE) {
      yield nextHopElement(wayType(nextHop, leg?.labelOperation), number, references, leg?.gateway, leg?.interface)
    } else if (family === 'mpls') yield nextHopElement('recv', number, references)
    else yield nextHopElement('locl', number, references, destination)
    return
  }
  yield nextHopElement(kind === Kind.INDIRECT ? 'indr' : 'ulst', numbers.get(key).number, references)
  if (kind === Kind.INDIRECT && legs.length > 1) {
    const list = numbers.get(listKey(nextHop))
    yield nextHopElement('ulst', list.number, list.uses + 1)
  }
  for (const leg of legs) {
    const { number, uses } = numbers.get(legKey(leg))
    yield nextHopElement(leg.labelOperation || 'ucst', number, uses + 1, leg.gateway, leg.interface)
  }
}

/** A label operation stands in place of the type. One whose interfaces are all down has no way: packets are dropped. */
function wayType({ kind, legs }: NextHop, labels: string | undefined): string {
  if (kind === Kind.UNICAST && legs.length === 0) return 'dscd'
  return labels || (types[kind] ?? '')
}

function nextHopElement(type: string, number: number, references: number, to?: string, via?: string): XmlElement {
  return element('nh', [
    to ? element('to', to) : undefined,
    element('nh-type', type),
    element('nh-index', number),
    element('nh-reference-count', references),
    via ? element('via', via) : undefined,
  ])
}
