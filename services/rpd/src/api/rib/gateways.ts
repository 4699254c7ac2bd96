import type { Address } from '@hangar/inet'
import type { Gateway, NextHopSpec } from '../../rib/next-hop.ts'
import type { RoutingTable } from '../../rib/routing-table.ts'
import type { Routing } from '../../routing.ts'
import { type AddressMessage, addressIn } from '../address-message.ts'
import type { NextHopFault } from './faults.ts'
import { type LabelStackMessage, labelSteps } from './label-steps.ts'
import { type TableMessage, tableIn } from './table-message.ts'

/** NetworkAddress: a oneof called `Af` in the classic generation and `af` in the modern one. */
export interface NetworkMessage {
  readonly Af?: FamilyChoice
  readonly af?: FamilyChoice
}
type FamilyChoice =
  | { case: 'inet' | 'inet6'; value: AddressMessage }
  | { case: 'mpls'; value: { readonly label: number } }
  | { case?: undefined }

/** A flexible tunnel: by the name of a profile, or a profile of its own (as bytes of the classic message). */
export type Tunnel =
  | { readonly name: string }
  | { readonly bytes: Uint8Array; readonly interfaceName: string }
  | 'FLEXIBLE_TUNNEL_INVALID'

/** RouteGateway of both generations; `table` is the classic one's alone. */
export interface GatewayMessage {
  readonly gatewayAddress?: NetworkMessage | undefined
  readonly interfaceName: string
  readonly localAddress?: NetworkMessage | undefined
  readonly labelStack?: LabelStackMessage | undefined
  readonly weight: number
  readonly bandwidth: number
  readonly table?: TableMessage | undefined
}

/** Ways of one route, by the contract. */
const MOST_GATEWAYS = 64

/** Where a route of a table leads, by what its request says; `tunnels` has an element for each gateway that has one. */
export function nextHopSpec(
  { rib, links, tunnels: profiles }: Routing,
  gateways: readonly GatewayMessage[],
  tunnels: readonly (Tunnel | undefined)[],
  table: RoutingTable,
): NextHopSpec | NextHopFault {
  if (gateways.length > MOST_GATEWAYS) return 'NEXTHOP_LIMIT_EXCEED'
  if (gateways.length === 0) return { kind: 'discard' }
  const ways: Gateway[] = []
  for (const [i, message] of gateways.entries()) {
    const way = wayOf(message, tunnels[i])
    if (typeof way === 'string') return way
    if (way.table !== undefined) return gateways.length === 1 ? { kind: 'table', table: way.table } : 'NEXTHOP_INVALID'
    ways.push(way)
  }
  const shared = ways.filter(way => way.bandwidth! > 0).length
  if (shared > 0 && shared < ways.length) return 'BANDWIDTH_USAGE_INVALID'
  return { kind: 'gateways', gateways: ways }

  function wayOf(message: GatewayMessage, tunnel: Tunnel | undefined): Gateway | NextHopFault {
    const { interfaceName, weight, bandwidth } = message
    const labels = labelSteps(message.labelStack, table.family)
    if (typeof labels === 'string') return labels
    if (message.table) {
      if (message.gatewayAddress || interfaceName !== '' || message.localAddress || tunnel) return 'NEXTHOP_INVALID'
      // The label that led here is gone then; nothing else can be done to the stack before the lookup.
      if (labels.some(step => step.operation !== 'pop')) return 'MPLS_ACTION_INVALID'
      const other = tableIn(rib, message.table)
      if (!other) return 'TABLE_INVALID'
      return other === table ? 'NEXTHOP_INVALID' : { resolve: 'recursive', table: other.id }
    }
    const address = message.gatewayAddress && networkAddress(message.gatewayAddress, table)
    const localAddress = message.localAddress && networkAddress(message.localAddress, table)
    if (address === 'wrong' || localAddress === 'wrong') return 'NEXTHOP_ADDRESS_INVALID'
    if (tunnel === 'FLEXIBLE_TUNNEL_INVALID') return tunnel
    if (tunnel && 'name' in tunnel && !profiles.find(tunnel.name)) return 'FLEXIBLE_TUNNEL_INVALID'
    if (!address && !localAddress && interfaceName === '' && !tunnel) return 'GATEWAY_INVALID'
    if (weight > 0xffff) return 'GATEWAY_INVALID'
    if (interfaceName !== '' && !links.exists(interfaceName)) return 'INTERFACE_INVALID'
    if (localAddress && links.interfaceWith(table.instance, localAddress) === undefined) return 'INTERFACE_INVALID'
    // Not a number is neither.
    if (!(bandwidth >= 0 && bandwidth < Number.POSITIVE_INFINITY)) return 'BANDWIDTH_USAGE_INVALID'
    const own = interfaceName !== '' ? interfaceName : address || localAddress ? undefined : tunnelInterface(tunnel!)
    return {
      address,
      interface: own,
      localAddress,
      resolve: 'recursive',
      labels,
      weight,
      bandwidth,
      tunnel: tunnel && ('name' in tunnel ? tunnel.name : tunnel.bytes),
    }
  }

  function tunnelInterface(tunnel: Exclude<Tunnel, string>): string {
    return 'name' in tunnel ? profiles.find(tunnel.name)!.interfaceName : tunnel.interfaceName
  }
}

/** A neighbour, or an address of ours: of the table's family, or of either for a label; none that cannot be a host's. */
function networkAddress(message: NetworkMessage, table: RoutingTable): Address | 'wrong' {
  const choice = message.Af ?? message.af
  if (choice?.case !== 'inet' && choice?.case !== 'inet6') return 'wrong'
  if (table.family !== 'mpls' && choice.case !== table.family) return 'wrong'
  const address = addressIn(choice.value, choice.case)
  return address && isHost(address) ? address : 'wrong'
}

/** Neither the unspecified address nor one of a group (RFC 1122 3.2.1.3, RFC 4291 2.7). */
function isHost({ family, bytes }: Address): boolean {
  if (bytes.every(byte => byte === 0)) return false
  return family === 'inet' ? bytes[0]! < 224 : bytes[0] !== 0xff
}
