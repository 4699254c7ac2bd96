import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, identifier, logicalInterfaceName, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { boundedText, reference, text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { unsigned } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'
import { objectIdentifier, objects } from './snmp-objects.ts'
import { v3 } from './snmp-v3.ts'
import { processTraceOptions } from './trace-options.ts'

const viewName = reference(identifier, {
  to: ['snmp', 'view'],
  message: name => `Referenced view '${name}' is not defined`,
})

const clientListName = reference(identifier, {
  to: ['snmp', 'client-list'],
  message: name => `Referenced client-list '${name}' is not defined`,
})

/** Either of two ways to say who may ask. */
function clients(): SchemaNode[] {
  return oneOf<SchemaNode>('clients', [
    leaf('client-list-name', 'List of clients', clientListName),
    groupedList(
      'clients',
      'Clients by their addresses',
      key('prefix', 'Address or prefix', ipPrefix('refused')),
      [flag('restrict', 'These may not ask')],
      { oneLine: 'always' },
    ),
  ])
}

const community = list('community', 'Community', key('community-name', 'Name of the community', identifier), () => [
  leaf('view', 'What is seen', viewName),
  leaf(
    'authorization',
    'What may be done',
    choice({ 'read-only': 'Reading alone', 'read-write': 'Reading and writing' }),
  ),
  ...clients(),
  list('routing-instance', 'Clients in an instance', key('instance-name', 'Routing instance', identifier), clients),
])

const categories = [
  ['authentication', 'Failed authentication'],
  ['chassis', 'Chassis and environment'],
  ['link', 'Links that go up and down'],
  ['remote-operations', 'Remote operations'],
  ['routing', 'Routing protocols'],
  ['startup', 'Starts of the device'],
  ['rmon-alarm', 'RMON alarms'],
  ['vrrp-events', 'VRRP'],
  ['configuration', 'Changes of the configuration'],
  ['services', 'Services'],
  ['timing-events', 'Timing'],
  ['dot3oam-events', '802.3ah'],
] as const

const trapGroup = list('trap-group', 'Receivers of traps', key('group-name', 'Name of the group', identifier), () => [
  leaf('version', 'Version of traps', choice({ all: 'Both', v1: 'SNMPv1', v2: 'SNMPv2' })),
  leaf('destination-port', 'Port of the receivers', port, { default: '162' }),
  container(
    'categories',
    'What is told',
    categories.map(([name, help]) => flag(name, help)),
  ),
  groupedList('targets', 'Receivers', key('address', 'Address or name', addressOrHost)),
  routingInstance,
])

const trapOptions = container('trap-options', 'How traps are sent', () => [
  container(
    'source-address',
    'Address that traps come from',
    [
      flag('lo0', 'The lowest of the loopback interface'),
      leaf('address', 'The address', ipAddress(), { keyword: false }),
    ],
    { oneLine: 'always' },
  ),
  flag('enterprise-oid', 'Add the enterprise to each'),
  flag('context-oid', 'Add the context to each'),
  leaf('agent-address', 'Agent address of v1 traps', choice({ 'outgoing-interface': 'Of the interface' })),
])

const threshold = integer(0, 100)

const healthMonitor = container(
  'health-monitor',
  'Watch the device itself',
  [
    leaf('interval', 'Seconds between looks', integer(1, 2147483647), { default: '300' }),
    leaf('rising-threshold', 'Percentage that is too much', threshold, { default: '80' }),
    leaf('falling-threshold', 'Percentage that is well again', threshold, { default: '70' }),
    flag('idp', 'Intrusion detection'),
  ],
  { presence: true },
)

const rmon = container('rmon', 'Remote monitoring', () => [
  list('alarm', 'What to watch', key('index', 'Number', integer(1, 65535)), [
    leaf('description', 'What it is', text),
    leaf('interval', 'Seconds between looks', integer(1, 2147483647)),
    leaf('falling-threshold-interval', 'Seconds between looks once it is too much', integer(1, 2147483647)),
    leaf('variable', 'Object to watch', objectIdentifier),
    leaf(
      'sample-type',
      'What is compared',
      choice({ 'absolute-value': 'The value', 'delta-value': 'How much it has changed' }),
      { default: 'absolute-value' },
    ),
    leaf('rising-threshold', 'Value that is too much', integer(0, 2147483647)),
    leaf('falling-threshold', 'Value that is well again', integer(0, 2147483647)),
    leaf('rising-event-index', 'Event when it is too much', integer(0, 65535)),
    leaf('falling-event-index', 'Event when it is well again', integer(0, 65535)),
  ]),
  list('event', 'What to do', key('index', 'Number', integer(1, 65535)), [
    leaf('description', 'What it is', text),
    leaf(
      'type',
      'What to do',
      choice({
        none: 'Nothing',
        log: 'Log it',
        snmptrap: 'Send a trap',
        'log-and-trap': 'Both',
      }),
    ),
    leaf('community', 'Trap group that is told', identifier),
  ]),
])

/** Who may look at the device through SNMP, and who is told. */
export const snmp = container('snmp', 'Simple Network Management Protocol configuration', () => [
  leaf('system-name', 'Name to tell instead of the host name', text),
  leaf('description', 'What the device is', text),
  leaf('location', 'Where it is', text),
  leaf('contact', 'Who looks after it', text),
  leafList('interface', 'Interfaces that take requests', logicalInterfaceName),
  leaf('packet-size', 'Largest message sent', integer(484, 65535), { default: '65535' }),
  container(
    'filter-interfaces',
    'Interfaces that are not told',
    [
      groupedList('interfaces', 'Interfaces', key('pattern', 'Name or expression', boundedText('pattern', 1, 255))),
      flag('all-internal-interfaces', 'All that are of the device alone'),
    ],
    { presence: true },
  ),
  flag('if-count-with-filter-interfaces', 'Count what is told alone'),
  flag('filter-duplicates', 'Answer a request once'),
  container('nonvolatile', 'Values that are set for good', [
    leaf('commit-delay', 'Seconds before a commit', unsigned, { default: '5' }),
  ]),
  v3(),
  container(
    'engine-id',
    'Identity of this engine',
    oneOf<SchemaNode>('engine-id', [
      flag('use-mac-address', 'From the MAC address of the management interface'),
      flag('use-default-ip-address', 'From the default address'),
      leaf('local', 'By text', textName('engine-id')),
    ]),
  ),
  list('view', 'Some of all objects', key('view-name', 'Name of the view', identifier), [objects]),
  list('client-list', 'Clients by a name', key('list-name', 'Name of the list', identifier), [
    list(
      'client-address-list',
      'Clients',
      key('prefix', 'Address or prefix', ipPrefix('refused')),
      [flag('restrict', 'These may not ask')],
      { keyword: false, oneLine: 'always' },
    ),
  ]),
  community,
  trapOptions,
  trapGroup,
  container(
    'routing-instance-access',
    'Requests from routing instances',
    [
      groupedList(
        'access-list',
        'Instances',
        key('instance', 'Instance, or the beginning of its name and *', textName('instance')),
        [flag('restrict', 'These may not ask')],
        { oneLine: 'always' },
      ),
    ],
    { presence: true },
  ),
  processTraceOptions({
    timer: 'Timers',
    'protocol-timeouts': 'Requests that are given up',
    pdu: 'Messages',
    'varbind-error': 'Faulty objects',
    'routing-socket': 'Routing socket',
    'interface-stats': 'Counters of interfaces',
    subagent: 'Subagents',
    general: 'General events',
    'nonvolatile-sets': 'Values that are set for good',
    all: 'Everything',
  }),
  rmon,
  healthMonitor,
])
