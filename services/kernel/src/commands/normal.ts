import { child, children, element, textOf, type XmlElement } from '@hangar/junos-cli'
import type {
  InterfaceAddress,
  InterfaceFamily,
  LogicalInterface,
  PhysicalInterface,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Selected } from '../interfaces/select.ts'
import { addressFlags, deviceFlags, familyFlags, flagText, logicalFlags, physicalFlags } from './flag-words.ts'
import { interfaceInformation, upOrDown } from './interface-information.ts'
import { age, dateTime } from './time-text.ts'

const internalFlags = '0x4000'

/** `show interfaces` as data. Counters and optics, which the device does not have, are left out. `now`: Unix time in ms. */
export function normalData(release: string, selection: readonly Selected[], now: number): XmlElement {
  const interfaces = selection.flatMap(({ ifd, whole, units }) => {
    const logical = units.map(ifl => logicalElement(ifd, ifl))
    return whole ? [element('physical-interface', [...physicalElements(ifd, now), ...logical])] : logical
  })
  return interfaceInformation(release, 'normal', interfaces)
}

function physicalElements(ifd: PhysicalInterface, now: number): (XmlElement | undefined)[] {
  const ethernet = ifd.mac !== ''
  const seconds = Math.max(0, Math.floor((now - Number(ifd.lastFlappedMs)) / 1000))
  return [
    element('name', ifd.name),
    element('admin-status', upOrDown(ifd.adminUp), {
      'junos:format': ifd.adminUp ? 'Enabled' : 'Administratively down',
    }),
    element('oper-status', upOrDown(ifd.linkUp)),
    element('local-index', ifd.index),
    element('snmp-index', ifd.snmpId),
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

function logicalElement(ifd: PhysicalInterface, ifl: LogicalInterface): XmlElement {
  const tag = ifl.vlanId > 0 ? [element('link-address', `[ 0x8100.${ifl.vlanId} ]`)] : []
  return element('logical-interface', [
    element('name', `${ifd.name}.${ifl.unit}`),
    element('local-index', ifl.index),
    element('snmp-index', ifl.snmpId),
    ifl.description === '' ? undefined : element('description', ifl.description),
    element('if-config-flags', [...logicalFlags(ifl.flags), element('internal-flags', internalFlags)]),
    ...tag,
    element('encapsulation', ifd.mac === '' ? 'Unspecified' : 'ENET2'),
    ...ifl.families.map(familyElement),
  ])
}

function familyElement(iff: InterfaceFamily): XmlElement {
  return element('address-family', [
    element('address-family-name', iff.family),
    element('mtu', mtuText(iff.mtu)),
    element('address-family-flags', familyFlags(iff.flags)),
    ...iff.addresses.map(addressElement),
  ])
}

function addressElement(ifa: InterfaceAddress): XmlElement {
  const bare = (prefix: string) => prefix.replace(/\/\d+$/, '')
  return element('interface-address', [
    element('ifa-flags', addressFlags(ifa.flags)),
    ifa.destination === '' ? undefined : element('ifa-destination', shortPrefix(ifa.destination)),
    element('ifa-local', bare(ifa.local)),
    ifa.broadcast === '' ? undefined : element('ifa-broadcast', bare(ifa.broadcast)),
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

/** `show interfaces` as text. */
export function normalText(data: XmlElement): string {
  return (data.children ?? [])
    .map(one => (one.name === 'physical-interface' ? physicalText(one) : logicalText(one)))
    .join('\n')
}

function physicalText(one: XmlElement): string {
  const admin = child(one, 'admin-status')?.attributes?.['junos:format'] ?? ''
  const link = textOf(one, 'oper-status') === 'up' ? 'Up' : 'Down'
  const type = child(one, 'link-level-type') ? 'Link-level type: Ethernet' : 'Type: Loopback'
  const mac = textOf(one, 'current-physical-address')
  const lines = [
    `Physical interface: ${textOf(one, 'name')}, ${admin}, Physical link is ${link}`,
    `  Interface index: ${textOf(one, 'local-index')}, SNMP ifIndex: ${textOf(one, 'snmp-index')}`,
    ...described(one, '  '),
    `  ${type}, MTU: ${textOf(one, 'mtu')}`,
    `  Device flags   : ${flagText(child(one, 'if-device-flags'))}`,
    `  Interface flags: ${flagText(child(one, 'if-config-flags')).replace(internalFlags, `Internal: ${internalFlags}`)}`,
    ...(mac === '' ? [] : [`  Current address: ${mac}, Hardware address: ${textOf(one, 'hardware-physical-address')}`]),
    `  Last flapped   : ${textOf(one, 'interface-flapped')}`,
  ]
  const units = children(one, 'logical-interface').map(unit => `\n${logicalText(unit)}`)
  return `${lines.join('\n')}\n${units.join('')}`
}

function logicalText(one: XmlElement): string {
  const index = `(Index ${textOf(one, 'local-index')}) (SNMP ifIndex ${textOf(one, 'snmp-index')})`
  const tag = textOf(one, 'link-address')
  const flags = flagText(child(one, 'if-config-flags')) + (tag === '' ? '' : ` VLAN-Tag ${tag} `)
  const lines = [
    `  Logical interface ${textOf(one, 'name')} ${index}`,
    ...described(one, '    '),
    `    Flags: ${flags} Encapsulation: ${textOf(one, 'encapsulation')}`,
    ...children(one, 'address-family').flatMap(familyLines),
  ]
  return `${lines.join('\n')}\n`
}

function familyLines(one: XmlElement): string[] {
  return [
    `    Protocol ${textOf(one, 'address-family-name')}, MTU: ${textOf(one, 'mtu')}`,
    `      Flags: ${flagText(child(one, 'address-family-flags'), ', ') || 'None'}`,
    ...children(one, 'interface-address').flatMap(addressLines),
  ]
}

function addressLines(one: XmlElement): string[] {
  const flags = flagText(child(one, 'ifa-flags'))
  const parts = [
    ['Destination', textOf(one, 'ifa-destination')],
    ['Local', textOf(one, 'ifa-local')],
    ['Broadcast', textOf(one, 'ifa-broadcast')],
  ].filter(([, value]) => value !== '')
  return [
    flags === '' ? '      Addresses' : `      Addresses, Flags: ${flags}`,
    `        ${parts.map(([name, value]) => `${name}: ${value}`).join(', ')}`,
  ]
}

function described(one: XmlElement, indent: string): string[] {
  const description = textOf(one, 'description')
  return description === '' ? [] : [`${indent}Description: ${description}`]
}
