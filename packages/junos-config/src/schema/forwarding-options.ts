import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { boundedText, reference } from '../values/value.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { filterLeaf, instanceName } from './references.ts'

const flowServer = list('flow-server', 'Collector', key('address', 'Its address', ipAddress()), () => [
  leaf('port', 'Its port', port),
  leaf('autonomous-system-type', 'AS numbers to tell', choice({ origin: 'Of the origin', peer: 'Of the peer' })),
  leaf('source-address', 'Address that records come from', ipAddress()),
  leaf('version', 'Version of the format', choice({ '5': 'Version 5', '8': 'Version 8', '500': 'Version 500' })),
  container('version9', 'Version 9', () => [container('template', 'Template', () => [template])]),
  container('version-ipfix', 'IPFIX', () => [container('template', 'Template', () => [template])]),
])

const template = leaf('template-name', 'Name of the template', identifier, { keyword: false })

const output = container('output', 'What becomes of samples', () => [
  flowServer,
  container('inline-jflow', 'Made by line cards', () => [
    leaf('source-address', 'Address that records come from', ipAddress()),
    leaf('flow-export-rate', 'Records a second, in thousands', integer(1, 3200)),
  ]),
  leaf('flow-active-timeout', 'Seconds after which a flow is told', integer(60, 1800)),
  leaf('flow-inactive-timeout', 'Seconds after which a silent flow is told', integer(15, 1800)),
])

const input = container('input', 'What is sampled', [
  leaf('rate', 'One packet in so many', integer(1, 16000000)),
  leaf('run-length', 'Further packets', integer(0, 20)),
  leaf('max-packets-per-second', 'Packets a second', integer(0, 65535)),
  leaf('maximum-packet-length', 'Bytes of a packet', integer(0, 9192)),
])

const families: Readonly<Record<string, string>> = { inet: 'IPv4', inet6: 'IPv6', mpls: 'MPLS' }

function ofFamilies(body: () => readonly SchemaNode[]): ContainerSchema {
  return container(
    'family',
    'Protocol family',
    Object.entries(families).map(([name, help]) => container(name, help, body)),
    { prefix: true },
  )
}

const sampling = container('sampling', 'Samples of packets', () => [
  flag('disable', "Don't"),
  flag('sample-once', 'A packet once'),
  input,
  ofFamilies(() => [flag('disable', "Don't"), output]),
  list('instance', 'Instance', key('instance-name', 'Name of the instance', identifier), () => [
    flag('disable', "Don't"),
    input,
    ofFamilies(() => [flag('disable', "Don't"), output]),
  ]),
])

const mirrorOutput = container('output', 'Where copies go', [
  list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), [
    list('next-hop', 'Router behind it', key('address', 'Its address', ipAddress()), []),
  ]),
  flag('no-filter-check', 'To interfaces with filters too'),
])

const mirroring = container('port-mirroring', 'Copies of packets', () => [
  flag('disable', "Don't"),
  input,
  ofFamilies(() => [mirrorOutput]),
  list('instance', 'Instance', key('instance-name', 'Name of the instance', identifier), () => [
    input,
    ofFamilies(() => [mirrorOutput]),
  ]),
])

const serverGroup = reference(identifier, {
  to: ['forwarding-options', 'dhcp-relay', 'server-group'],
  message: name => `Referenced server-group '${name}' is not defined`,
})

const overrides = container(
  'overrides',
  'Differently',
  [
    flag('allow-snooped-clients', 'Clients whose packets are seen'),
    flag('always-write-giaddr', 'Write our address into all'),
    flag('always-write-option-82', 'Write where the client is into all'),
    flag('layer2-unicast-replies', 'Answer to the MAC address'),
    flag('trust-option-82', 'Believe what others have written'),
    flag('no-arp', "Don't learn addresses"),
    flag('disable-relay', "Don't relay"),
  ],
  { presence: true },
)

const option82 = container(
  'relay-option-82',
  'Tell servers where a client is',
  () =>
    ['circuit-id', 'remote-id'].map(name =>
      container(
        name,
        'What is told',
        [
          leaf(
            'use-interface-description',
            'The description',
            choice({ device: 'Of the port', logical: 'Of the unit' }),
          ),
          flag('include-irb-and-l2', 'Both interfaces'),
          flag('use-vlan-id', 'The number of the VLAN'),
        ],
        { presence: true },
      ),
    ),
  { presence: true },
)

function relay(family: 'inet' | 'inet6', more: () => readonly SchemaNode[]): readonly SchemaNode[] {
  return [
    ...more(),
    overrides,
    ...(family === 'inet' ? [option82] : []),
    container('forward-only', 'Keep nothing in mind', () => [], { presence: true }),
    leaf('maximum-hop-count', 'Relays on the way', integer(1, 16)),
    leaf('minimum-wait-time', 'Seconds before a request is relayed', integer(0, 30000)),
    leaf('active-server-group', 'Servers to ask', serverGroup),
    list('group', 'Interfaces', key('group-name', 'Name of the group', identifier), () => [
      leaf('active-server-group', 'Servers to ask', serverGroup),
      overrides,
      ...(family === 'inet' ? [option82] : []),
      container('forward-only', 'Keep nothing in mind', () => [], { presence: true }),
      list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), () => [
        flag('exclude', 'Not this one'),
        overrides,
      ]),
    ]),
  ]
}

function groups(family: 'inet' | 'inet6'): SchemaNode {
  return container('server-group', 'Servers by a name', () => [
    list(
      'server-group',
      'Servers',
      key('group-name', 'Name of the servers', identifier),
      () => [list('address', 'Server', key('address', 'Its address', ipAddress(family)), [], { keyword: false })],
      { keyword: false },
    ),
  ])
}

/** `dhcp-relay`, of the device or of an instance. */
export function dhcpRelay(): ContainerSchema {
  return container('dhcp-relay', 'DHCP for clients whose server is elsewhere', () =>
    relay('inet', () => [
      container('dhcpv6', 'For IPv6', () => relay('inet6', () => [groups('inet6')])),
      groups('inet'),
    ]),
  )
}

const bootp = container('bootp', 'BOOTP for clients whose server is elsewhere', () => [
  leaf('description', 'What it is for', boundedText('description', 1, 255)),
  list('server', 'Server', key('address', 'Its address', ipAddress('inet')), () => [
    leaf('routing-instance', 'Its instance', instanceName),
  ]),
  leaf('maximum-hop-count', 'Relays on the way', integer(1, 16)),
  leaf('minimum-wait-time', 'Seconds before a request is relayed', integer(0, 30000)),
  flag('relay-agent-option', 'Tell servers where a client is'),
  list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), () => [
    flag('no-listen', 'Not here'),
    list('server', 'Server', key('address', 'Its address', ipAddress('inet')), []),
  ]),
])

const stormControl = list(
  'storm-control-profiles',
  'Limits of packets to all',
  key('profile-name', 'Name of the profile', identifier),
  () => [
    container(
      'all',
      'Broadcast, unknown and multicast',
      [
        leaf('bandwidth-level', 'Kilobits a second', integer(100, 100000000)),
        leaf('bandwidth-percentage', 'Percentage of the link', integer(1, 100)),
        flag('no-broadcast', 'Not broadcast'),
        flag('no-unknown-unicast', 'Not unknown'),
        flag('no-multicast', 'Not multicast'),
      ],
      { presence: true },
    ),
    flag('action-shutdown', 'Turn off the port'),
  ],
)

const hashKey = container('hash-key', 'What ways are chosen by', () => [
  container(
    'family',
    'Protocol family',
    () => [
      container('inet', 'IPv4', [
        flag('layer-3', 'Addresses'),
        flag('layer-4', 'Ports'),
        flag('symmetric-hash', 'The same both ways'),
      ]),
      container('inet6', 'IPv6', [flag('layer-3', 'Addresses'), flag('layer-4', 'Ports')]),
      container('mpls', 'MPLS', [
        flag('label-1', 'The first label'),
        flag('label-2', 'The second label'),
        flag('label-3', 'The third label'),
        flag('no-labels', 'No labels'),
        container('payload', 'What is inside', [
          flag('ether-pseudowire', 'Ethernet'),
          container('ip', 'IP', [flag('layer-3-only', 'Addresses alone')], { presence: true }),
        ]),
      ]),
      container('multiservice', 'Layer 2', [flag('source-mac', 'Sender'), flag('destination-mac', 'Receiver')]),
    ],
    { prefix: true },
  ),
])

const loadBalance = container('enhanced-hash-key', 'What ways are chosen by, on newer cards', () => [
  container(
    'family',
    'Protocol family',
    () => [
      container('inet', 'IPv4', [
        flag('incoming-interface-index', 'The interface'),
        flag('no-destination-port', 'Not the destination port'),
        flag('no-source-port', 'Not the source port'),
        flag('type-of-service', 'Type of service'),
      ]),
      container('inet6', 'IPv6', [
        flag('incoming-interface-index', 'The interface'),
        flag('no-destination-port', 'Not the destination port'),
        flag('no-source-port', 'Not the source port'),
        flag('traffic-class', 'Traffic class'),
      ]),
      container('mpls', 'MPLS', [
        flag('incoming-interface-index', 'The interface'),
        flag('label-1-exp', 'EXP of the first label'),
        flag('no-ether-pseudowire', 'Not Ethernet inside'),
        flag('no-payload', 'Not what is inside'),
      ]),
      container('multiservice', 'Layer 2', [
        flag('incoming-interface-index', 'The interface'),
        flag('no-mac-addresses', 'Not MAC addresses'),
        flag('no-payload', 'Not what is inside'),
        flag('outer-priority', 'Priority'),
      ]),
    ],
    { prefix: true },
  ),
])

/** What happens to packets beside routing. */
export const forwardingOptions = container(
  'forwarding-options',
  'Configure options to control packet forwarding',
  () => [
    sampling,
    mirroring,
    container('load-balance', 'Choice between ways', [flag('per-flow', 'By flow'), flag('per-prefix', 'By prefix')]),
    hashKey,
    loadBalance,
    container('helpers', 'Packets for others', [bootp]),
    dhcpRelay(),
    stormControl,
    container(
      'family',
      'Protocol family',
      () => [
        container('inet', 'IPv4', () => [
          container('filter', 'Filters', () => [
            filterLeaf('input', 'Filter for packets to forward', 'inet'),
            filterLeaf('output', 'Filter for packets that were forwarded', 'inet'),
          ]),
        ]),
        container('inet6', 'IPv6', () => [
          container('filter', 'Filters', () => [
            filterLeaf('input', 'Filter for packets to forward', 'inet6'),
            filterLeaf('output', 'Filter for packets that were forwarded', 'inet6'),
          ]),
        ]),
        container('mpls', 'MPLS', () => [
          container('filter', 'Filters', () => [filterLeaf('input', 'Filter for packets to forward', 'mpls')]),
        ]),
      ],
      { prefix: true },
    ),
  ],
)
