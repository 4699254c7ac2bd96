import { parsePrefix } from '@hangar/inet'
import type {
  AddressConfiguration,
  InterfaceConfiguration,
  UnitConfiguration,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { families } from './desired.ts'

const highestUnit = 16385
const highestVlanId = 4094
/** An authority and up to 19 more groups of digits, separated by dots (ISO 8348). */
const isoAddress = /^[0-9a-fA-F]{2}(\.[0-9a-fA-F]{1,4}){1,19}$/

/** Says what makes a request one that no kernel could follow; undefined when nothing does. Names the interface and the value. */
export function configurationFault(interfaces: readonly InterfaceConfiguration[]): string | undefined {
  const names = new Set<string>()
  for (const { name, units } of interfaces) {
    if (name === '') return 'an interface has no name'
    if (names.has(name)) return `${name} comes twice`
    names.add(name)
    const numbers = new Set<number>()
    for (const unit of units) {
      if (numbers.has(unit.unit)) return `${name}: unit ${unit.unit} comes twice`
      numbers.add(unit.unit)
      const fault = unitFault(unit)
      if (fault) return `${name}.${unit.unit}: ${fault}`
    }
  }
  return undefined
}

function unitFault({ unit, vlanId, families: configured }: UnitConfiguration): string | undefined {
  if (unit > highestUnit) return `unit is above ${highestUnit}`
  if (vlanId > highestVlanId) return `vlan-id ${vlanId} is above ${highestVlanId}`
  const seen = new Set<string>()
  for (const { family, addresses } of configured) {
    if (!families.includes(family)) return `there is no family ${family}`
    if (seen.has(family)) return `family ${family} comes twice`
    seen.add(family)
    const wrong = addresses.find(address => !isAddressOf(family, address))
    if (wrong) return `${wrong.address} is no address of family ${family}`
  }
  return undefined
}

function isAddressOf(family: string, { address, eui64 }: AddressConfiguration): boolean {
  if (eui64 && family !== 'inet6') return false
  if (family === 'iso') return isoAddress.test(address)
  return parsePrefix(address)?.address.family === family
}
