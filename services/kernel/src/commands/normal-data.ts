import type {
  InterfaceAddress,
  InterfaceFamily,
  LogicalInterface,
  PhysicalInterface,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { element, type XmlElement } from '@hangar/xml'
import type { Selected } from '../interfaces/select.ts'
import { addressFlags, deviceFlags, familyFlags, internalFlags, logicalFlags, physicalFlags } from './flag-words.ts'
import { interfaceInformation, upOrDown } from './interface-information.ts'
import { age, dateTime } from './time-text.ts'

interface Detail {
  /** Unix time in ms. */
  readonly now: number
  /** With generation numbers. */
  readonly detail: boolean
}

/** `show interfaces [detail]` as data. Counters and optics, which the device does not have, are left out. */
export function normalData(release: string, selection: readonly Selected[], how: Detail): XmlElement {
  const interfaces = selection.flatMap(({ ifd, whole, units }) => {
    const logical = units.map(ifl => logicalElement(ifd, ifl, how))
    return whole ? [element('physical-interface', [...physicalElements(ifd, how), ...logical])] : logical
  })
  return interfaceInformation(release, 'normal', interfaces)
}

function generation(how: Detail, { generation: number }: { generation: bigint }): XmlElement | undefined {
  return how.detail ? element('generation', String(number)) : undefined
}

function physicalElements(ifd: PhysicalInterface, how: Detail): (XmlElement | undefined)[] {
  const ethernet = ifd.mac !== ''
  const seconds = Math.max(0, Math.floor((how.now - Number(ifd.lastFlappedMs)) / 1000))
  return [
    element('name', ifd.name),
    element('admin-status', upOrDown(ifd.adminUp), {
      'junos:format': ifd.adminUp ? 'Enabled' : 'Administratively down',
    }),
    element('oper-status', upOrDown(ifd.linkUp)),
    element('local-index', ifd.index),
    element('snmp-index', ifd.snmpId),
    generation(how, ifd),
    ifd.description === '' ? undefined : element('description', ifd.description),
    element(ethernet ? 'link-level-type' : 'if-type', ethernet ? 'Ethernet' : 'Loopback'),
    element('mtu', mtuText(ifd.mtu)),
    element('if-device-flags', deviceFlags(ifd.flags)),
    element('if-config-flags', [...physicalFlags(ifd.flags), element('internal-flags', internalFlags)]),
    ethernet ? element('current-physical-address', ifd.mac) : undefined,
    ethernet ? element('hardware-physical-address', ifd.mac) : undefined,
    element('interface-flapped', `${dateTime(Number(ifd.lastFlappedMs))} (${age(seconds)} ago)`, {
      'junos:seconds': String(seconds),
    }),
  ]
}

function logicalElement(ifd: PhysicalInterface, ifl: LogicalInterface, how: Detail): XmlElement {
  const tag = ifl.vlanId > 0 ? [element('link-address', `[ 0x8100.${ifl.vlanId} ]`)] : []
  return element('logical-interface', [
    element('name', `${ifd.name}.${ifl.unit}`),
    element('local-index', ifl.index),
    element('snmp-index', ifl.snmpId),
    generation(how, ifl),
    ifl.description === '' ? undefined : element('description', ifl.description),
    element('if-config-flags', [...logicalFlags(ifl.flags), element('internal-flags', internalFlags)]),
    ...tag,
    element('encapsulation', ifd.mac === '' ? 'Unspecified' : 'ENET2'),
    ...ifl.families.map(iff => familyElement(iff, how)),
  ])
}

function familyElement(iff: InterfaceFamily, how: Detail): XmlElement {
  return element('address-family', [
    element('address-family-name', iff.family),
    element('mtu', mtuText(iff.mtu)),
    generation(how, iff),
    how.detail ? element('route-table', 0) : undefined,
    element('address-family-flags', familyFlags(iff.flags)),
    ...iff.addresses.map(ifa => addressElement(ifa, how)),
  ])
}

function addressElement(ifa: InterfaceAddress, how: Detail): XmlElement {
  const bare = (prefix: string) => prefix.replace(/\/\d+$/, '')
  return element('interface-address', [
    element('ifa-flags', addressFlags(ifa.flags)),
    ifa.destination === '' ? undefined : element('ifa-destination', shortPrefix(ifa.destination)),
    element('ifa-local', bare(ifa.local)),
    ifa.broadcast === '' ? undefined : element('ifa-broadcast', bare(ifa.broadcast)),
    generation(how, ifa),
  ])
}

function mtuText(mtu: number): string {
  return mtu === 0 ? 'Unlimited' : String(mtu)
}

/** An IPv4 prefix without the octets that its length does not reach: 10.1.1/24, 128/2, 10.0.4.0/30. */
function shortPrefix(prefix: string): string {
  if (prefix.includes(':')) return prefix
  const [address, length] = prefix.split('/') as [string, string]
  const octets = Math.max(1, Math.ceil(Number(length) / 8))
  return `${address.split('.').slice(0, octets).join('.')}/${length}`
}
