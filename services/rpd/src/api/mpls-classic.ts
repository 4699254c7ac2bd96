import type { JetImplementation } from '@hangar/daemon'
import { type Address, addressBits, formatAddress, hasHostBits, parseAddress } from '@hangar/inet'
import type { IpAddress } from '@hangar/protocol/jnx_addr_pb'
import {
  LspPingGetInfoStatus as InfoStatus,
  LdpLspPingStatus as LdpStatus,
  type MplsApi,
  RsvpLspPingStatus as RsvpStatus,
  RsvpLspPingSuccessStatus as SuccessStatus,
  VpnLspPingStatus as VpnStatus,
} from '@hangar/protocol/mpls_api_service_pb'
import type { RoutePrefix } from '@hangar/protocol/prpd_common_pb'
import { routerIdOf } from '../configuration/identity.ts'
import { wayTo } from '../mpls/path-to.ts'
import type { Leg } from '../rib/next-hop.ts'
import { wordsOf } from '../rib/words.ts'
import type { Routing } from '../routing.ts'
import { MASTER } from '../routing-names.ts'
import { addressIn } from './address-message.ts'

/** Names in requests are no longer than names in the configuration. */
const LONGEST_NAME = 255

const invalid = { status: InfoStatus.LSP_PING_GET_INVALID_PARAMETER } as const
const done = InfoStatus.LSP_PING_GET_SUCCESS

/**
 * routing.MplsApi: what an echo request over an LSP needs. Nobody signals LSPs here: one that is configured is there as soon as the routing
 * tables lead to its end, by the way that they lead there.
 */
export function mplsClassic(routing: Routing): JetImplementation<typeof MplsApi> {
  const { rib } = routing
  return {
    lspPingGetRsvpInfo({ lspName, pathName, flags, instanceName }) {
      if (lspName === '' || lspName.length > LONGEST_NAME || pathName.length > LONGEST_NAME) return invalid
      if (flags?.rsvpDynamicBypassLsp && flags.rsvpManualBypassLsp) return invalid
      const fault = (status: RsvpStatus) => ({ status: done, rsvpInfo: { status } })
      const { settings, interfaces } = routing
      const lsp = instanceName === '' || instanceName === MASTER ? settings.lsps.get(lspName) : undefined
      // There are no bypasses to be found.
      if (!lsp || flags?.rsvpDynamicBypassLsp || flags?.rsvpManualBypassLsp)
        return fault(RsvpStatus.RSVP_LSP_PING_LSP_NOTFOUND)
      const standby = lsp.paths.secondary.includes(pathName)
      if (pathName !== '' && !standby && !lsp.paths.primary.includes(pathName))
        return fault(RsvpStatus.RSVP_LSP_PING_STANDBY_PATH_NOTFOUND)
      if (lsp.disabled) return fault(RsvpStatus.RSVP_LSP_PING_NO_ACTIVE_PATH)
      const to = lsp.to === undefined ? undefined : parseAddress(lsp.to)
      if (!to) return fault(RsvpStatus.RSVP_LSP_PING_NO_PATH_INFO)
      const way = wayTo(rib, to)
      if (!way) return fault(RsvpStatus.RSVP_LSP_PING_NO_ROUTE_INFO)
      const from = parseAddress(lsp.from ?? routerIdOf(settings, interfaces))
      const number = [...settings.lsps.keys()].indexOf(lspName) + 1
      return {
        status: done,
        rsvpInfo: {
          status: RsvpStatus.RSVP_LSP_PING_NOERROR,
          successStatus: standby ? SuccessStatus.RSVP_LSP_PING_LSP_SECONDARY : SuccessStatus.RSVP_LSP_PING_LSP_PRIMARY,
          destinationAddress: prefix(to),
          ...(from ? { extTunnelId: prefix(from), senderAddress: prefix(from), lspFromAddress: prefix(from) } : {}),
          tunnelId: number,
          lspId: 1,
          nexthops: 1,
          nexthopInfo: forwarding(way, to),
        },
      }
    },

    lspPingGetLdpInfo({ prefix: message, prefixLength, instanceName }) {
      if (!readPrefix(message, prefixLength)) return invalid
      const known = instanceName === '' || instanceName === MASTER || routing.settings.instances.has(instanceName)
      const status = known ? LdpStatus.LDP_LSP_PING_FEC_NOTFOUND : LdpStatus.LDP_LSP_PING_INSTANCE_NOTFOUND
      return { status: done, ldpInfo: { status } }
    },

    lspPingGetVpnInfo({ prefix: message, prefixLength: length, instanceName }) {
      const address = readPrefix(message, length)
      if (!address || instanceName === '') return invalid
      const fault = (status: VpnStatus) => ({ status: done, vpnInfo: { status } })
      const instance = routing.settings.instances.get(instanceName)
      if (instance?.type !== 'vrf') return fault(VpnStatus.VPN_LSP_PING_NOTFOUND)
      const table = rib.table(`${instanceName}.${address.family}.0`)
      const row = table?.find(...wordsOf(address), length) ?? -1
      if (!table || row < 0) return fault(VpnStatus.VPN_LSP_PING_PFX_NOTFOUND)
      const { source } = table.attributes(row)
      if (source.protocol === 'Direct' || source.protocol === 'Local')
        return fault(VpnStatus.VPN_LSP_PING_NH_NOT_REMOTE)
      const { spec, legs } = table.nextHop(row)
      if (spec.kind !== 'gateways' || !spec.gateways.some(one => one.address))
        return fault(VpnStatus.VPN_LSP_PING_NH_NOTFOUND)
      if (legs.length === 0) return fault(VpnStatus.VPN_LSP_PING_NH_NOT_RESOLVED)
      const rd = distinguisher(instance.routeDistinguisher)
      return {
        status: done,
        vpnInfo: {
          status: VpnStatus.VPN_LSP_PING_NOERROR,
          ...(rd ? { rd } : {}),
          nexthopInfo: forwarding(legs[0]!, address),
        },
      }
    },
  }
}

function forwarding(way: Leg, destination: Address) {
  return {
    nexthopAddress: prefix(way.gateway ?? destination),
    nexthopInterfaceName: way.interface,
    nexthopLabel: { entries: way.labels.map(({ label }) => ({ opcode: 2, labelEntry: { label } })) },
  }
}

function prefix(address: Address) {
  const value = { AddrFormat: { case: 'addrString' as const, value: formatAddress(address) } }
  return { RoutePrefixAf: { case: address.family, value } } as const
}

function readPrefix(message: RoutePrefix | undefined, length: number): Address | undefined {
  const { case: family, value } = message?.RoutePrefixAf ?? {}
  if (family !== 'inet' && family !== 'inet6') return undefined
  const address = addressIn(value as IpAddress, family)
  return address && length <= addressBits(family) && !hasHostBits({ address, length }) ? address : undefined
}

/** "65000:1", "10.0.0.1:1", "4200000000L:1" */
function distinguisher(text: string | undefined) {
  const [first, second] = text?.split(':') ?? []
  if (first === undefined || second === undefined) return undefined
  const assignedNumber = Number(second)
  if (first.includes('.')) {
    const ipAddress = { AddrFormat: { case: 'addrString' as const, value: first } }
    return { RdFormat: { case: 'rd1' as const, value: { ipAddress, assignedNumber } } }
  }
  const asNumber = Number.parseInt(first, 10)
  const long = first.endsWith('L') || asNumber > 0xffff
  return { RdFormat: { case: long ? ('rd2' as const) : ('rd0' as const), value: { asNumber, assignedNumber } } }
}
