import { turn } from '@hangar/runtime'
import type { XmlElement } from '@hangar/xml'
import { addressText, type Forwarding, type ForwardingTable, sortedDestinations } from '../forwarding/index.ts'
import { permanentElement, routeElement } from './forwarding-data.ts'
import { type Destination, type ForwardingQuery, isInside, masked } from './forwarding-query.ts'
import { type PermanentRoute, permanentRoutes } from './permanent-routes.ts'

/** The routes of a table that a query means, in order, part by part, with turns for everybody else. */
export async function* forwardingRoutes(
  { nextHops }: Forwarding,
  table: ForwardingTable,
  { destination, matching }: ForwardingQuery,
): AsyncGenerator<XmlElement[]> {
  const { family, routes } = table
  const entry = (address: Uint32Array, index: number, length: number): XmlElement[] => {
    const place = routes.get(address, index, length)
    return place < 0 ? [] : [routeElement(family, addressText(family, address, index), length, nextHops, place)]
  }
  if (destination) {
    const { address, length } = bestMatch(table, destination)
    const permanent = permanentRoutes[family].filter(one => same(one, { address, length }))
    yield [...entry(address, 0, length), ...permanent.map(one => permanentElement(family, one))]
    return
  }
  const wanted = (one: { address: Uint32Array; length: number }) => !matching || isInside(one, matching)
  const permanent = permanentRoutes[family].filter(wanted)
  const scanned = matching ? (address: Uint32Array, length: number) => wanted({ address, length }) : undefined
  for await (const { addresses, lengths } of sortedDestinations(routes, scanned)) {
    const part: XmlElement[] = []
    lengths.forEach((length, i) => {
      const address = addresses.subarray(i * routes.width, (i + 1) * routes.width)
      while (permanent[0] && isBefore(permanent[0], address, length)) {
        part.push(permanentElement(family, permanent.shift()!))
      }
      part.push(...entry(addresses, i, length))
    })
    yield part
  }
  yield permanent.map(one => permanentElement(family, one))
}

/** How many routes of a table there are of each type, in the order in which routers list them. */
export async function routeCounts({ nextHops }: Forwarding, table: ForwardingTable): Promise<[string, number][]> {
  const counts = new Map([
    ['user', 0],
    ['perm', permanentRoutes[table.family].length],
    ['intf', 0],
  ])
  for (let cursor = 0; cursor >= 0; await turn()) {
    cursor = table.routes.scan(cursor, 4096, (_address, _length, place) => {
      const type = nextHops.at(place).ways[table.family].routeType
      counts.set(type, (counts.get(type) ?? 0) + 1)
    })
  }
  return [...counts].filter(([, count]) => count > 0)
}

/** The longest prefix of the table, or of the permanent routes, that covers the destination; the default is always there. */
function bestMatch(
  { family, routes }: ForwardingTable,
  { address, length }: Destination,
): Pick<Destination, 'address' | 'length'> {
  for (let shorter = length; shorter > 0; shorter = family === 'mpls' ? 0 : shorter - 1) {
    const found = { address: masked(address, family === 'mpls' ? 32 : shorter), length: shorter }
    const there = routes.get(found.address, 0, shorter) >= 0 || permanentRoutes[family].some(one => same(one, found))
    if (there) return found
  }
  return { address: masked(address, 0), length: 0 }
}

function same(one: PermanentRoute, other: { address: Uint32Array; length: number }): boolean {
  return one.length === other.length && one.address.every((word, i) => word === other.address[i])
}

/** A destination's own route stands before the permanent one. */
function isBefore(one: PermanentRoute, address: Uint32Array, length: number): boolean {
  for (let i = 0; i < address.length; i++) {
    if (one.address[i] !== address[i]) return one.address[i]! < address[i]!
  }
  return one.length < length
}
