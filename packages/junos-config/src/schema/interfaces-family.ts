import { choice } from '../values/choice.ts'
import { identifier, isoAddress } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { numberRange } from '../values/range.ts'
import { boundedText, reference } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import { address, unnumbered } from './interfaces-address.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { filterName, policerName } from './references.ts'

const protocolMtu = leaf('mtu', 'Protocol family maximum transmission unit', integer(68, 9192))

/** Filters of packets that come and go. */
function filters(family: string): ContainerSchema {
  const one = (name: string, help: string) =>
    container(
      name,
      help,
      [
        leaf('filter-name', 'Name of the filter', filterName(family), { keyword: false }),
        leaf('precedence', 'Order among several', integer(0, 255)),
      ],
      { oneLine: 'always' },
    )
  return container('filter', 'Packet filtering', () => [
    one('input', 'Filter for packets that come in'),
    one('output', 'Filter for packets that go out'),
    leafList('input-list', 'Filters for packets that come in', filterName(family)),
    leafList('output-list', 'Filters for packets that go out', filterName(family)),
    leaf('group', 'Group of interfaces', integer(0, 255)),
  ])
}

const policers = container('policer', 'Limits', [
  leaf('arp', 'Of address resolution', policerName),
  leaf('input', 'Of packets that come in', policerName),
  leaf('output', 'Of packets that go out', policerName),
])

/** One protocol family of a unit; being there is enough to run it. */
function family(name: string, help: string, body: () => readonly SchemaNode[]): ContainerSchema {
  return container(name, help, () => [protocolMtu, ...body()], { presence: true })
}

const reversePath = (filterFamily: string) =>
  container(
    'rpf-check',
    'Drop what comes from where no route leads',
    [
      leaf('fail-filter', 'Filter for such packets', filterName(filterFamily)),
      leaf('mode', 'How it is checked', choice({ loose: 'Any route will do' })),
    ],
    { presence: true },
  )

const sampling = container('sampling', 'Samples of packets', [
  flag('input', 'That come in'),
  flag('output', 'That go out'),
])

function ip(name: 'inet' | 'inet6'): readonly SchemaNode[] {
  return [
    ...(name === 'inet6' ? [flag('dad-disable', 'Disable duplicate address detection')] : []),
    flag('no-redirects', "Don't send redirects"),
    flag('primary', 'Candidate for primary interface in system'),
    leaf('tcp-mss', 'Largest TCP segment', integer(64, 65535)),
    reversePath(name),
    sampling,
    container('accounting', 'Accounting by class', [
      container('source-class-usage', 'By the class of the source', [
        flag('input', 'That comes in'),
        flag('output', 'That goes out'),
      ]),
      flag('destination-class-usage', 'By the class of the destination'),
    ]),
    filters(name),
    policers,
    address(name),
    unnumbered,
    container(
      'dhcp',
      'Address by DHCP',
      [
        leaf('vendor-id', 'Name of the vendor to tell', boundedText('vendor-id', 1, 60)),
        flag('update-server', 'Hand on what the server says'),
        flag('force-discover', 'Ask anew'),
      ],
      { presence: true },
    ),
  ]
}

const stormControlProfile = reference(identifier, {
  to: ['forwarding-options', 'storm-control-profiles'],
  message: name => `Referenced storm-control profile '${name}' is not defined`,
})

const modes = choice({ access: 'One VLAN, without tags', trunk: 'Several VLANs, with tags' })
const vlanNumbers = numberRange(1, 4094, 'vlan')

/** `members [ blue 10-20 ]`: that names of VLANs are defined is checked in `validate/vlans.ts`. */
const members = leafList('members', 'VLANs, by name, number or range of numbers', boundedText('members', 1, 64))

const switching = (): readonly SchemaNode[] => [
  leaf('interface-mode', 'How VLANs are told apart', modes),
  container('vlan', 'VLANs', [members]),
  filters('ethernet-switching'),
  leaf('storm-control', 'Limit of packets to all', stormControlProfile),
  leaf('recovery-timeout', 'Seconds after which a port is tried again', integer(10, 3600)),
]

const bridging = (): readonly SchemaNode[] => [
  leaf('interface-mode', 'How VLANs are told apart', modes),
  leaf('vlan-id', 'VLAN', integer(1, 4094)),
  leafList('vlan-id-list', 'VLANs', vlanNumbers),
  leafList('inner-vlan-id-list', 'VLANs inside', vlanNumbers),
  filters('bridge'),
]

/** What a unit speaks. */
export const families = container(
  'family',
  'Protocol family',
  () => [
    family('inet', 'IPv4 parameters', () => ip('inet')),
    family('iso', 'OSI ISO protocol parameters', () => [
      list('address', 'Interface address', key('source', 'Interface address', isoAddress), []),
    ]),
    family('inet6', 'IPv6 protocol parameters', () => ip('inet6')),
    family('mpls', 'MPLS protocol parameters', () => [
      leaf('maximum-labels', 'Labels at most', integer(3, 16)),
      filters('mpls'),
    ]),
    family('ccc', 'Cross-connect', () => [filters('ccc')]),
    family('vpls', 'VPLS', () => [filters('vpls')]),
    family('bridge', 'Bridging', bridging),
    family('ethernet-switching', 'Switching', switching),
  ],
  { prefix: true },
)
