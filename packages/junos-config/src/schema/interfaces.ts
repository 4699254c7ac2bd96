import { interfaceCompare } from '../tree/order.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { identifier, interfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import { ethernetOptions, ethernetSpeeds, segment } from './interfaces-ethernet.ts'
import { description, traps, unit, vlanId } from './interfaces-unit.ts'
import type { SchemaNode } from './node.ts'
import { opposites, unsigned } from './route-attributes.ts'
import { processTraceOptions } from './trace-options.ts'

const encapsulations = choice({
  ethernet: 'Ethernet',
  'ethernet-bridge': 'Bridging',
  'ethernet-ccc': 'Cross-connect',
  'ethernet-tcc': 'Translational cross-connect',
  'ethernet-vpls': 'VPLS',
  'extended-vlan-bridge': 'Bridging of VLANs',
  'extended-vlan-ccc': 'Cross-connect of VLANs with other tags',
  'extended-vlan-tcc': 'Translational cross-connect of VLANs',
  'extended-vlan-vpls': 'VPLS of VLANs with other tags',
  'flexible-ethernet-services': 'As each unit says',
  'vlan-ccc': 'Cross-connect of VLANs',
  'vlan-vpls': 'VPLS of VLANs',
})

/** What is said of a port, or of many at once. */
function physical(): readonly SchemaNode[] {
  return [
    description,
    flag('disable', 'Disable this interface'),
    flag('promiscuous-mode', 'Take frames to others'),
    container(
      'traceoptions',
      'Trace options',
      () => [
        list(
          'flag',
          'What to trace',
          key(
            'flag-name',
            'What to trace',
            choice({ ipc: 'Messages', event: 'Events', media: 'The link', all: 'Everything' }),
          ),
          [],
          { oneLine: 'always' },
        ),
      ],
      { presence: true },
    ),
    ...traps,
    leaf('accounting-profile', 'Accounting profile', identifier),
    ...oneOf<SchemaNode>('scheduler', [
      flag('per-unit-scheduler', 'Queues for each unit'),
      container(
        'hierarchical-scheduler',
        'Queues in a hierarchy',
        [leaf('maximum-hierarchy-levels', 'Levels', integer(2, 4)), flag('implicit-hierarchy', 'As interfaces are')],
        { presence: true },
      ),
    ]),
    ...oneOf('tagging', [
      flag('vlan-tagging', '802.1q VLAN tagging support'),
      flag('stacked-vlan-tagging', 'Support for double 802.1q VLAN tagging'),
      flag('flexible-vlan-tagging', 'Support for no tagging, or single and double 802.1q VLAN tagging'),
    ]),
    leaf('native-vlan-id', 'Virtual LAN identifier for untagged frames', vlanId),
    flag('no-native-vlan-insert', "Don't add the native VLAN"),
    ethernetSpeeds,
    leaf('mtu', 'Maximum transmit packet size', integer(256, 9192)),
    container(
      'hold-time',
      'How long a change of the link has to last',
      [leaf('up', 'Milliseconds up', unsigned), leaf('down', 'Milliseconds down', unsigned)],
      { oneLine: 'always' },
    ),
    container('damping', 'Links that come and go', [
      leaf('half-life', 'Seconds after which half is forgotten', integer(1, 30), { default: '5' }),
      leaf('max-suppress', 'Seconds for which it stays down at most', integer(1, 20000), { default: '20' }),
      leaf('reuse', 'Figure below which it comes up', integer(1, 20000), { default: '1000' }),
      leaf('suppress', 'Figure above which it stays down', integer(1, 20000), { default: '2000' }),
      flag('enable', 'Hold such links down'),
    ]),
    leaf(
      'link-mode',
      'Duplex',
      choice({ automatic: 'As both ends can', 'half-duplex': 'Half', 'full-duplex': 'Full' }),
    ),
    leaf('media-type', 'Which of two sockets', choice({ copper: 'Copper', fiber: 'Fiber' })),
    leaf('encapsulation', 'How packets are packed', encapsulations),
    segment,
    ...opposites('gratuitous-arp-reply', 'Learn from announcements', "Don't learn from announcements"),
    flag('no-gratuitous-arp-request', "Don't announce addresses"),
    leaf('mac', 'MAC address', macAddress),
    ...ethernetOptions(),
    container('optics-options', 'Optics', [leaf('wavelength', 'Wavelength in nanometers', wavelength)]),
    unit,
  ]
}

const wavelength = patternText('wavelength', /^\d{4}(\.\d{1,2})?$/, value => `invalid wavelength: '${value}'`)

/** An interface, or several by wildcards of their numbers: `ge-0/0/*`, `xe-0/0/[0-3]`. */
const memberName = patternText(
  'interface-name',
  /^[a-z]{2,4}-[\d*[\]\-,]{1,32}(\/[\d*[\]\-,]{1,32}){2}(:[\d*[\]\-,]{1,32})?$|^ae[\d*[\]\-,]{1,32}$/,
  value => `invalid interface type in '${value}'`,
)

/** Interfaces that are configured alike: written down here, obeyed by nobody yet. */
const interfaceRange = list(
  'interface-range',
  'Interfaces that are configured alike',
  key('range-name', 'Name of the range', boundedText('name', 1, 128)),
  () => [
    list('member', 'Interface, or several by wildcards', key('interface-name', 'Interface', memberName), []),
    list(
      'member-range',
      'Interfaces from one to another',
      key('first', 'First interface', interfaceName),
      [leaf('to', 'Last interface', interfaceName)],
      { oneLine: 'always' },
    ),
    ...physical(),
  ],
)

/** What dcd turns into physical and logical interfaces. */
export const interfaces = container('interfaces', 'Interface configuration', () => [
  list('interface-set', 'Logical interfaces by a name', key('set-name', 'Name of the set', identifier), () => [
    list('interface', 'Interface', key('interface-name', 'Interface', interfaceName), [
      list('unit', 'Unit', key('unit-number', 'Number of the unit', integer(0, 16385)), [], { order: 'system' }),
    ]),
  ]),
  processTraceOptions({
    all: 'Everything',
    kernel: 'Messages to the kernel',
    'change-events': 'Changes',
    'config-states': 'States of the configuration',
    'resource-usage': 'Use of resources',
    'gres-events': 'Switchover',
  }),
  interfaceRange,
  list('interface', 'Interface name', key('interface-name', 'Interface name', interfaceName), physical, {
    keyword: false,
    order: 'system',
    compare: interfaceCompare,
  }),
])
