import type { Problem } from '@hangar/daemon'
import type { Interfaces } from './read-interfaces.ts'

/** fe80::/10 (RFC 4291 2.5.6) in canonical text. */
const linkLocal = /^fe[89ab][0-9a-f]:/

/**
 * An address that two units of a routing instance have, or one unit twice with two lengths: the only thing wrong that takes more than one
 * unit to see. What is wrong within a unit or a port is found by the configuration database before any daemon is asked.
 */
export function* identicalAddresses(
  interfaces: Interfaces,
  instances: ReadonlyMap<string, string> = new Map(),
): Iterable<Problem> {
  const holders = new Map<string, string>()
  for (const { unit, family, address } of internetAddresses(interfaces)) {
    const local = address.slice(0, address.indexOf('/'))
    const instance = instances.get(unit) ?? 'default'
    const holder = holders.get(`${instance} ${local}`)
    if (holder === undefined) {
      holders.set(`${instance} ${local}`, unit)
      continue
    }
    const [name, number] = unit.split('.') as [string, string]
    yield {
      path: ['interfaces', name, 'unit', number, 'family', family],
      element: `address ${address}`,
      message: `identical local address is found on rt_inst ${instance}, intfs ${holder} and ${unit}, family ${family}`,
    }
  }
}

/**
 * Left out: link-local addresses, which belong to their link alone (RFC 4007), so that many interfaces may have the same; and
 * those whose second half the kernel makes.
 */
function* internetAddresses(interfaces: Interfaces): Iterable<{ unit: string; family: string; address: string }> {
  for (const { name, units } of interfaces.values()) {
    for (const { unit, families } of units) {
      for (const { family, addresses } of families) {
        if (family !== 'inet' && family !== 'inet6') continue
        for (const { address, eui64 } of addresses) {
          if (!eui64 && !linkLocal.test(address)) yield { unit: `${name}.${unit}`, family, address }
        }
      }
    }
  }
}
