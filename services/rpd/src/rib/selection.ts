import { compareAddresses } from '@hangar/inet'
import type { AttributeSet } from './attributes.ts'
import { firstGateway, type NextHop } from './next-hop.ts'

/** A route as the choice between several sees it. */
export interface Contender {
  readonly attributes: AttributeSet
  readonly nextHop: NextHop
}

/**
 * The steps by which one route of a destination is chosen, each with what `show route detail` says of the one that lost by it.
 * Lower is better. Preference and preference2 come first and decide between protocols; a BGP-Static route's local preference
 * is in its preference2. The last recorded step is the address of the next hop.
 */
const steps: readonly (readonly [reason: string, compare: (a: Contender, b: Contender) => number])[] = [
  ['Unusable path', (a, b) => Number(b.nextHop.usable) - Number(a.nextHop.usable)],
  ['Route Preference', (a, b) => a.attributes.values.preference - b.attributes.values.preference],
  ['Route Preference', (a, b) => a.attributes.values.preference2 - b.attributes.values.preference2],
  ['AIGP', (a, b) => compareAigp(a.attributes.values.bgp?.aigp, b.attributes.values.bgp?.aigp)],
  ['AS path', (a, b) => asPathLength(a) - asPathLength(b)],
  ['Origin', (a, b) => origin(a) - origin(b)],
  ['Not Best in its group', (a, b) => (a.attributes.values.bgp?.med ?? 0) - (b.attributes.values.bgp?.med ?? 0)],
  ['Interior > Exterior > Exterior via Interior', (a, b) => peerType(a) - peerType(b)],
  ['Route Metric or MED comparison', (a, b) => (a.attributes.values.metric ?? 0) - (b.attributes.values.metric ?? 0)],
  ['IGP metric', (a, b) => a.nextHop.metric2 - b.nextHop.metric2],
  ['Cluster list length', (a, b) => clusters(a) - clusters(b)],
  ['Nexthop address', compareGateways],
]

/** Negative when `a` is chosen before `b`; zero when only their age tells them apart. */
export function compareRoutes(a: Contender, b: Contender): number {
  for (const [, compare] of steps) {
    const order = compare(a, b)
    if (order !== 0) return order
  }
  return 0
}

/** Why `loser` is not the active one, in Junos's words. */
export function inactiveReason(loser: Contender, winner: Contender): string {
  return steps.find(([, compare]) => compare(loser, winner) !== 0)?.[0] ?? 'Active preferred'
}

/** A route with the attribute comes before one without (RFC 7311 4.1). */
function compareAigp(a: bigint | undefined, b: bigint | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}

/** A set counts as one (RFC 4271 9.1.2.2 a), confederation segments not at all (RFC 5065 5.3). */
function asPathLength({ attributes }: Contender): number {
  const path = attributes.values.bgp?.asPath
  if (!path) return 0
  return path
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[{[][^\]}]*[\]}]/g, ' set ')
    .split(/\s+/)
    .filter(word => word !== '').length
}

const origins = { I: 0, E: 1, '?': 2 } as const
function origin({ attributes }: Contender): number {
  return origins[attributes.values.bgp?.origin ?? 'I']
}

function peerType({ attributes }: Contender): number {
  return attributes.values.bgp?.type === 'internal' ? 1 : 0
}

function clusters({ attributes }: Contender): number {
  return attributes.values.bgp?.clusterList?.length ?? 0
}

/** A route with a gateway comes before one without, so that the order is one: what is equal to a third is equal. */
function compareGateways(a: Contender, b: Contender): number {
  const [left, right] = [firstGateway(a.nextHop), firstGateway(b.nextHop)]
  if (left && right) return compareAddresses(left, right)
  return Number(right !== undefined) - Number(left !== undefined)
}
