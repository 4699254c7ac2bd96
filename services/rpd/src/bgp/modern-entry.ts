import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf'
import {
  AsPathSchema,
  BgpAttrib32Schema,
  BgpAttrib64Schema,
  type BgpRouteEntry,
  BgpRouteEntrySchema,
  type BgpRouteMatch,
  BgpRouteMatchSchema,
  BgpRouteOperationFlagsSchema,
  CommunityListSchema,
  TunnelEncapAttributeSchema,
} from '@hangar/protocol/bgp_route_service_pb'
import { IpAddressSchema } from '@hangar/protocol/jnx_addr_pb'
import { IpAddressSchema as ModernIpAddressSchema } from '@hangar/protocol/jnx_common_addr_types_pb'
import {
  CommunitiesSchema,
  AsPathSchema as ModernAsPathSchema,
  AddressFamilySpecificDataSchema as ModernFamilyDataSchema,
  LabelStackSchema as ModernLabelStackSchema,
  RoutePrefixSchema as ModernRoutePrefixSchema,
  RouteTableSchema as ModernRouteTableSchema,
  RouteProtoType,
} from '@hangar/protocol/jnx_routing_base_types_pb'
import {
  TunnelEncapAttributeSchema as ModernTunnelSchema,
  type RouteEntry,
  RouteEntrySchema,
  RouteFlagsSchema,
  type RouteMatch,
  RouteMatchSchema,
} from '@hangar/protocol/jnx_routing_bgp_service_pb'
import {
  AddressFamilySpecificDataSchema,
  LabelStackSchema,
  RoutePrefixSchema,
  RouteTableSchema,
} from '@hangar/protocol/prpd_common_pb'

/*
 * The two generations agree on the wire in all that stands below a route: prefixes, tables, labels, communities, tunnels, family data. Only the
 * route itself and its key are laid out anew. Routes are therefore kept as the classic message, and its parts cross over as bytes.
 */

/** A part in the other generation's words; what one of them lacks stays as unknown fields. */
function across<From extends DescMessage, To extends DescMessage>(
  from: From,
  message: MessageShape<From> | undefined,
  to: To,
): MessageShape<To> | undefined {
  return message && fromBinary(to, toBinary(from, message))
}

/** Fields with a message type that may be absent are left out rather than set to undefined. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

export function classicMatch(match: RouteMatch | undefined): BgpRouteMatch {
  const whole = create(BgpRouteMatchSchema, {
    destPrefixLen: match?.destPrefixLen ?? 0,
    pathCookie: match?.cookie ?? 0n,
  })
  return Object.assign(
    whole,
    defined({
      destPrefix: across(ModernRoutePrefixSchema, match?.destPrefix, RoutePrefixSchema),
      table: across(ModernRouteTableSchema, match?.table, RouteTableSchema),
      communities: across(CommunitiesSchema, match?.communities, CommunityListSchema),
      // The numbers of the two enumerations have nothing in common; bgp-routes.ts knows both.
      protocol: (match?.protocol ?? 0) as number,
    }),
  )
}

export function classicEntry(entry: RouteEntry): BgpRouteEntry {
  const { key, labelInfo } = entry
  const match = classicMatch(key)
  const number = (value: number | undefined) => (value === undefined ? undefined : create(BgpAttrib32Schema, { value }))
  const whole = create(BgpRouteEntrySchema, {
    destPrefixLen: match.destPrefixLen,
    pathCookie: match.pathCookie,
    clusterList: entry.clusterList.map(({ value }) => ({ value })),
    LabelInfo:
      labelInfo.case === 'label'
        ? { case: 'vpnLabel', value: labelInfo.value }
        : labelInfo.case === 'labels'
          ? { case: 'labels', value: across(ModernLabelStackSchema, labelInfo.value, LabelStackSchema)! }
          : { case: undefined },
  })
  return Object.assign(
    whole,
    defined({
      destPrefix: match.destPrefix,
      table: match.table,
      communities: match.communities,
      protocol: match.protocol,
      routePreference: number(entry.routePreference),
      localPreference: number(entry.localPreference),
      med: number(entry.med),
      aigpDistance:
        entry.aigpDistance === undefined ? undefined : create(BgpAttrib64Schema, { value: entry.aigpDistance }),
      originatorId: number(entry.originatorId),
      clusterId: number(entry.clusterId),
      aspath: across(ModernAsPathSchema, entry.aspath, AsPathSchema),
      protocolNexthops: entry.protocolNexthops.map(one => across(ModernIpAddressSchema, one, IpAddressSchema)!),
      routeType: entry.routeType as number,
      routeFlags: across(RouteFlagsSchema, entry.routeFlags, BgpRouteOperationFlagsSchema),
      routeData: across(ModernFamilyDataSchema, entry.addrFamilyData, AddressFamilySpecificDataSchema),
      tunnelAttributes: across(ModernTunnelSchema, entry.tunnelAttributes, TunnelEncapAttributeSchema),
      peerAddress: across(ModernIpAddressSchema, entry.peerAddress, IpAddressSchema),
    }),
  )
}

export function modernEntry(entry: BgpRouteEntry): RouteEntry {
  const { LabelInfo: label } = entry
  const key = create(RouteMatchSchema, {
    destPrefixLen: entry.destPrefixLen,
    cookie: entry.pathCookie,
    protocol: RouteProtoType.PROTO_BGP_STATIC,
  })
  Object.assign(
    key,
    defined({
      destPrefix: across(RoutePrefixSchema, entry.destPrefix, ModernRoutePrefixSchema),
      table: across(RouteTableSchema, entry.table, ModernRouteTableSchema),
      communities: across(CommunityListSchema, entry.communities, CommunitiesSchema),
    }),
  )
  const whole = create(RouteEntrySchema, {
    key,
    clusterList: entry.clusterList.map(({ value }) => ({ value })),
    labelInfo:
      label.case === 'vpnLabel'
        ? { case: 'label', value: label.value }
        : label.case === 'labels'
          ? { case: 'labels', value: across(LabelStackSchema, label.value, ModernLabelStackSchema)! }
          : { case: undefined },
  })
  return Object.assign(
    whole,
    defined({
      routePreference: entry.routePreference?.value,
      localPreference: entry.localPreference?.value,
      med: entry.med?.value,
      aigpDistance: entry.aigpDistance?.value,
      originatorId: entry.originatorId?.value,
      clusterId: entry.clusterId?.value,
      aspath: across(AsPathSchema, entry.aspath, ModernAsPathSchema),
      protocolNexthops: entry.protocolNexthops.map(one => across(IpAddressSchema, one, ModernIpAddressSchema)!),
      routeType: entry.routeType as number,
      routeFlags: across(BgpRouteOperationFlagsSchema, entry.routeFlags, RouteFlagsSchema),
      addrFamilyData: across(AddressFamilySpecificDataSchema, entry.routeData, ModernFamilyDataSchema),
      tunnelAttributes: across(TunnelEncapAttributeSchema, entry.tunnelAttributes, ModernTunnelSchema),
      peerAddress: across(IpAddressSchema, entry.peerAddress, ModernIpAddressSchema),
    }),
  )
}
