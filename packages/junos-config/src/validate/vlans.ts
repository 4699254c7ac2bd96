import type { Branch } from '../tree/node.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'

/** Interfaces that name no VLANs. */
const without = new WeakSet<Branch>()

/** VLANs of switched interfaces by name: numbers, ranges of them and `all` need no definition. */
export function checkVlans(config: ConfigView): Problem[] {
  const vlans = config.at('vlans')
  const interfaces = config.at('interfaces')
  return [
    ...duplicates(vlans),
    ...interfaces.list().flatMap(device => {
      if (without.has(device.branch!)) return []
      const problems: Problem[] = []
      let named = 0
      for (const unit of device.list('unit')) {
        const family = unit.at('family', 'ethernet-switching')
        const vlan = family.at('vlan')
        for (const member of vlan.values('members')) {
          if (member === 'all' || /^\d/.test(member)) continue
          named++
          if (vlans.at(member).exists) continue
          const path = [step(interfaces), step(device), step(unit), step(unit.at('family')), step(family), step(vlan)]
          problems.push(semantic(path, `members ${member}`, `Referenced vlan '${member}' is not defined`))
        }
      }
      if (named === 0) without.add(device.branch!)
      return problems
    }),
  ]
}

/** A number is one VLAN's. */
function duplicates(vlans: ConfigView): Problem[] {
  const seen = new Map<string, string>()
  return vlans.list().flatMap(vlan => {
    const id = vlan.leaf('vlan-id')
    if (id === undefined || !/^\d+$/.test(id)) return []
    const twin = seen.get(id)
    seen.set(id, vlan.key)
    if (twin === undefined) return []
    return [
      semantic([step(vlans), step(vlan)], `vlan-id ${id}`, `duplicate VLAN-ID ${id}: already used by vlan ${twin}`),
    ]
  })
}
