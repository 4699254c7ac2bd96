import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, interfaceName, logicalInterfaceName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { numberRange } from '../values/range.ts'
import { boundedText, type ValueType } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, ListSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { processTraceOptions } from './trace-options.ts'

/*
 * The protocols between switches, as they are configured: nobody speaks them here.
 */

/** A port, with or without a unit, or all of them. */
const portOrAll: ValueType = {
  ...interfaceName,
  choices: [{ name: 'all', help: 'All interfaces' }],
  open: true,
  read: text => (text === 'all' ? { value: text } : logicalInterfaceName.read(text)),
}

function onPort(body: () => readonly SchemaNode[]): ListSchema {
  return list('interface', 'Interface options', key('interface-name', 'Interface', portOrAll), body)
}

/** A multiple of 4096, as `16k` or in full. */
const priorities = Object.fromEntries(
  Array.from({ length: 16 }, (_, i) => [i === 0 ? '0' : `${4 * i}k`, `${4096 * i}`]),
)
const bridgePriority = leaf('bridge-priority', 'Priority of the bridge', choice(priorities))

const timers: readonly SchemaNode[] = [
  leaf('max-age', 'Seconds without word from the root', integer(6, 40)),
  leaf('hello-time', 'Seconds between hellos', integer(1, 10)),
  leaf('forward-delay', 'Seconds before forwarding', integer(4, 30)),
]

const treePort: readonly SchemaNode[] = [
  leaf('priority', 'Priority of the port', integer(0, 240)),
  leaf('cost', 'Cost of the port', integer(1, 200000000)),
]

const treePortOptions: readonly SchemaNode[] = [
  ...treePort,
  leaf('mode', 'Kind of link', choice({ 'point-to-point': 'To one other', shared: 'To several' })),
  flag('edge', 'There is no bridge behind it'),
  flag('no-root-port', 'The root is never behind it'),
  flag('disable', "Don't run it here"),
]

const common: readonly SchemaNode[] = [
  processTraceOptions({
    all: 'Everything',
    bpdu: 'Packets',
    ppmd: 'Periodic packets',
    timers: 'Timers',
    events: 'Events',
    'port-information-state-machine': 'Ports',
    'topology-change-state-machine': 'Changes of topology',
  }),
  flag('bpdu-block-on-edge', 'Turn off edge ports behind which there is a bridge'),
]

export const rstp = container('rstp', 'Rapid spanning tree', () => [
  flag('disable', "Don't run it"),
  ...common,
  bridgePriority,
  ...timers,
  onPort(() => treePortOptions),
])

const vlans = leafList('vlan', 'VLANs', numberRange(1, 4094, 'vlan'))

export const mstp = container('mstp', 'Multiple spanning trees', () => [
  flag('disable', "Don't run it"),
  ...common,
  bridgePriority,
  ...timers,
  leaf('configuration-name', 'Name of the region', boundedText('name', 1, 32)),
  leaf('revision-level', 'Revision of the region', integer(0, 65535)),
  leaf('max-hops', 'Bridges on the way', integer(1, 255)),
  onPort(() => treePortOptions),
  list('msti', 'Tree', key('msti-id', 'Number of the tree', integer(1, 4094)), () => [
    bridgePriority,
    vlans,
    onPort(() => treePort),
  ]),
])

export const vstp = container('vstp', 'A spanning tree for each VLAN', () => [
  flag('disable', "Don't run it"),
  ...common,
  onPort(() => treePortOptions),
  list('vlan', 'VLAN', key('vlan-id', 'Number of the VLAN', integer(1, 4094)), () => [
    bridgePriority,
    ...timers,
    onPort(() => treePortOptions),
  ]),
])

export const lldp = container('lldp', 'Link Layer Detection Protocol', () => [
  flag('disable', 'Disable LLDP'),
  leaf('advertisement-interval', 'Transmit interval for LLDP messages', integer(5, 32768), { default: '30' }),
  leaf('transmit-delay', 'Seconds between changes that are told', integer(1, 8192)),
  leaf('hold-multiplier', 'Hold timer interval for LLDP messages', integer(2, 10), { default: '4' }),
  leaf('ptopo-configuration-trap-interval', 'Seconds between traps of the topology', integer(0, 3600)),
  leaf('ptopo-configuration-maximum-hold-time', 'Seconds for which the topology is good', integer(1, 2147483647)),
  leaf('lldp-configuration-notification-interval', 'Seconds between traps', integer(0, 3600)),
  leaf('management-address', 'Address that is told', ipAddress()),
  leaf(
    'port-description-type',
    'What describes ports',
    choice({ 'interface-alias': 'Their description', 'interface-description': 'Their name' }),
  ),
  onPort(() => [flag('disable', 'Disable LLDP'), flag('enable', 'Enable LLDP')]),
])

export const lldpMed = container('lldp-med', 'LLDP for telephones', () => [
  flag('disable', 'Disable LLDP-MED'),
  leaf('fast-start', 'Messages to a new telephone', integer(1, 10), { default: '3' }),
  onPort(() => [flag('disable', 'Disable LLDP-MED')]),
])

export const lacp = container('lacp', 'Link aggregation', () => [
  processTraceOptions({
    all: 'Everything',
    configuration: 'Configuration',
    packet: 'Packets',
    mib: 'SNMP',
    ppm: 'Periodic packets',
    process: 'The process',
    startup: 'Start',
  }),
  leaf('ppm', 'Who sends periodic packets', choice({ centralized: 'The Routing Engine' })),
])

export const l2Learning = container('l2-learning', 'Learning of MAC addresses', () => [
  processTraceOptions({
    all: 'Everything',
    config: 'Configuration',
    ipc: 'Messages of processes',
    'mac-learning': 'Addresses',
  }),
  leaf('global-mac-table-aging-time', 'Seconds for which an address is known', integer(10, 1000000), {
    default: '300',
  }),
  leaf('global-mac-limit', 'Addresses at most', integer(20, 1048575)),
  container('global-mac-statistics', 'Count by address', [], { presence: true }),
  container('global-mac-move', 'Addresses that move', [
    leaf('threshold-time', 'Milliseconds that are looked at', integer(1, 2147483647)),
    leaf('threshold-count', 'Moves that are too many', integer(2, 2147483647)),
    leaf('reopen-time', 'Seconds for which a port is closed', integer(1, 2147483647)),
  ]),
  leaf('global-mode', 'What the device is', choice({ 'transparent-bridge': 'A bridge', switching: 'A switch' })),
  container('decapsulate-accept-inner-vlan', 'Take VXLAN packets with a VLAN inside', [], { presence: true }),
])

const snoopedInterface = list(
  'interface',
  'Interface',
  key('interface-name', 'Logical interface', logicalInterfaceName),
  () => [
    flag('multicast-router-interface', 'There is a multicast router'),
    flag('immediate-leave', 'Stop at once when somebody has left'),
    leaf('group-limit', 'Groups at most', integer(0, 65535)),
    container('static', 'Groups that are always wanted', () => [
      list('group', 'Group', key('address', 'Address of the group', ipAddress('inet')), []),
    ]),
  ],
)

export const igmpSnooping = container('igmp-snooping', 'Multicast to those that ask', () => [
  list('vlan', 'VLAN', key('vlan-name', 'Name of the VLAN, or all', identifier), () => [
    flag('immediate-leave', 'Stop at once when somebody has left'),
    flag('proxy', 'Speak for the hosts'),
    leaf('query-interval', 'Seconds between queries', integer(1, 1024)),
    leaf('robust-count', 'Packets that may be lost', integer(2, 10)),
    container('l2-querier', 'Ask when there is no router', () => [
      leaf('source-address', 'Address to ask from', ipAddress('inet')),
    ]),
    snoopedInterface,
  ]),
])

export const sflow = container('sflow', 'Samples of traffic', () => [
  leaf('agent-id', 'Address of this agent', ipAddress()),
  leaf('polling-interval', 'Seconds between counters', integer(0, 3600), { default: '20' }),
  container(
    'sample-rate',
    'One packet in so many',
    [leaf('ingress', 'That comes in', integer(100, 16777215)), leaf('egress', 'That goes out', integer(100, 16777215))],
    { oneLine: 'always' },
  ),
  leaf('source-ip', 'Address that samples come from', ipAddress()),
  list('collector', 'Receiver', key('address', 'Its address', ipAddress()), [
    leaf('udp-port', 'Its port', port, { default: '6343' }),
  ]),
  list('interfaces', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), [
    leaf('polling-interval', 'Seconds between counters', integer(0, 3600)),
    container(
      'sample-rate',
      'One packet in so many',
      [
        leaf('ingress', 'That comes in', integer(100, 16777215)),
        leaf('egress', 'That goes out', integer(100, 16777215)),
      ],
      { oneLine: 'always' },
    ),
  ]),
])

export const layer2Control = container('layer2-control', 'Protection of layer 2', () => [
  container('nonstop-bridging', 'Keep bridging at a switchover', [], { presence: true }),
  container('bpdu-block', 'Ports without bridges', [
    list('interface', 'Port', key('interface-name', 'Interface', portOrAll), [
      flag('drop', 'Drop packets of bridges'),
      flag('shutdown', 'Turn off the port'),
    ]),
    leaf('disable-timeout', 'Seconds after which a port is tried again', integer(10, 3600)),
  ]),
])

const allOrVni: ValueType = {
  ...integer(1, 16777214, 'vni'),
  choices: [{ name: 'all', help: 'All of them' }],
  open: true,
  read: text => (text === 'all' ? { value: text } : numberRange(1, 16777214).read(text)),
}

/** EVPN, of the default instance or of one that is of such a type. */
export function evpn(): ContainerSchema {
  return container('evpn', 'EVPN', () => [
    leaf('encapsulation', 'How packets travel', choice({ mpls: 'MPLS', vxlan: 'VXLAN' })),
    leaf(
      'multicast-mode',
      'How packets to all travel',
      choice({
        'ingress-replication': 'Once to each',
      }),
    ),
    leaf(
      'default-gateway',
      'What is told of the gateway',
      choice({ advertise: 'Its address', 'do-not-advertise': 'Nothing', 'no-gateway-community': 'No community' }),
    ),
    leafList('extended-vni-list', 'VNIs to extend', allOrVni),
    leafList('extended-vlan-list', 'VLANs to extend', numberRange(1, 4094, 'vlan')),
    protocolInterface(() => [leaf('vlan-id', 'VLAN', integer(1, 4094))]),
    flag('no-core-isolation', 'Go on when no other is reached'),
  ])
}
