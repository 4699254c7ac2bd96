import { container } from './dsl.ts'
import type { ContainerSchema } from './node.ts'
import { bgp } from './protocols-bgp.ts'
import { isis, ldp, lldp, ospf, rsvp } from './protocols-igp.ts'
import { mpls } from './protocols-mpls.ts'

const help = 'Routing protocol configuration'

/** The protocols of the device. */
export const protocols = container('protocols', help, () => [
  bgp(),
  isis(),
  ldp(),
  mpls(),
  ospf('ospf'),
  ospf('ospf3'),
  rsvp(),
  lldp(),
])

/** Those that an instance may run itself. */
export function instanceProtocols(): ContainerSchema {
  return container('protocols', help, () => [bgp(), isis(), ldp(), ospf('ospf'), ospf('ospf3')])
}
