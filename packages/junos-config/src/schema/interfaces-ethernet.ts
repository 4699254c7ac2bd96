import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { integer } from '../values/number.ts'
import { patternText } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, oneOf } from './dsl.ts'
import { liveness } from './liveness.ts'
import type { ContainerSchema, LeafSchema, SchemaNode } from './node.ts'
import { opposites } from './route-attributes.ts'

const bundleName = patternText('bundle', /^ae\d{1,4}$/, value => `invalid interface type in '${value}'`)
const tagProtocol = patternText('tpid', /^0x[0-9a-fA-F]{4}$/, value => `invalid tag protocol: '${value}'`)

const switchProfile = container('ethernet-switch-profile', 'Tags', [
  leafList('tag-protocol-id', 'Protocols that are tags', tagProtocol),
])

const common = (): readonly SchemaNode[] => [
  ...opposites('loopback', 'Send everything back', "Don't send everything back"),
  ...opposites('flow-control', 'Pause when asked to', "Don't pause when asked to"),
]

const speeds = choice(
  Object.fromEntries(
    ['10m', '100m', '1g', '2.5g', '5g', '10g', '25g', '40g', '50g', '100g', '400g'].map(one => [one, one]),
  ),
)

const linkSpeeds = choice(
  Object.fromEntries(['100m', '1g', '10g', '25g', '40g', '50g', '100g', '400g', 'mixed'].map(one => [one, one])),
)

/** `802.3ad ae0;`: the bundle that a port is in. */
const membership = container(
  '802.3ad',
  'Bundle that this port is in',
  () => [
    container('lacp', 'LACP of this port', [
      flag('force-up', 'Carry without the other side'),
      leaf('port-priority', 'Priority of the port', integer(0, 65535)),
    ]),
    leaf('bundle', 'Bundle', bundleName, { keyword: false }),
    ...oneOf('role', [flag('primary', 'Carries'), flag('backup', 'Takes over')]),
  ],
  { oneLine: 'single' },
)

/** The same of routers (`gigether-options`) and switches (`ether-options`). */
function portOptions(name: string): ContainerSchema {
  return container(name, 'Ethernet options', () => [
    ...common(),
    ...opposites('auto-negotiation', 'Agree on speed and duplex', "Don't agree on speed and duplex"),
    leaf('fec', 'Forward error correction', choice({ none: 'None', fec74: 'By clause 74', fec91: 'By clause 91' })),
    leaf('speed', 'Speed', speeds),
    membership,
    switchProfile,
    groupedList('source-address-filter', 'Senders to accept', key('mac-address', 'MAC address', macAddress)),
    flag('source-filtering', 'Accept these alone'),
  ])
}

const lacp = container('lacp', 'Link aggregation', () => [
  ...oneOf('mode', [flag('active', 'Speak first'), flag('passive', 'Speak when spoken to')]),
  leaf('periodic', 'How often', choice({ fast: 'Each second', slow: 'Each 30 seconds' })),
  leaf('sync-reset', 'When too few links are left', choice({ enable: 'Tell the other side', disable: "Don't" })),
  container(
    'link-protection',
    'One link carries at a time',
    oneOf('return', [
      flag('revertive', 'Go back to the better one'),
      flag('non-revertive', 'Stay with the one that carries'),
      flag('disable', 'Not here'),
    ]),
    { presence: true },
  ),
  leaf('system-priority', 'Priority of the device', integer(0, 65535)),
  leaf('system-id', 'Identity of the device', macAddress),
  leaf('admin-key', 'Key of the bundle', integer(0, 65535)),
  flag('accept-data', 'Take packets before the other side is known'),
  flag('force-up', 'Carry without the other side'),
])

const pair = container('mc-ae', 'A bundle on two devices', () => [
  leaf('mc-ae-id', 'Number of the bundle', integer(1, 65535)),
  leaf('redundancy-group', 'Group of redundancy', integer(1, 4294967294)),
  leaf('chassis-id', 'Which of the two this is', integer(0, 1)),
  leaf('mode', 'Which of the two carries', choice({ 'active-active': 'Both', 'active-standby': 'One' })),
  leaf('status-control', 'Role at the start', choice({ active: 'Carries', standby: 'Waits' })),
  leaf('init-delay-time', 'Seconds before it carries after a start', integer(0, 6000)),
])

const bundleOptions = container('aggregated-ether-options', 'Options of a bundle', () => [
  ...common(),
  leaf('minimum-links', 'Links without which it is down', integer(1, 64)),
  leaf('link-speed', 'Speed of its links', linkSpeeds),
  ...opposites('link-protection', 'One link carries at a time', 'All links carry'),
  lacp,
  pair,
  liveness(
    leaf('local-address', 'Address of this end', ipAddress()),
    leaf('neighbor', 'Address of the other end', ipAddress()),
  ),
  container('load-balance', 'How links share', [
    container(
      'adaptive',
      'By how much each carries',
      [
        leaf('tolerance', 'Percentage of difference', integer(1, 100)),
        leaf('scan-interval', 'Half minutes between looks', integer(1, 5)),
        flag('pps', 'By packets'),
      ],
      { presence: true },
    ),
    flag('per-packet', 'Packet by packet'),
  ]),
  switchProfile,
])

/** Options of a port or of a bundle, and of the identity of its segment. */
export function ethernetOptions(): readonly SchemaNode[] {
  return [portOptions('gigether-options'), portOptions('ether-options'), bundleOptions]
}

const identifier = patternText('esi', /^([0-9a-fA-F]{1,2}:){9}[0-9a-fA-F]{1,2}$/, value => `invalid ESI: '${value}'`)

/** A segment that several devices are on. */
export const segment: ContainerSchema = container('esi', 'Ethernet segment', () => [
  container('auto-derive', 'An identifier that is made', [
    flag('lacp-pe-system-id-and-admin-key', 'Of what LACP says'),
    flag('type-1-lacp', 'Of what LACP says, as type 1'),
  ]),
  leaf('identifier', 'Identifier', identifier, { keyword: false }),
  ...oneOf('mode', [flag('single-active', 'One device carries'), flag('all-active', 'All devices carry')]),
])

export const ethernetSpeeds: LeafSchema = leaf(
  'speed',
  'Link speed',
  choice(
    Object.fromEntries(
      [
        'auto',
        'auto-10m-100m',
        '10m',
        '100m',
        '1g',
        '2.5g',
        '5g',
        '10g',
        '25g',
        '40g',
        '50g',
        '100g',
        '200g',
        '400g',
        '800g',
      ].map(one => [one, one === 'auto' ? 'As both ends can' : one]),
    ),
  ),
)
