import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer, integerOr } from '../values/number.ts'
import { numberRange } from '../values/range.ts'
import { routeDistinguisher, targetCommunity } from '../values/routing.ts'
import { boundedText, reference } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { filterLeaf } from './references.ts'

/** Who of a VLAN is a router for it: `irb.10`. */
const l3Interface = leaf('l3-interface', 'Interface that routes for it', logicalInterfaceName)

const name = boundedText('name', 2, 64)
const vlanName = reference(name, {
  to: ['vlans'],
  message: value => `Referenced vlan '${value}' is not defined`,
})

const vxlan = container('vxlan', 'VXLAN', () => [
  leaf('vni', 'Number of the segment', integer(0, 16777214)),
  leaf('translation-vni', 'Number of the segment elsewhere', integer(1, 16777214)),
  leaf('multicast-group', 'Group of the segment', ipAddress('inet')),
  flag('encapsulate-inner-vlan', 'Keep the VLAN inside'),
  flag('decapsulate-accept-inner-vlan', 'Take packets with a VLAN inside'),
  leaf('unreachable-vtep-aging-timer', 'Seconds until an end that is gone is forgotten', integer(300, 1800)),
  flag('ingress-node-replication', 'Once to each'),
  leafList('static-remote-vtep-list', 'Ends that are known', ipAddress()),
])

const packetAction = leaf(
  'packet-action',
  'What becomes of further ones',
  choice({
    drop: 'They are dropped',
    'drop-and-log': 'They are dropped, and it is logged',
    log: 'It is logged',
    none: 'Nothing',
    shutdown: 'The interface is turned off',
  }),
)

function macLimit(title: string, help: string): SchemaNode {
  return container(title, help, [leaf('limit', 'How many', integer(1, 1048575), { keyword: false }), packetAction], {
    oneLine: 'single',
  })
}

const learning = (): readonly SchemaNode[] => [
  macLimit('mac-table-size', 'Addresses at most'),
  macLimit('interface-mac-limit', 'Addresses at most behind an interface'),
  leaf('mac-table-aging-time', 'Seconds for which an address is known', integer(10, 1000000)),
  flag('no-mac-learning', "Don't learn addresses"),
  flag('mac-statistics', 'Count by address'),
]

const learningInterface = list(
  'interface',
  'Interface',
  key('interface-name', 'Logical interface', logicalInterfaceName),
  () => [
    macLimit('interface-mac-limit', 'Addresses at most'),
    flag('no-mac-learning', "Don't learn addresses"),
    list('static-mac', 'Address that is always there', key('mac-address', 'Address', macAddress), [
      leaf('vlan-id', 'VLAN', integer(0, 4094)),
    ]),
    flag('persistent-learning', 'Learn for good'),
  ],
)

/** How addresses are learned, for a VLAN or the device. */
export function switchOptions(help: string, more: readonly SchemaNode[] = []): ContainerSchema {
  return container('switch-options', help, () => [...more, ...learning(), learningInterface])
}

/** The device as one end of VXLAN tunnels. */
export const deviceSwitchOptions = switchOptions('Switching options', [
  leaf('vtep-source-interface', 'Interface that tunnels come from', logicalInterfaceName),
  leaf('route-distinguisher', 'Route distinguisher', routeDistinguisher),
  container(
    'vrf-target',
    'Target community',
    () => [
      leaf('community', 'Community', targetCommunity, { keyword: false }),
      leaf('import', 'Community to take', targetCommunity),
      leaf('export', 'Community to give', targetCommunity),
      flag('auto', 'By the number of each VLAN'),
    ],
    { oneLine: 'single' },
  ),
  leaf('service-id', 'Number of the service', integer(1, 65535)),
])

const tag = boundedText('[tpid.]vlan-id', 1, 16)

const vlanTags = container(
  'vlan-tags',
  'Two tags',
  [leaf('outer', 'The outer one', tag), leaf('inner', 'The inner one', tag)],
  { oneLine: 'always' },
)

const words = { all: 'All', none: 'None' }

const forwarding = container('forwarding-options', 'Forwarding', () => [
  container('filter', 'Filters', [
    filterLeaf('input', 'Filter for packets', 'ethernet-switching'),
    filterLeaf('output', 'Filter for packets that leave', 'ethernet-switching'),
  ]),
  container('flood', 'Packets to all', [filterLeaf('input', 'Filter for such packets', 'ethernet-switching')]),
  container(
    'dhcp-security',
    'DHCP that is watched',
    () => [
      flag('arp-inspection', 'Check address resolution too'),
      flag('ip-source-guard', 'Check source addresses too'),
      list('group', 'Interfaces', key('group-name', 'Name of the group', identifier), () => [
        container('overrides', 'Differently', [
          flag('trusted', 'There are servers'),
          flag('untrusted', 'There are no servers'),
        ]),
        list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), []),
      ]),
      container('option-82', 'Tell servers where a client is', [], { presence: true }),
    ],
    { presence: true },
  ),
])

/** VLANs by their names. */
export const vlans = container('vlans', 'VLAN configuration', () => [
  list(
    'vlan',
    'VLAN name',
    key('vlan-name', 'VLAN name', name),
    () => [
      leaf('description', 'Text description of the VLAN', boundedText('description', 0, 255)),
      ...oneOf<SchemaNode>('vlan-identifier', [
        leaf('vlan-id', 'Number of the VLAN', integerOr(words, 1, 4094)),
        leafList('vlan-id-list', 'Numbers, each of which is a VLAN', numberRange(1, 4094, 'vlan')),
        vlanTags,
      ]),
      list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), [], {
        order: 'user',
      }),
      l3Interface,
      flag('no-local-switching', 'Nothing between interfaces of customers'),
      forwarding,
      switchOptions('Learning of addresses'),
      flag('no-irb-layer-2-copy', "Don't copy packets of the router"),
      leaf('service-id', 'Number of the service', integer(1, 65535)),
      flag('mcae-mac-synchronize', 'Same MAC address on both of a pair'),
      container('proxy-mac', 'Answer for others', [
        flag('irb', 'With the address of the router'),
        leaf('proxy-mac-address', 'With this address', macAddress),
      ]),
      leaf(
        'private-vlan',
        'Kind of private VLAN',
        choice({ isolated: 'Each alone', community: 'Some among themselves' }),
      ),
      leaf('isolated-vlan', 'Private VLAN of those that are alone', vlanName),
      leafList('community-vlans', 'Private VLANs of some', vlanName),
      vxlan,
    ],
    { keyword: false, order: 'system' },
  ),
])

const bridgeOptions = container('bridge-options', 'Learning of addresses', () => [...learning(), learningInterface])

/** Bridge domains: what VLANs are on routers. */
export const bridgeDomains = container('bridge-domains', 'Bridge domain configuration', () => [
  list(
    'domain',
    'Bridge domain name',
    key('domain-name', 'Bridge domain name', boundedText('name', 1, 64)),
    () => [
      leaf('description', 'Text description of the bridge domain', boundedText('description', 0, 255)),
      leaf('domain-type', 'Kind of domain', choice({ bridge: 'Bridge' })),
      ...oneOf<SchemaNode>('vlan-identifier', [
        leaf('vlan-id', 'Number of the VLAN', integerOr(words, 1, 4094)),
        leafList('vlan-id-list', 'Numbers, each of which is a VLAN', numberRange(1, 4094, 'vlan')),
        vlanTags,
      ]),
      list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), [], {
        order: 'user',
      }),
      leaf('routing-interface', 'Interface that routes for it', logicalInterfaceName),
      flag('no-local-switching', 'Nothing between interfaces of customers'),
      bridgeOptions,
      vxlan,
    ],
    { keyword: false, order: 'system' },
  ),
])
