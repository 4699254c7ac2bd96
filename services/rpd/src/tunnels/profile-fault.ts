import { type Address, hasHostBits } from '@hangar/inet'
import {
  type FlexibleTunnelProfile,
  type GreTunnelAttributes,
  TunnelActionType,
  type VxlanTunnelAttributes,
} from '@hangar/protocol/flexible_tunnel_profile_pb'
import type { NetworkAddress } from '@hangar/protocol/prpd_common_pb'
import { addressIn } from '../api/address-message.ts'

/** Names of profiles are as long as names of configuration objects. */
const LONGEST_NAME = 64
/** "fti0.0": flexible tunnels are units of the one interface of that kind. */
const interfaceName = /^fti\d{1,3}\.\d{1,10}$/
const nameText = /^[\x21-\x7e]+$/

export type ProfileFault = { kind: 'name' | 'action' | 'profile'; message: string }

export function isProfileName(name: string): boolean {
  return name.length <= LONGEST_NAME && nameText.test(name)
}

/** What is wrong with a profile by itself; undefined: nothing. */
export function profileFault(profile: FlexibleTunnelProfile): ProfileFault | undefined {
  if (!isProfileName(profile.name))
    return { kind: 'name', message: 'a profile needs a name of 1 to 64 printable characters' }
  if (!(profile.action in TunnelActionType)) return { kind: 'action', message: `no tunnel action ${profile.action}` }
  const wrong = (message: string): ProfileFault => ({ kind: 'profile', message: `${profile.name}: ${message}` })
  if (!interfaceName.test(profile.interfaceName))
    return wrong('interface_name has to be a unit of a flexible tunnel interface')
  const attributes = profile.attributes?.tunnelAttributesType
  if (!attributes?.case) return wrong('attributes are missing')
  const translates = profile.action === TunnelActionType.TRANSLATE
  if (translates !== (attributes.case === 'translate')) return wrong(`attributes do not fit the action`)
  const encapsulates = profile.action === TunnelActionType.ENCAPSULATE
  const fault =
    attributes.case === 'vxlan'
      ? vxlanFault(attributes.value, encapsulates)
      : attributes.case === 'gre'
        ? endsFault(attributes.value, encapsulates)
        : attributes.value.translateParamsType.case
          ? undefined
          : 'how to translate is missing'
  return fault === undefined ? undefined : wrong(fault)
}

function vxlanFault(vxlan: VxlanTunnelAttributes, encapsulates: boolean): string | undefined {
  if (vxlan.vni > 0xffffff) return `vni ${vxlan.vni} is more than 24 bits`
  if (vxlan.flags > 0xff) return `flags ${vxlan.flags} are more than 8 bits`
  if (vxlan.destinationUdpPort > 65535) return `no UDP port ${vxlan.destinationUdpPort}`
  const ports = vxlan.sourceUdpPortRange
  if (ports && (ports.min > ports.max || ports.max > 65535)) return `no range of UDP ports ${ports.min} to ${ports.max}`
  const reserved = vxlan.vxlanHeaderReserved.value
  if (reserved && (reserved.reservedBits831 > 0xffffff || reserved.reservedBits5563 > 0xff))
    return 'reserved bits do not fit into the header'
  for (const mac of [vxlan.sourceMac, vxlan.destinationMac])
    if (mac && !isMac(mac.AddrFormat)) return 'a MAC address has 6 bytes'
  return endsFault(vxlan, encapsulates)
}

/** Outer addresses: whoever wraps packets has to know both. */
function endsFault(
  ends: Pick<VxlanTunnelAttributes | GreTunnelAttributes, 'sourcePrefix' | 'sourcePrefixLen' | 'destinationAddress'>,
  encapsulates: boolean,
): string | undefined {
  const source = networkAddress(ends.sourcePrefix)
  const destination = networkAddress(ends.destinationAddress)
  if (ends.sourcePrefix && !source) return 'source_prefix is no address'
  if (ends.destinationAddress && !destination) return 'destination_address is no address'
  if (encapsulates && !(source && destination)) return 'source_prefix and destination_address are needed to encapsulate'
  if (source && destination && source.family !== destination.family)
    return 'source_prefix and destination_address are of two families'
  if (ends.sourcePrefixLen > (source?.family === 'inet6' ? 128 : 32)) return `no prefix length ${ends.sourcePrefixLen}`
  if (source && ends.sourcePrefixLen > 0 && hasHostBits({ address: source, length: ends.sourcePrefixLen }))
    return 'source_prefix has bits beyond its length'
  return undefined
}

function networkAddress(message: NetworkAddress | undefined): Address | undefined {
  const family = message?.Af.case
  return family === 'inet' || family === 'inet6' ? addressIn(message!.Af.value as object, family) : undefined
}

function isMac(format: { case?: string | undefined; value?: string | Uint8Array | undefined }): boolean {
  if (format.case === 'addrBytes') return format.value?.length === 6
  return typeof format.value === 'string' && /^([\da-f]{1,2}:){5}[\da-f]{1,2}$/i.test(format.value)
}
