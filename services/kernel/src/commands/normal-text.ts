import { child, children, textOf, type XmlElement } from '@hangar/xml'
import { flagText, internalFlags } from './flag-words.ts'

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
    `  Interface index: ${textOf(one, 'local-index')}, SNMP ifIndex: ${textOf(one, 'snmp-index')}${generationText(one)}`,
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
  const number = textOf(one, 'generation')
  const index = `(Index ${textOf(one, 'local-index')}) (SNMP ifIndex ${textOf(one, 'snmp-index')})`
  const tag = textOf(one, 'link-address')
  const flags = flagText(child(one, 'if-config-flags')) + (tag === '' ? '' : ` VLAN-Tag ${tag} `)
  const lines = [
    `  Logical interface ${textOf(one, 'name')} ${index}${number === '' ? '' : ` (Generation ${number})`}`,
    ...described(one, '    '),
    `    Flags: ${flags} Encapsulation: ${textOf(one, 'encapsulation')}`,
    ...children(one, 'address-family').flatMap(familyLines),
  ]
  return `${lines.join('\n')}\n`
}

function familyLines(one: XmlElement): string[] {
  const table = textOf(one, 'route-table')
  const more = generationText(one) + (table === '' ? '' : `, Route table: ${table}`)
  return [
    `    Protocol ${textOf(one, 'address-family-name')}, MTU: ${textOf(one, 'mtu')}${more}`,
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
    ['Generation', textOf(one, 'generation')],
  ].filter(([, value]) => value !== '')
  return [
    flags === '' ? '      Addresses' : `      Addresses, Flags: ${flags}`,
    `        ${parts.map(([name, value]) => `${name}: ${value}`).join(', ')}`,
  ]
}

function generationText(one: XmlElement): string {
  const number = textOf(one, 'generation')
  return number === '' ? '' : `, Generation: ${number}`
}

function described(one: XmlElement, indent: string): string[] {
  const description = textOf(one, 'description')
  return description === '' ? [] : [`${indent}Description: ${description}`]
}
