import type { InterfaceAddress, InterfaceFamily } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { child, children, element, textOf, type XmlElement } from '@hangar/xml'
import type { Selected } from '../interfaces/select.ts'
import { interfaceInformation, logicalStatus, physicalStatus } from './interface-information.ts'

/** Columns as recorded; the arrow before the remote address stands two columns left of its heading. */
const column = { admin: 24, link: 30, proto: 35, local: 44, arrow: 64 } as const
const header = 'Interface               Admin Link Proto    Local                 Remote\n'
/** Marks the element that the text shows last in its row, as recorded. */
const emit = { 'junos:emit': 'emit' } as const

/** `show interfaces terse` as data. */
export function terseData(release: string, selection: readonly Selected[]): XmlElement {
  const interfaces = selection.flatMap(({ ifd, whole, units }) => {
    const logical = units.map(ifl =>
      element('logical-interface', [
        ...logicalStatus(ifd, ifl),
        element('filter-information'),
        ...ifl.families.map(familyElement),
      ]),
    )
    return whole ? [element('physical-interface', [...physicalStatus(ifd), ...logical])] : logical
  })
  return interfaceInformation(release, 'terse', interfaces)
}

function familyElement({ family, addresses }: InterfaceFamily): XmlElement {
  return element('address-family', [
    element('address-family-name', family),
    ...addresses.map(address => element('interface-address', addressElements(family, address))),
  ])
}

/** A host address is shown without its length; for inet with the unspecified remote, for inet6 with an empty one. */
function addressElements(family: string, { address, destination }: InterfaceAddress): XmlElement[] {
  if (family === 'iso' || destination !== '') return [element('ifa-local', address, emit)]
  const remote = family === 'inet' ? element('ifa-destination', '0/0', emit) : element('ifa-destination', [], emit)
  return [element('ifa-local', address.slice(0, address.indexOf('/'))), remote]
}

/** `show interfaces terse` as text. */
export function terseText(data: XmlElement): string {
  const rows = (data.children ?? []).flatMap(one => [
    ...rowsOf(one),
    ...children(one, 'logical-interface').flatMap(rowsOf),
  ])
  return rows.length === 0 ? '' : header + rows.map(row => `${row.trimEnd()}\n`).join('')
}

function rowsOf(one: XmlElement): string[] {
  const admin = textOf(one, 'name').padEnd(column.admin) + textOf(one, 'admin-status')
  const start = admin.padEnd(column.link) + textOf(one, 'oper-status').padEnd(column.proto - column.link)
  const rows = children(one, 'address-family').flatMap(familyRows)
  if (rows.length === 0) return [start]
  return rows.map((row, i) => (i === 0 ? start : ''.padEnd(column.proto)) + row)
}

function familyRows(family: XmlElement): string[] {
  const name = textOf(family, 'address-family-name')
  const addresses = children(family, 'interface-address').map(addressText)
  if (addresses.length === 0) return [name]
  return addresses.map((text, i) => (i === 0 ? name : '').padEnd(column.local - column.proto) + text)
}

function addressText(address: XmlElement): string {
  const remote = child(address, 'ifa-destination')?.text
  const local = textOf(address, 'ifa-local')
  return remote === undefined ? local : `${local.padEnd(column.arrow - column.local)}--> ${remote}`
}
