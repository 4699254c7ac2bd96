import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { integer } from '../values/number.ts'
import { numberRange } from '../values/range.ts'
import { bandwidth } from '../values/routing.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import { families } from './interfaces-family.ts'
import type { SchemaNode } from './node.ts'
import { instanceName } from './references.ts'
import { opposites } from './route-attributes.ts'

export const description = leaf('description', 'Text description of interface', boundedText('description', 0, 900))
export const traps = opposites('traps', 'Send traps when the link changes', "Don't send traps when the link changes")
export const vlanId = integer(0, 4094, 'vlan-id')

const encapsulations = choice({
  'vlan-bridge': 'Bridging of a VLAN',
  'vlan-ccc': 'Cross-connect of a VLAN',
  'vlan-vpls': 'VPLS of a VLAN',
  'vlan-tcc': 'Translational cross-connect of a VLAN',
  ethernet: 'Ethernet',
  'ethernet-bridge': 'Bridging of Ethernet',
  'ethernet-ccc': 'Cross-connect of Ethernet',
  'ethernet-vpls': 'VPLS of Ethernet',
  'ppp-over-ether': 'PPP over Ethernet',
})

const tag = boundedText('[tpid.]vlan-id', 1, 16)

/** Of two tags, the outer first. */
const vlanTags = container(
  'vlan-tags',
  'Virtual LAN identifiers of two tags',
  [
    leaf('outer', 'The outer tag', tag),
    leaf('inner', 'The inner tag', tag),
    leaf('inner-range', 'Range of inner tags', boundedText('range', 3, 16)),
  ],
  { oneLine: 'always' },
)

function vlanMap(name: string, help: string): SchemaNode {
  return container(name, help, [
    ...oneOf('operation', [
      flag('push', 'Add a tag'),
      flag('pop', 'Take a tag off'),
      flag('swap', 'Change the tag'),
      flag('push-push', 'Add two tags'),
      flag('pop-pop', 'Take two tags off'),
      flag('swap-push', 'Change the tag and add one'),
      flag('swap-swap', 'Change two tags'),
      flag('pop-swap', 'Take a tag off and change the other'),
    ]),
    leaf('tag-protocol-id', 'Protocol of the tag', boundedText('tpid', 1, 8)),
    leaf('vlan-id', 'The new tag', vlanId),
    leaf('inner-vlan-id', 'The new inner tag', vlanId),
  ])
}

const tunnel = container('tunnel', 'Ends of a tunnel', () => [
  leaf('source', 'This end', ipAddress()),
  leaf('destination', 'The other end', ipAddress()),
  leaf('key', 'Key of the tunnel', integer(0, 4294967295)),
  container('routing-instance', 'Instance that packets of the tunnel are in', [
    leaf('destination', 'Routing instance', instanceName),
  ]),
  leaf('ttl', 'Time to live of its packets', integer(1, 255)),
])

const unitNumber = key('unit-number', 'Logical unit number', integer(0, 16385, 'interface-unit-number'))

/** A logical interface. */
export const unit = list(
  'unit',
  'Logical interface',
  unitNumber,
  () => [
    description,
    flag('disable', 'Disable this logical interface'),
    leaf('encapsulation', 'How packets are packed', encapsulations),
    flag('point-to-point', 'There is one at the other end'),
    leaf('bandwidth', 'Bandwidth to tell', bandwidth),
    ...traps,
    container(
      'proxy-arp',
      'Answer for others',
      oneOf('reach', [flag('restricted', 'In other subnets alone'), flag('unrestricted', 'Wherever they are')]),
      { presence: true, oneLine: 'always' },
    ),
    ...oneOf<SchemaNode>('tags', [
      leaf('vlan-id', 'Virtual LAN identifier value for 802.1q VLAN tags', vlanId),
      leafList('vlan-id-list', 'Virtual LAN identifiers', numberRange(1, 4094, 'vlan')),
      leaf('vlan-id-range', 'Virtual LAN identifiers from one to another', numberRange(1, 4094, 'vlan')),
      vlanTags,
    ]),
    leaf('native-inner-vlan-id', 'Inner VLAN of frames without one', vlanId),
    vlanMap('input-vlan-map', 'What becomes of tags of frames that come in'),
    vlanMap('output-vlan-map', 'What becomes of tags of frames that go out'),
    leaf('mac', 'MAC address of its own', macAddress),
    flag('virtual-gateway-accept-data', 'Take packets to the address that gateways share'),
    leaf('virtual-gateway-v4-mac', 'MAC address of the IPv4 gateway', macAddress),
    leaf('virtual-gateway-v6-mac', 'MAC address of the IPv6 gateway', macAddress),
    flag('proxy-macip-advertisement', 'Tell of addresses for others'),
    tunnel,
    families,
  ],
  { order: 'system' },
)
