import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { text } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { instanceName } from './references.ts'
import { opposites } from './route-attributes.ts'

/** What a group of routers that share an address watches, and by how much it then gives way. */
const track = container('track', 'What is watched', () => [
  list(
    'interface',
    'Interface',
    key('interface-name', 'Logical interface', logicalInterfaceName),
    () => [
      list(
        'bandwidth-threshold',
        'Bandwidth that is too little',
        key('bandwidth', 'Bits a second', integer(1, 10000000000000)),
        [leaf('priority-cost', 'What the priority loses', integer(1, 254))],
        { oneLine: 'single' },
      ),
      leaf('priority-cost', 'What the priority loses', integer(1, 254)),
    ],
    { oneLine: 'single' },
  ),
  leaf('priority-hold-time', 'Seconds between changes', integer(0, 3600)),
  list(
    'route',
    'Route',
    [
      key('prefix', 'Destination', ipPrefix('refused')),
      key('routing-instance', 'Its routing instance follows', choice({ 'routing-instance': 'Its routing instance' })),
      key('instance-name', 'Routing instance', instanceName),
    ],
    [leaf('priority-cost', 'What the priority loses', integer(1, 254))],
    { oneLine: 'always' },
  ),
])

function vrrp(family: 'inet' | 'inet6'): SchemaNode {
  const v6 = family === 'inet6'
  return list(
    v6 ? 'vrrp-inet6-group' : 'vrrp-group',
    'Group of routers that share an address',
    key('group-number', 'Number of the group', integer(0, 255)),
    () => [
      leafList(v6 ? 'virtual-inet6-address' : 'virtual-address', 'Address that is shared', ipAddress(family)),
      ...(v6 ? [leaf('virtual-link-local-address', 'Address of the link', ipAddress(family))] : []),
      leaf('priority', 'Priority of this router', integer(0, 255), { default: '100' }),
      ...oneOf('interval', [
        leaf('advertise-interval', 'Seconds between signs of life', integer(1, 255)),
        leaf(
          v6 ? 'inet6-advertise-interval' : 'fast-interval',
          'Milliseconds between signs of life',
          integer(10, 40950),
        ),
      ]),
      ...oneOf<SchemaNode>('preempt', [
        container(
          'preempt',
          'Take over from lower priorities',
          [leaf('hold-time', 'Seconds before that', integer(0, 3600))],
          { presence: true },
        ),
        flag('no-preempt', "Don't take over from lower priorities"),
      ]),
      ...opposites('accept-data', 'Take packets to the shared address', "Don't take packets to the shared address"),
      leaf('authentication-type', 'Kind of authentication', choice({ md5: 'MD5', simple: 'A password in the clear' })),
      leaf('authentication-key', 'Key', text, { secret: true }),
      track,
    ],
  )
}

const arp = list(
  'arp',
  'Neighbor that is known',
  key('address', 'Its address', ipAddress('inet')),
  [
    leaf('l2-interface', 'Interface of the VLAN', logicalInterfaceName),
    ...oneOf('mac', [
      leaf('mac', 'Its MAC address', macAddress),
      leaf('multicast-mac', 'A MAC address of several', macAddress),
    ]),
    flag('publish', 'Answer for it'),
  ],
  { oneLine: 'always' },
)

const neighbor = list(
  'ndp',
  'Neighbor that is known',
  key('address', 'Its address', ipAddress('inet6')),
  [
    leaf('l2-interface', 'Interface of the VLAN', logicalInterfaceName),
    leaf('mac', 'Its MAC address', macAddress),
    flag('publish', 'Answer for it'),
  ],
  { oneLine: 'always' },
)

/** `address 192.0.2.1/24 { ... }`. */
export function address(family: 'inet' | 'inet6'): SchemaNode {
  const own: readonly SchemaNode[] =
    family === 'inet'
      ? [
          leaf('destination', 'The other end', ipAddress('inet')),
          leaf('broadcast', 'Broadcast address', ipAddress('inet')),
          arp,
        ]
      : [flag('eui-64', 'Derive the interface part from the MAC address'), neighbor]
  return list(
    'address',
    'Interface address and destination prefix',
    key('source', 'Interface address/prefix', ipPrefix('kept', family, 'source')),
    () => [
      ...own,
      flag('primary', 'Candidate for primary address in system'),
      flag('preferred', 'Preferred address on interface'),
      flag('master-only', 'On the Routing Engine that acts alone'),
      vrrp(family),
      leaf('virtual-gateway-address', 'Address that all gateways share', ipAddress(family)),
    ],
  )
}

/** An interface without an address of its own. */
export const unnumbered = container(
  'unnumbered-address',
  'Use the address of another interface',
  [
    leaf('source', 'The other interface', logicalInterfaceName, { keyword: false }),
    leaf('preferred-source-address', 'Which of its addresses', ipAddress()),
  ],
  { oneLine: 'single' },
)
