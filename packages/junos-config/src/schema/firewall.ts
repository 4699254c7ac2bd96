import { ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, logicalInterfaceName, textName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { codePoint } from '../values/packet.ts'
import { reference } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import { anyMatch, ethernetMatch, inet6Match, inetMatch, mplsMatch } from './firewall-match.ts'
import { policers } from './firewall-policers.ts'
import type { ListSchema, SchemaNode } from './node.ts'
import { filterName, instanceName, policerName } from './references.ts'

const rejections = [
  'administratively-prohibited',
  'bad-host-tos',
  'bad-network-tos',
  'beyond-scope',
  'fragmentation-needed',
  'host-prohibited',
  'host-unknown',
  'host-unreachable',
  'network-prohibited',
  'network-unknown',
  'network-unreachable',
  'no-route',
  'port-unreachable',
  'precedence-cutoff',
  'precedence-violation',
  'protocol-unreachable',
  'source-host-isolated',
  'source-route-failed',
  'tcp-reset',
]

/** `reject;`, `reject tcp-reset;`. */
const reject = container(
  'reject',
  'Drop the packet, and tell the sender',
  oneOf(
    'message',
    rejections.map(name => flag(name, `With ${name}`)),
  ),
  { presence: true, oneLine: 'always' },
)

const lossPriority = leaf(
  'loss-priority',
  'Set the loss priority',
  choice({ low: 'Low', 'medium-low': 'Medium low', 'medium-high': 'Medium high', high: 'High' }),
)

const threeColorName = reference(identifier, {
  to: ['firewall', 'three-color-policer'],
  message: name => `Referenced three-color-policer '${name}' is not defined`,
})

const threeColors = container('three-color-policer', 'Policer of three colors', () =>
  oneOf(
    'rates',
    ['single-rate', 'two-rate'].map(name => leaf(name, `Its name, which is of ${name}`, threeColorName)),
  ),
)

/** What becomes of packets, whatever they are. */
function actions(more: readonly SchemaNode[] = []): SchemaNode[] {
  return [
    ...oneOf<SchemaNode>('policer', [leaf('policer', 'Limit by a policer', policerName), threeColors]),
    leaf('count', 'Count by a name', textName('counter')),
    ...more,
    lossPriority,
    leaf('forwarding-class', 'Set the forwarding class', identifier),
    ...oneOf<SchemaNode>('decision', [
      flag('accept', 'Accept the packet'),
      flag('discard', 'Drop the packet'),
      leaf('next', 'Go on elsewhere', choice({ term: 'With the next term' })),
    ]),
  ]
}

const prefixActionName = reference(identifier, {
  to: ['firewall', 'family', 'inet', 'prefix-action'],
  message: name => `Referenced prefix-action '${name}' is not defined`,
})

const logging: readonly SchemaNode[] = [
  flag('log', 'Log the packet'),
  flag('packet-mode', 'Forward it by itself'),
  flag('syslog', 'Log the packet in the system log'),
  flag('sample', 'Sample the packet'),
  leaf('port-mirror-instance', 'Mirror the packet by an instance', identifier),
  flag('port-mirror', 'Mirror the packet'),
]

function ipActions(mark: SchemaNode): SchemaNode[] {
  return [
    ...actions([flag('service-accounting', 'Account for it'), ...logging]),
    ...oneOf<SchemaNode>('decision', [
      reject,
      leaf('routing-instance', 'Look it up in an instance', instanceName),
      leaf('next-ip', 'Send it to a router', ipPrefix('refused', 'inet')),
      leaf('next-interface', 'Send it out of an interface', logicalInterfaceName),
    ]),
    mark,
    leaf('prefix-action', 'Limit by prefix', prefixActionName),
  ]
}

interface Kind {
  readonly match: () => SchemaNode[]
  readonly act: () => SchemaNode[]
}

const inet: Kind = { match: inetMatch, act: () => ipActions(leaf('dscp', 'Set differentiated services', codePoint)) }
const inet6: Kind = {
  match: inet6Match,
  act: () => ipActions(leaf('traffic-class', 'Set the traffic class', codePoint)).filter(({ name }) => !of4.has(name)),
}
/** Actions that IPv6 does not have. */
const of4 = new Set(['prefix-action', 'next-ip'])

function filter(family: string, { match, act }: Kind): ListSchema {
  return list(
    'filter',
    'Firewall filter',
    key('filter-name', 'Name of the filter', identifier),
    () => [
      leafList('accounting-profile', 'Accounting profile', identifier),
      flag('interface-specific', 'Counters of their own for each interface'),
      flag('physical-interface-filter', 'For all units of an interface together'),
      flag('enhanced-mode', 'For newer cards alone'),
      flag('interface-shared', 'Shared between interfaces'),
      flag('instance-shared', 'Shared between instances'),
      list('term', 'Firewall term', key('term-name', 'Name of the term', identifier), () => [
        leaf('filter', 'Another filter in its place', filterName(family)),
        container('from', 'What packets it is about', match),
        container('then', 'What becomes of them', act, { oneLine: 'single' }),
      ]),
    ],
    { order: 'system' },
  )
}

const prefixAction = list(
  'prefix-action',
  'Limits by prefix',
  key('action-name', 'Name of the action', identifier),
  () => [
    leaf('policer', 'Policer of each prefix', policerName),
    flag('count', 'Count each prefix'),
    flag('filter-specific', 'One for all terms of a filter'),
    leaf('subnet-prefix-length', 'Length that all have in common', integer(0, 32)),
    ...oneOf('side', [
      leaf('source-prefix-length', 'Length by which sources are told apart', integer(0, 32)),
      leaf('destination-prefix-length', 'Length by which destinations are told apart', integer(0, 32)),
    ]),
  ],
)

const layer2: Kind = { match: ethernetMatch, act: () => actions(logging) }
const families: Readonly<Record<string, readonly [string, Kind]>> = {
  inet: ['IPv4', inet],
  inet6: ['IPv6', inet6],
  mpls: ['MPLS', { match: mplsMatch, act: () => actions() }],
  vpls: ['VPLS', layer2],
  bridge: ['Bridging', layer2],
  ccc: ['Cross-connects', { match: anyMatch, act: () => actions() }],
  any: ['Any', { match: anyMatch, act: () => actions() }],
  'ethernet-switching': ['Switching', layer2],
}

/** Filters and policers: written down here, obeyed by nobody yet. */
export const firewall = container('firewall', 'Define a firewall configuration', () => [
  container(
    'family',
    'Protocol family',
    Object.entries(families).map(([name, [help, kind]]) =>
      container(name, help, () => [...(name === 'inet' ? [prefixAction] : []), filter(name, kind)]),
    ),
    { prefix: true },
  ),
  ...policers(),
  list('interface-set', 'Interfaces by a name', key('set-name', 'Name of the set', identifier), () => [
    list(
      'interface',
      'Interface',
      key('interface-name', 'Logical interface, or the beginning of its name and *', textName('interface')),
      [],
      {
        keyword: false,
      },
    ),
  ]),
  filter('inet', inet),
])
