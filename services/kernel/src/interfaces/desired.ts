import type {
  FamilyConfiguration,
  InterfaceConfiguration,
  UnitConfiguration,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type DesiredAddress, desiredAddresses } from './desired-addresses.ts'
import { ifdFlag, iffFlag, iflFlag } from './flags.ts'
import { familyMtu, interfaceMtu } from './mtu.ts'
import { macText, type Port } from './port.ts'

/** An interface as it should be: all but the numbers, which belong to objects and not to wishes. */
export interface DesiredInterface {
  readonly flags: number
  readonly description: string
  readonly adminUp: boolean
  readonly linkUp: boolean
  readonly mtu: number
  readonly vlanTagging: boolean
  readonly mac: string
  readonly units: readonly DesiredUnit[]
}

export interface DesiredUnit {
  readonly unit: number
  readonly flags: number
  readonly description: string
  readonly adminUp: boolean
  readonly linkUp: boolean
  readonly vlanId: number
  readonly families: readonly DesiredFamily[]
}

export interface DesiredFamily {
  readonly family: string
  readonly table: string
  readonly flags: number
  readonly mtu: number
  readonly addresses: readonly DesiredAddress[]
}

/** The families that an interface may have, in the order in which Junos shows them. */
export const families: readonly string[] = ['inet', 'iso', 'inet6', 'mpls']

/** What a port should look like, given its configuration (undefined: none) and its carrier. */
export function desiredInterface(
  port: Port,
  configuration: InterfaceConfiguration | undefined,
  carrier: boolean,
): DesiredInterface {
  const adminUp = !configuration?.disable
  const vlanTagging = configuration?.vlanTagging ?? false
  const link: Link = {
    up: carrier && adminUp,
    mtu: interfaceMtu(port.medium, configuration?.mtu ?? 0, vlanTagging),
    vlanTagging,
  }
  return {
    flags:
      ifdFlag.present |
      (adminUp ? 0 : ifdFlag.adminDown) |
      (carrier ? 0 : ifdFlag.hardwareDown) |
      (configuration ? ifdFlag.configured : 0),
    description: configuration?.description ?? '',
    adminUp,
    linkUp: link.up,
    mtu: link.mtu,
    vlanTagging,
    mac: macText(port),
    units: [...(configuration?.units ?? [])].sort((a, b) => a.unit - b.unit).map(unit => desiredUnit(port, link, unit)),
  }
}

/** What the units of an ifd take from it. */
interface Link {
  readonly up: boolean
  readonly mtu: number
  readonly vlanTagging: boolean
}

function desiredUnit(port: Port, link: Link, unit: UnitConfiguration): DesiredUnit {
  const adminUp = !unit.disable
  const linkUp = link.up && adminUp
  return {
    unit: unit.unit,
    flags:
      iflFlag.internal |
      (linkUp ? iflFlag.up : 0) |
      (adminUp ? 0 : iflFlag.adminDown) |
      (link.up ? 0 : iflFlag.deviceDown),
    description: unit.description,
    adminUp,
    linkUp,
    vlanId: unit.vlanId,
    families: [...unit.families]
      .sort((a, b) => families.indexOf(a.family) - families.indexOf(b.family))
      .map(family => desiredFamily(port, link, linkUp, family)),
  }
}

function desiredFamily(port: Port, link: Link, up: boolean, family: FamilyConfiguration): DesiredFamily {
  const broadcast = family.family === 'inet' && port.medium === 'ethernet'
  return {
    family: family.family,
    table: `${family.family}.0`,
    flags:
      (broadcast ? iffFlag.sendBroadcastToRoutingEngine : 0) |
      (family.mtu > 0 ? iffFlag.userMtu : 0) |
      (up ? 0 : iffFlag.protocolDown),
    mtu: familyMtu(family.family, family.mtu, link.mtu, link.vlanTagging),
    addresses: desiredAddresses(port, family),
  }
}
