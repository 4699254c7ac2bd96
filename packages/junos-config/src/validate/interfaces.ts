import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'

/** Interfaces with which nothing is wrong, and units with whose addresses nothing is: branches never change. */
const sound = new WeakSet<Branch>()
const soundAddresses = new WeakSet<Branch>()

/** What dcd's check demands of interfaces, in its recorded words. */
export function checkInterfaces(config: ConfigView): Problem[] {
  const interfaces = config.at('interfaces')
  return interfaces.list().flatMap(device => {
    const branch = device.branch!
    if (sound.has(branch)) return []
    const problems = checkInterface([step(interfaces), step(device)], device)
    if (problems.length === 0) sound.add(branch)
    return problems
  })
}

/** Other ways than `vlan-id` to say which frames are a unit's. */
const severalTags = ['vlan-tags', 'vlan-id-list', 'vlan-id-range'] as const

function checkInterface(path: readonly Step[], device: ConfigView): Problem[] {
  const problems: Problem[] = []
  const alwaysTagged = device.has('vlan-tagging')
  const tagged = alwaysTagged || ['flexible-vlan-tagging', 'stacked-vlan-tagging'].some(name => device.has(name))
  const ethernet = isEthernet(device.key)
  const vlans = new Map<string, string>()
  for (const unit of device.list('unit')) {
    const refuse = (message: string) => problems.push(semantic(path, `unit ${unit.key}`, message))
    const vlan = unit.leaf('vlan-id')
    const tags = vlan !== undefined || severalTags.some(name => unit.has(name))
    if (tags && !tagged) refuse('VLAN-ID can only be specified on tagged ethernet interfaces')
    if (ethernet && !tagged && unit.key !== '0' && !tags) {
      refuse('Only unit 0 is valid for this encapsulation')
    }
    // With flexible tagging a unit may stay untagged through the native VLAN.
    if (alwaysTagged && ethernet && !tags) {
      refuse('VLAN-ID must be specified on tagged ethernet interfaces')
    }
    const twin = vlan === undefined ? undefined : vlans.get(vlan)
    if (twin !== undefined) refuse(`duplicate VLAN-ID ${vlan}: already used by unit ${twin}`)
    if (vlan !== undefined) vlans.set(vlan, unit.key)
    const branch = unit.branch!
    if (soundAddresses.has(branch)) continue
    const found = checkAddresses([...path, step(unit)], unit)
    if (found.length === 0) soundAddresses.add(branch)
    problems.push(...found)
  }
  return problems
}

/** One address at most is primary in a family, and one preferred in a subnet's family. */
function checkAddresses(path: readonly Step[], unit: ConfigView): Problem[] {
  const problems: Problem[] = []
  for (const name of ['inet', 'inet6']) {
    const addresses = unit.at('family', name).list('address')
    const primary = addresses.filter(address => address.has('primary'))
    for (const address of primary.slice(1)) {
      problems.push(
        semantic(path, `family ${name}`, `Only one primary address is allowed: ${primary[0]!.key}, ${address.key}`),
      )
    }
  }
  return problems
}

/** Interfaces on which units are VLANs. */
function isEthernet(name: string): boolean {
  return /^(fe|ge|xe|et|ae|reth)/.test(name)
}
