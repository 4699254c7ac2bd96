import type { Problem } from '@hangar/daemon'
import { parsePrefix } from '@hangar/inet'
import type {
  FamilyConfiguration,
  InterfaceConfiguration,
  UnitConfiguration,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Interfaces } from './read-interfaces.ts'

/** Interfaces whose units are told apart by their VLAN tags. */
const taggedMedium = /^(fe|ge|xe|et|ae|em|fxp|me)-?\d/

/** Interfaces whose units may do without a tag beside others that have one. */
export type Flexible = ReadonlySet<string>

/**
 * What is wrong with a configuration that reads well, in Junos's words where they were recorded or are widely known.
 * `flexible`: names of the interfaces with flexible-vlan-tagging.
 */
export function* checkInterfaces(interfaces: Interfaces, flexible: Flexible): Iterable<Problem> {
  for (const one of interfaces.values()) {
    if (taggedMedium.test(one.name)) yield* checkTags(one, flexible.has(one.name))
    for (const unit of one.units) {
      for (const family of unit.families) yield* checkPrimary(one, unit, family)
    }
  }
  yield* checkIdenticalAddresses(interfaces)
}

function* checkTags({ name, vlanTagging, units }: InterfaceConfiguration, flexible: boolean): Iterable<Problem> {
  const path = ['interfaces', name]
  const tags = new Set<number>()
  for (const { unit, vlanId } of units) {
    const element = `unit ${unit}`
    if (!vlanTagging && unit !== 0) {
      yield { path, element, message: 'Only unit 0 is valid for this encapsulation' }
    } else if (!vlanTagging && vlanId !== 0) {
      yield { path, element, message: 'VLAN-ID can only be specified on tagged ethernet interfaces' }
    } else if (vlanTagging && vlanId === 0 && !flexible) {
      yield { path, element, message: 'VLAN-ID must be specified on tagged ethernet interfaces' }
    } else if (vlanId !== 0 && tags.has(vlanId)) {
      yield { path, element, message: 'duplicate VLAN-ID on interface' }
    }
    tags.add(vlanId)
  }
}

function* checkPrimary(
  { name }: InterfaceConfiguration,
  { unit }: UnitConfiguration,
  { family, addresses }: FamilyConfiguration,
): Iterable<Problem> {
  for (const { address } of addresses.filter(one => one.primary).slice(1)) {
    yield {
      path: ['interfaces', name, 'unit', String(unit), 'family', family],
      element: `address ${address}`,
      message: 'Only one address of a family can be primary',
    }
  }
}

/** Link-local addresses are an interface's own matter (RFC 4007): many interfaces may have the same. */
function* checkIdenticalAddresses(interfaces: Interfaces): Iterable<Problem> {
  const holders = new Map<string, string>()
  for (const { name, units } of interfaces.values()) {
    for (const { unit, families } of units) {
      const here = `${name}.${unit}`
      for (const { family, addresses } of families) {
        for (const { address } of addresses) {
          if (family === 'iso' || isLinkLocal(address)) continue
          const local = address.slice(0, address.indexOf('/'))
          const holder = holders.get(local)
          if (holder === undefined) holders.set(local, here)
          else {
            yield {
              path: ['interfaces', name, 'unit', String(unit), 'family', family],
              element: `address ${address}`,
              message: `identical local address is found on rt_inst default, intfs ${holder} and ${here}, family ${family}`,
            }
          }
        }
      }
    }
  }
}

function isLinkLocal(text: string): boolean {
  const address = parsePrefix(text)?.address
  return address?.family === 'inet6' && address.bytes[0] === 0xfe && (address.bytes[1]! & 0xc0) === 0x80
}
