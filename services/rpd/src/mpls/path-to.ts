import type { Address } from '@hangar/inet'
import type { Leg } from '../rib/next-hop.ts'
import type { Rib } from '../rib/rib.ts'
import { MASTER } from '../routing-names.ts'

/** The first way that packets to an address take now, as a next hop that is resolved over any route would; undefined: there is none. */
export function wayTo(rib: Rib, address: Address, instance = MASTER): Leg | undefined {
  const nextHop = rib.nextHops.intern(instance, { kind: 'gateways', gateways: [{ address, resolve: 'recursive' }] })
  const [leg] = nextHop.legs
  rib.nextHops.sweep(nextHop)
  return leg
}
