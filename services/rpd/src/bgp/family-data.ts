import { compareAddresses } from '@hangar/inet'
import type { BgpRouteEntry } from '@hangar/protocol/bgp_route_service_pb'
import { SRTEEnlpOperations, type SRTERouteData } from '@hangar/protocol/prpd_common_pb'
import { addressIn } from '../api/address-message.ts'
import { isLabel } from '../rib/label.ts'
import { colorOf, isCommunity } from './community.ts'
import type { BgpDestination } from './destination.ts'

export type FamilyDataFault =
  | 'SRTE_ROUTE_DATA_INVALID'
  | 'SEGMENT_LIST_COUNT_INVALID'
  | 'SEGMENT_LIST_INVALID'
  | 'SEGMENT_COUNT_INVALID'
  | 'SEGMENT_INVALID'
  | 'SEGMENT_LABEL_INVALID'
  | 'SEGMENT_ID_INVALID'
  | 'SRTE_PRIORITY_INVALID'
  | 'SRTE_ENLP_INVALID'
  | 'FLOWSPEC_ACTION_INVALID'
  | 'TUNNEL_ATTR_LIST_INVALID'
  | 'TUNNEL_ATTR_EGRESS_ENDPOINT_NOT_IPV4'
  | 'TUNNEL_ATTR_COLOR_COM_COLOR_MISMATCH'
  | 'TUNNEL_ATTR_ENDPOINT_NH_MISMATCH'
  | 'TUNNEL_ATTR_ANYENCAP_INVALID'
  | 'TUNNEL_ATTR_RPF_INVALID'
  | 'TUNNEL_ATTR_EGRESS_ENDPOINT_INVALID'

export type Generation = 'classic' | 'modern'

/** Segment lists of a policy, and segments of a list, that a router of this kind takes. */
const MOST_LISTS = 8
const MOST_SEGMENTS = 16
/** RFC 9256 2.12: an octet. */
const MOST_PRIORITY = 255

/** What is wrong with the parts that only some families have. */
export function familyDataFault(
  entry: BgpRouteEntry,
  { bgpFamily }: BgpDestination,
  generation: Generation,
): FamilyDataFault | undefined {
  const data = entry.routeData?.RouteDataAf
  if (bgpFamily.endsWith('SrtePolicy')) {
    if (data?.case !== 'srtePolicyData') return 'SRTE_ROUTE_DATA_INVALID'
    return policyFault(data.value)
  }
  if (bgpFamily.endsWith('Flowspec')) {
    if (data?.case !== 'flowspecData') return 'FLOWSPEC_ACTION_INVALID'
    const { markDscp, redirectInstRtComm: redirect } = data.value
    return markDscp > 63 || (redirect !== '' && !isCommunity(redirect)) ? 'FLOWSPEC_ACTION_INVALID' : undefined
  }
  return generation === 'classic' ? tunnelFault(entry) : anyEncapsulationFault(entry)
}

function policyFault(policy: SRTERouteData): FamilyDataFault | undefined {
  const binding = policy.bindingSid?.bindingSrId?.SidEntryType
  if (policy.bindingSid && !(binding?.case === 'sidLabelEntry' && isLabel(binding.value.label)))
    return 'SEGMENT_ID_INVALID'
  const lists = policy.segmentLists
  if (lists.length === 0 || lists.length > MOST_LISTS) return 'SEGMENT_LIST_COUNT_INVALID'
  const seen = new Set<string>()
  for (const { segments } of lists) {
    if (segments.length === 0 || segments.length > MOST_SEGMENTS) return 'SEGMENT_COUNT_INVALID'
    const labels: number[] = []
    for (const { SRTEType: segment } of segments) {
      const entry = segment.case === 'segmentType1' ? segment.value.sidLabelEntry : undefined
      if (!entry) return 'SEGMENT_INVALID'
      if (!isLabel(entry.label)) return 'SEGMENT_LABEL_INVALID'
      labels.push(entry.label)
    }
    // Two lists that are the same would be one path counted twice.
    if (seen.has(labels.join())) return 'SEGMENT_LIST_INVALID'
    seen.add(labels.join())
  }
  if ((policy.srPriority?.srtePriority ?? 0) > MOST_PRIORITY) return 'SRTE_PRIORITY_INVALID'
  const enlp = policy.srEnlp?.srteEnlp
  if (enlp !== undefined && (enlp === SRTEEnlpOperations.SRTE_ENLP_INVALID_VAL || !(enlp in SRTEEnlpOperations)))
    return 'SRTE_ENLP_INVALID'
  return undefined
}

/** A tunnel ends where the next hop is, and has the color of the route's color community, if both have one. */
function tunnelFault({ tunnelAttributes, communities, protocolNexthops }: BgpRouteEntry): FamilyDataFault | undefined {
  if (!tunnelAttributes) return undefined
  if (tunnelAttributes.tunnelList.length === 0) return 'TUNNEL_ATTR_LIST_INVALID'
  const colors = (communities?.comList ?? []).flatMap(one => colorOf(one.communityString) ?? [])
  const nextHop = addressIn(protocolNexthops[0])
  for (const { TunnelType: tunnel } of tunnelAttributes.tunnelList) {
    if (tunnel.case !== 'ipipTunnel') return 'TUNNEL_ATTR_LIST_INVALID'
    const endpoint = addressIn(tunnel.value.egressEndpoint?.egressEndpointAddress)
    if (endpoint?.family !== 'inet') return 'TUNNEL_ATTR_EGRESS_ENDPOINT_NOT_IPV4'
    const color = tunnel.value.color?.value
    if (color !== undefined && colors.length > 0 && !colors.includes(color))
      return 'TUNNEL_ATTR_COLOR_COM_COLOR_MISMATCH'
    if (nextHop && compareAddresses(endpoint, nextHop) !== 0) return 'TUNNEL_ATTR_ENDPOINT_NH_MISMATCH'
  }
  return undefined
}

/**
 * The modern generation has one kind of tunnel, which takes packets in any encapsulation at an end of this network, and may be checked against where they
 * came from (what the classic message calls the color is there that check).
 */
function anyEncapsulationFault({ tunnelAttributes, protocolNexthops }: BgpRouteEntry): FamilyDataFault | undefined {
  if (!tunnelAttributes) return undefined
  if (tunnelAttributes.tunnelList.length === 0) return 'TUNNEL_ATTR_LIST_INVALID'
  const nextHop = addressIn(protocolNexthops[0])
  for (const { TunnelType: tunnel } of tunnelAttributes.tunnelList) {
    if (tunnel.case !== 'ipipTunnel') return 'TUNNEL_ATTR_ANYENCAP_INVALID'
    const { egressEndpoint, color: reversePathCheck } = tunnel.value
    if (!egressEndpoint) return reversePathCheck ? 'TUNNEL_ATTR_RPF_INVALID' : 'TUNNEL_ATTR_ANYENCAP_INVALID'
    const endpoint = addressIn(egressEndpoint.egressEndpointAddress)
    if (!endpoint) return 'TUNNEL_ATTR_EGRESS_ENDPOINT_INVALID'
    if (endpoint.family !== 'inet') return 'TUNNEL_ATTR_EGRESS_ENDPOINT_NOT_IPV4'
    if (nextHop && compareAddresses(endpoint, nextHop) !== 0) return 'TUNNEL_ATTR_ENDPOINT_NH_MISMATCH'
  }
  return undefined
}
