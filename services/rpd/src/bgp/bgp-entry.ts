import { toBinary } from '@bufbuild/protobuf'
import type { Address } from '@hangar/inet'
import {
  BgpPeerType,
  type BgpRouteEntry,
  BgpRouteEntrySchema,
  type BgpRouteOperationFlags,
  RouteOperation,
} from '@hangar/protocol/bgp_route_service_pb'
import { LabelOperation } from '@hangar/protocol/prpd_common_pb'
import { addressIn } from '../api/address-message.ts'
import type { AttributeValues } from '../rib/attributes.ts'
import { isLabel } from '../rib/label.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { isCommunity } from './community.ts'
import type { BgpDestination } from './destination.ts'
import { type FamilyDataFault, familyDataFault, type Generation } from './family-data.ts'

/** What can be wrong with a route besides its destination; the names are those of the status codes. */
export type EntryFault =
  | FamilyDataFault
  | 'NEXTHOP_INVALID'
  | 'NEXTHOP_ADDRESS_INVALID'
  | 'NEXTHOP_ECMP_LIMIT'
  | 'COMMUNITY_LIST_INVALID'
  | 'ASPATH_INVALID'
  | 'LABEL_INFO_INVALID'
  | 'CLUSTER_LIST_INVALID'
  | 'PEER_TYPE_INVALID'
  | 'MUTUALLY_EXCLUSIVE_RT_FLAGS_ARE_SET'

/** What a route carries and where it leads. */
export interface BgpRoute {
  readonly values: AttributeValues
  readonly nextHop: NextHopSpec
}

const LONGEST_TEXT = 1023
const MOST_COMMUNITIES = 256
const MOST_CLUSTERS = 255

/** Numbers (plain or with a dot), sets and confederations in brackets, and at most one origin at the end. */
const asPathText = /^\s*((\d{1,10}(\.\d{1,5})?|[()[\]{},])\s*)*[IE?]?\s*$/

/** Reads the attributes of a request's route. */
export function readEntry(
  entry: BgpRouteEntry,
  destination: BgpDestination,
  generation: Generation,
): BgpRoute | EntryFault {
  const flags = readFlags(entry)
  if (flags.useNexthopReject && flags.useNexthopFictitious) return 'MUTUALLY_EXCLUSIVE_RT_FLAGS_ARE_SET'
  if (!(entry.routeType in BgpPeerType)) return 'PEER_TYPE_INVALID'
  const communities = (entry.communities?.comList ?? []).map(one => one.communityString)
  if (communities.length > MOST_COMMUNITIES || !communities.every(isCommunity)) return 'COMMUNITY_LIST_INVALID'
  const path = entry.aspath?.aspathString ?? ''
  if (path.length > LONGEST_TEXT || !asPathText.test(path) || !balanced(path)) return 'ASPATH_INVALID'
  if (entry.clusterList.length > MOST_CLUSTERS) return 'CLUSTER_LIST_INVALID'
  if (!labelsAreGood(entry, destination)) return 'LABEL_INFO_INVALID'
  const familyFault = familyDataFault(entry, destination, generation)
  if (familyFault) return familyFault
  const nextHop = readNextHop(entry, destination, flags)
  if (typeof nextHop === 'string') return nextHop
  const [, asPath, origin] = /^(.*?)\s*([IE?]?)$/.exec(path.trim())!
  const localPreference = entry.localPreference?.value ?? 100
  const fictitious = flags.useNexthopFictitious
  return {
    nextHop,
    values: {
      preference: entry.routePreference?.value ?? 5,
      // One's complement, so that a higher local preference sorts first.
      preference2: -(localPreference + 1),
      noReadvertise: flags.noAdvertise,
      noInstall: fictitious,
      communities,
      bgp: {
        localPreference,
        med: entry.med?.value,
        aigp: entry.aigpDistance?.value,
        asPath: asPath!,
        origin: (origin || 'I') as 'I' | 'E' | '?',
        type: entry.routeType === BgpPeerType.BGP_EXTERNAL ? 'external' : 'internal',
        originatorId: entry.originatorId?.value,
        clusterList: entry.clusterList.map(({ value }) => value),
        clusterId: entry.clusterId?.value,
        noExport: flags.noExport,
        useNextHopReject: flags.useNexthopReject,
        useNextHopFictitious: fictitious,
        opaque: { entry: toBinary(BgpRouteEntrySchema, handedBack(entry)) },
      },
    },
  }
}

/** What is kept only to be handed back, in a message of its own: labels, family-specific data, tunnels, the peer, the next hop as it was given. */
function handedBack(entry: BgpRouteEntry): BgpRouteEntry {
  return {
    ...entry,
    destPrefix: undefined,
    table: undefined,
    destPrefixLen: 0,
    pathCookie: 0n,
  } as unknown as BgpRouteEntry
}

type Flags = Pick<BgpRouteOperationFlags, 'noAdvertise' | 'noExport' | 'useNexthopReject' | 'useNexthopFictitious'>

/** The message wins over the bits that it took the place of. */
export function readFlags({ routeFlags, routeOperFlag: bits }: BgpRouteEntry): Flags {
  if (routeFlags) return routeFlags
  return {
    noAdvertise: (bits & RouteOperation.NO_ADVERTISE) !== 0,
    noExport: (bits & RouteOperation.NO_EXPORT) !== 0,
    useNexthopReject: (bits & RouteOperation.USE_NH_REJECT) !== 0,
    useNexthopFictitious: false,
  }
}

/** Flow routes and segment-routing policies say in their data where packets go; all others have exactly one next hop. */
function readNextHop(
  entry: BgpRouteEntry,
  { bgpFamily, family }: BgpDestination,
  flags: Flags,
): NextHopSpec | EntryFault {
  if (entry.protocolNexthops.length > 1) return 'NEXTHOP_ECMP_LIMIT'
  const [message] = entry.protocolNexthops
  const address = addressIn(message)
  if (message && !address) return 'NEXTHOP_ADDRESS_INVALID'
  if (flags.useNexthopReject) return { kind: 'reject' }
  if (flags.useNexthopFictitious) return { kind: 'discard' }
  if (bgpFamily.endsWith('Flowspec') || bgpFamily.endsWith('SrtePolicy')) return { kind: 'receive' }
  if (!address) return 'NEXTHOP_INVALID'
  if (address.family !== family && !carriesOther(family, address)) return 'NEXTHOP_ADDRESS_INVALID'
  return { kind: 'gateways', gateways: [{ address, resolve: 'recursive', labels: labelsOf(entry) }] }
}

/** IPv6 routes over an IPv4 core have IPv4 next hops (RFC 4798); the other way round there is nothing. */
function carriesOther(family: 'inet' | 'inet6', nextHop: Address): boolean {
  return family === 'inet6' && nextHop.family === 'inet'
}

function labelsAreGood(entry: BgpRouteEntry, { bgpFamily }: BgpDestination): boolean {
  const { case: kind, value } = entry.LabelInfo
  if (kind === undefined) return true
  if (kind === 'vpnLabel') return bgpFamily.endsWith('vpn') && isLabel(value)
  if (!bgpFamily.startsWith('labeled') || value.entries.length === 0) return false
  return value.entries.every(
    ({ opcode, labelEntry }) =>
      (opcode === LabelOperation.PUSH || opcode === LabelOperation.NOOP) && isLabel(labelEntry?.label ?? -1),
  )
}

function labelsOf({ LabelInfo: info }: BgpRouteEntry) {
  if (info.case === 'vpnLabel') return [{ operation: 'push' as const, label: info.value }]
  if (info.case !== 'labels') return []
  return info.value.entries
    .filter(({ opcode }) => opcode === LabelOperation.PUSH)
    .map(({ labelEntry }) => ({ operation: 'push' as const, label: labelEntry?.label ?? 0 }))
}

function balanced(path: string): boolean {
  const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' }
  const open: string[] = []
  for (const character of path) {
    if (character in closing) open.push(closing[character]!)
    else if (')]}'.includes(character) && open.pop() !== character) return false
  }
  return open.length === 0
}
