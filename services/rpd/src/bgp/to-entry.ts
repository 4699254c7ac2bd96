import { create, fromBinary } from '@bufbuild/protobuf'
import { type Address, formatAddress } from '@hangar/inet'
import {
  BgpAttrib32Schema,
  type BgpRouteEntry,
  BgpRouteEntrySchema,
  BgpRouteOperationFlagsSchema,
  RouteOperation,
  RouteProtocol,
} from '@hangar/protocol/bgp_route_service_pb'
import { type IpAddress, IpAddressSchema } from '@hangar/protocol/jnx_addr_pb'
import { RoutePrefixSchema, RouteTableSchema } from '@hangar/protocol/prpd_common_pb'
import { addressIn } from '../api/address-message.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { addressOf } from '../rib/words.ts'
import { readFlags } from './bgp-entry.ts'
import type { BgpDestination } from './destination.ts'

/** How a client wants addresses and tables named. */
export interface ReplyFormat {
  readonly addressBytes: boolean
  readonly tableId: boolean
}

/** A BGP-Static route as a message: what its client sent, with all defaults filled in. */
export function toEntry(rib: Rib, table: RoutingTable, row: number, format: ReplyFormat): BgpRouteEntry {
  const { rows } = table
  const { values } = table.attributes(row)
  const bgp = values.bgp!
  const entry = fromBinary(BgpRouteEntrySchema, bgp.opaque!.entry!)
  const flags = readFlags(entry)
  entry.routeFlags = create(BgpRouteOperationFlagsSchema, {
    noAdvertise: flags.noAdvertise,
    noExport: flags.noExport,
    useNexthopReject: flags.useNexthopReject,
    useNexthopFictitious: flags.useNexthopFictitious,
  })
  entry.routeOperFlag =
    (flags.noAdvertise ? RouteOperation.NO_ADVERTISE : 0) |
    (flags.noExport ? RouteOperation.NO_EXPORT : 0) |
    (flags.useNexthopReject ? RouteOperation.USE_NH_REJECT : 0)
  entry.destPrefix = prefixMessage(rib, table, row, format)
  entry.destPrefixLen = destinationLength(rib, table, row)
  entry.table = create(RouteTableSchema, tableMessage(table, format))
  entry.protocol = RouteProtocol.PROTO_BGP_STATIC
  entry.pathCookie = (BigInt(rows.cookieHigh(row)) << 32n) | BigInt(rows.cookieLow(row))
  entry.routePreference = create(BgpAttrib32Schema, { value: values.preference })
  entry.localPreference = create(BgpAttrib32Schema, { value: bgp.localPreference })
  entry.protocolNexthops = entry.protocolNexthops.map(one => addressMessage(addressIn(one)!, format))
  return entry
}

export function tableMessage({ id, name }: RoutingTable, { tableId }: ReplyFormat) {
  return tableId
    ? ({ RtTableFormat: { case: 'rttId', value: { id } } } as const)
    : ({ RtTableFormat: { case: 'rttName', value: { name } } } as const)
}

export function addressMessage(address: Address, { addressBytes }: ReplyFormat): IpAddress {
  return create(IpAddressSchema, {
    AddrFormat: addressBytes
      ? { case: 'addrBytes', value: address.bytes }
      : { case: 'addrString', value: formatAddress(address) },
  })
}

function prefixMessage(rib: Rib, table: RoutingTable, row: number, format: ReplyFormat) {
  const { rows } = table
  if (table.family === 'other') return (rib.others.at(rows.k0(row)).value as BgpDestination).prefix
  const family = table.family === 'inet6' ? 'inet6' : 'inet'
  const address = addressOf(family, [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)])
  return create(RoutePrefixSchema, { RoutePrefixAf: { case: family, value: addressMessage(address, format) } })
}

function destinationLength(rib: Rib, table: RoutingTable, row: number): number {
  if (table.family !== 'other') return table.rows.length(row)
  return (rib.others.at(table.rows.k0(row)).value as BgpDestination).length
}
