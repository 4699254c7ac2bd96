import { container } from './dsl.ts'
import type { ContainerSchema } from './node.ts'
import { bgp } from './protocols-bgp.ts'
import { isis } from './protocols-isis.ts'
import { l2circuit, ldp, rsvp } from './protocols-labels.ts'
import { mpls } from './protocols-mpls.ts'
import { igmp, mld, pim, routerAdvertisement } from './protocols-multicast.ts'
import { ospf } from './protocols-ospf.ts'
import {
  evpn,
  igmpSnooping,
  l2Learning,
  lacp,
  layer2Control,
  lldp,
  lldpMed,
  mstp,
  rstp,
  sflow,
  vstp,
} from './protocols-switching.ts'

const help = 'Routing protocol configuration'

/** The protocols of the device. */
export const protocols = container('protocols', help, () => [
  bgp(),
  evpn(),
  igmp(),
  isis(),
  l2circuit(),
  ldp(),
  mld(),
  mpls(),
  ospf('ospf'),
  ospf('ospf3'),
  pim(),
  routerAdvertisement(),
  rsvp(),
  igmpSnooping,
  l2Learning,
  lacp,
  layer2Control,
  lldp,
  lldpMed,
  mstp,
  rstp,
  sflow,
  vstp,
])

/** Those that an instance may run itself. */
export function instanceProtocols(): ContainerSchema {
  return container('protocols', help, () => [
    bgp(),
    evpn(),
    igmpSnooping,
    isis(),
    ldp(),
    ospf('ospf'),
    ospf('ospf3'),
    pim(),
    routerAdvertisement(),
  ])
}
