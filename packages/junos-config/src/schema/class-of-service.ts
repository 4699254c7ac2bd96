import { interfaceCompare } from '../tree/order.ts'
import { choice } from '../values/choice.ts'
import { identifier, interfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { codePoint } from '../values/packet.ts'
import { bandwidth } from '../values/routing.ts'
import { patternText, reference, textType, type ValueType } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

/*
 * Classes of packets and their queues, as they are configured: there are no queues here.
 */

function there(kind: string, ...to: readonly string[]): ValueType {
  return reference(identifier, {
    to: ['class-of-service', ...to],
    message: name => `Referenced ${kind} '${name}' is not defined`,
  })
}

const className = key('class-name', 'Forwarding class', identifier)

/** Bits, or the alias of some: `101110`, `ef`, `af11`. */
const bits: ValueType = textType('code-point', value =>
  /^[01]{3,6}$/.test(value) || /^[a-z][a-z0-9-]{0,63}$/.test(value)
    ? { value }
    : { error: `invalid code point: '${value}'` },
)

const lossPriorities = choice({
  low: 'Low',
  high: 'High',
  'medium-low': 'Between, nearer to low',
  'medium-high': 'Between, nearer to high',
})

const markings: Readonly<Record<string, string>> = {
  dscp: 'Differentiated services of IPv4',
  'dscp-ipv6': 'Differentiated services of IPv6',
  exp: 'EXP bits of MPLS',
  'ieee-802.1': 'Priority of frames',
  'ieee-802.1ad': 'Priority and drop eligibility of frames',
  'inet-precedence': 'Precedence of IPv4',
}

/** By which marks packets are told apart (several), or how they are marked (one). */
function marks(title: string, help: string, point: SchemaNode): ContainerSchema {
  return container(title, help, () =>
    Object.entries(markings).map(([name, about]) =>
      list(name, about, key('name', 'Name', identifier), () => [
        leaf('import', 'Take over those of another', identifier),
        list('forwarding-class', 'Forwarding class', className, () => [
          list('loss-priority', 'Loss priority', key('priority', 'Loss priority', lossPriorities), [point], {
            oneLine: 'single',
          }),
        ]),
      ]),
    ),
  )
}

/** `percent 20`, `remainder`, or bits a second. */
function share(name: string, help: string, size: ValueType, remainder: boolean): SchemaNode {
  return container(
    name,
    help,
    [
      ...oneOf<SchemaNode>('measure', [
        leaf('percent', 'Percentage', integer(0, 100)),
        leaf('rate', 'Figure', size, { keyword: false }),
        ...(remainder
          ? [
              container(
                'remainder',
                'What is left',
                [leaf('percent', 'Percentage of it', integer(1, 100), { keyword: false })],
                { presence: true, oneLine: 'always' },
              ),
            ]
          : []),
      ]),
      flag('exact', 'No more'),
      flag('rate-limit', 'No more, whatever the others need'),
    ],
    { oneLine: 'always' },
  )
}

const microseconds = patternText('size', /^\d{1,10}$/, value => `Invalid numeric value: '${value}'`)

const dropProfile = there('drop-profile', 'drop-profiles')

const schedulers = groupedList('schedulers', 'How queues are served', key('scheduler-name', 'Name', identifier), () => [
  share('transmit-rate', 'Bandwidth', bandwidth, true),
  share('shaping-rate', 'Bandwidth at most', bandwidth, false),
  container(
    'buffer-size',
    'Memory',
    () => [
      ...oneOf<SchemaNode>('measure', [
        leaf('percent', 'Percentage', integer(0, 100)),
        flag('remainder', 'What is left'),
        leaf('temporal', 'Microseconds of traffic', microseconds),
      ]),
      flag('exact', 'No more'),
    ],
    { oneLine: 'always' },
  ),
  leaf(
    'priority',
    'Order of queues',
    choice({
      low: 'Last',
      'medium-low': 'Before the last',
      'medium-high': 'After the first',
      high: 'First',
      'strict-high': 'Always first',
    }),
  ),
  list(
    'drop-profile-map',
    'When packets are dropped',
    [
      key('loss-priority', 'The word loss-priority', choice({ 'loss-priority': 'Loss priority follows' })),
      key(
        'priority',
        'Loss priority',
        choice({ any: 'Any', low: 'Low', high: 'High', 'medium-low': 'Medium low', 'medium-high': 'Medium high' }),
      ),
      key('protocol', 'The word protocol', choice({ protocol: 'Protocol follows' })),
      key('of', 'Protocol', choice({ any: 'Any', tcp: 'TCP', 'non-tcp': 'All but TCP' })),
      key('drop-profile', 'The word drop-profile', choice({ 'drop-profile': 'Profile follows' })),
      key('profile', 'Drop profile', dropProfile),
    ],
    [],
    { oneLine: 'always' },
  ),
  flag('explicit-congestion-notification', 'Tell senders instead'),
])

const schedulerMaps = groupedList(
  'scheduler-maps',
  'Schedulers of classes',
  key('map-name', 'Name', identifier),
  () => [
    list(
      'forwarding-class',
      'Forwarding class',
      className,
      () => [leaf('scheduler', 'Its scheduler', there('scheduler', 'schedulers'))],
      { oneLine: 'always' },
    ),
  ],
)

const percent = integer(0, 100)

const dropProfiles = groupedList(
  'drop-profiles',
  'When packets are dropped',
  key('profile-name', 'Name', identifier),
  () => [
    list(
      'fill-level',
      'How full the queue is',
      key('percentage', 'Percentage', percent),
      () => [leaf('drop-probability', 'Percentage of packets that are dropped', percent)],
      { oneLine: 'always', order: 'system' },
    ),
    container('interpolate', 'Along lines between points', () => [
      leafList('fill-level', 'How full the queue is', percent),
      leafList('drop-probability', 'Percentage of packets that are dropped', percent),
    ]),
  ],
)

const mapName = there('scheduler-map', 'scheduler-maps')

const trafficProfiles = groupedList(
  'traffic-control-profiles',
  'Bandwidth of interfaces and units',
  key('profile-name', 'Name', identifier),
  () => [
    leaf('scheduler-map', 'Schedulers', mapName),
    share('shaping-rate', 'Bandwidth at most', bandwidth, false),
    share('guaranteed-rate', 'Bandwidth at least', bandwidth, false),
    leaf('delay-buffer-rate', 'Bandwidth for which there is memory', bandwidth),
  ],
)

const profileName = there('traffic-control-profile', 'traffic-control-profiles')

/** `classifiers { dscp x; }` of a unit. */
function applied(name: string, help: string): ContainerSchema {
  return container(name, help, () =>
    Object.entries(markings).map(([marking, about]) => leaf(marking, about, identifier)),
  )
}

function onInterface(): readonly SchemaNode[] {
  return [
    leaf('scheduler-map', 'Schedulers', mapName),
    leaf('output-traffic-control-profile', 'Bandwidth', profileName),
    share('shaping-rate', 'Bandwidth at most', bandwidth, false),
    list(
      'unit',
      'Logical interface',
      key('unit-number', 'Number', integer(0, 16385)),
      () => [
        leaf('scheduler-map', 'Schedulers', mapName),
        leaf('output-traffic-control-profile', 'Bandwidth', profileName),
        share('shaping-rate', 'Bandwidth at most', bandwidth, false),
        leaf('forwarding-class', 'Class of all packets', identifier),
        applied('classifiers', 'How packets are told apart'),
        applied('rewrite-rules', 'How packets are marked'),
      ],
      { order: 'system' },
    ),
    applied('classifiers', 'How packets are told apart'),
    applied('rewrite-rules', 'How packets are marked'),
  ]
}

const classes = container('forwarding-classes', 'Classes of packets', () => [
  list(
    'class',
    'Class',
    className,
    () => [
      leaf('queue-num', 'Its queue', integer(0, 7)),
      leaf('priority', 'Its priority in the fabric', choice({ low: 'Low', high: 'High' })),
    ],
    { oneLine: 'always' },
  ),
  list('queue', 'Queue', [key('queue-number', 'Its number', integer(0, 7)), className], [], { oneLine: 'always' }),
])

/** Class of service. */
export const classOfService = container('class-of-service', 'Class-of-service configuration', () => [
  marks('classifiers', 'How packets are told apart', leafList('code-points', 'Marks', bits)),
  dropProfiles,
  classes,
  trafficProfiles,
  container('host-outbound-traffic', 'Packets of the device itself', [
    leaf('forwarding-class', 'Their class', identifier),
    leaf('dscp-code-point', 'Their mark', codePoint),
  ]),
  groupedList('interfaces', 'Interfaces', key('interface-name', 'Interface', interfaceName), onInterface, {
    order: 'system',
    compare: interfaceCompare,
  }),
  marks('rewrite-rules', 'How packets are marked', leaf('code-point', 'Mark', bits)),
  schedulerMaps,
  schedulers,
])
