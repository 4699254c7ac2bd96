import type { LogicalInterface, PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { element, type XmlElement } from '@hangar/xml'

/** The words of both statuses. */
export function upOrDown(up: boolean): 'up' | 'down' {
  return up ? 'up' : 'down'
}

/** The root of every answer of `show interfaces`. `release` is that of the device: "23.4R1". */
export function interfaceInformation(
  release: string,
  style: 'terse' | 'description' | 'normal',
  interfaces: readonly XmlElement[],
): XmlElement {
  return element('interface-information', interfaces, {
    xmlns: `http://xml.juniper.net/junos/${release}/junos-interface`,
    'junos:style': style,
  })
}

/** Name and statuses, with which every style begins. */
export function physicalStatus(ifd: PhysicalInterface): XmlElement[] {
  return [
    element('name', ifd.name),
    element('admin-status', upOrDown(ifd.adminUp)),
    element('oper-status', upOrDown(ifd.linkUp)),
  ]
}

export function logicalStatus(ifd: PhysicalInterface, ifl: LogicalInterface): XmlElement[] {
  return [
    element('name', `${ifd.name}.${ifl.unit}`),
    element('admin-status', upOrDown(ifl.adminUp)),
    element('oper-status', upOrDown(ifl.linkUp)),
  ]
}
