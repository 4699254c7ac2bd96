import { formatAddress } from '@hangar/inet'
import type { Interfaces } from '../interfaces/interfaces.ts'
import { MASTER } from '../routing-names.ts'
import type { Settings } from './settings.ts'

/**
 * The router id of an instance: the configured one, else the address of a loopback that is not 127/8, else that of the first interface
 * with one; '' where there is none.
 */
export function routerIdOf(settings: Settings, interfaces: Interfaces, instance = MASTER): string {
  const configured = instance === MASTER ? settings.routerId : settings.instances.get(instance)?.routerId
  if (configured !== undefined) return configured
  const own = [...interfaces].filter(ifl => ifl.instance === instance && ifl.up)
  for (const ifl of [...own.filter(one => one.loopback), ...own.filter(one => !one.loopback)]) {
    const addresses = ifl.addresses.filter(({ address }) => address.family === 'inet' && address.bytes[0] !== 127)
    const chosen = addresses.find(one => one.primary) ?? addresses[0]
    if (chosen) return formatAddress(chosen.address)
  }
  return ''
}

/** What commands show of the device and its routing instances, the main one first. */
export function instanceFacts(settings: Settings, interfaces: Interfaces) {
  const main = {
    name: MASTER,
    type: 'forwarding',
    routerId: routerIdOf(settings, interfaces),
    interfaces: [...interfaces].filter(ifl => ifl.instance === MASTER).map(({ name }) => name),
  }
  const others = [...settings.instances.values()].map(one => ({
    ...one,
    routerId: routerIdOf(settings, interfaces, one.name),
  }))
  return [main, ...others]
}
