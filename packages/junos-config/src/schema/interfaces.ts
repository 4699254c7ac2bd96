import { interfaceCompare } from '../tree/order.ts'
import { ipPrefix } from '../values/address.ts'
import { interfaceName, isoAddress } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, type ValueType } from '../values/value.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

const description = leaf('description', 'Text description of interface', boundedText('description', 0, 900))
const mediaMtu = leaf('mtu', 'Maximum transmit packet size', integer(256, 9192))
const protocolMtu = leaf('mtu', 'Protocol family maximum transmission unit', integer(68, 9192))
const vlanId = integer(0, 4094, 'vlan-id')

/** One protocol family of a unit; being there is enough to run it. */
function family(name: string, help: string, body: readonly SchemaNode[]): ContainerSchema {
  return container(name, help, [protocolMtu, ...body], { presence: true })
}

function address(type: ValueType, extra: readonly SchemaNode[] = []): SchemaNode {
  return list('address', 'Interface address and destination prefix', key('source', 'Interface address/prefix', type), [
    ...extra,
    flag('primary', 'Candidate for primary address in system'),
    flag('preferred', 'Preferred address on interface'),
  ])
}

const families = container(
  'family',
  'Protocol family',
  [
    family('inet', 'IPv4 parameters', [address(ipPrefix('kept', 'inet', 'source'))]),
    family('inet6', 'IPv6 protocol parameters', [
      flag('dad-disable', 'Disable duplicate address detection'),
      address(ipPrefix('kept', 'inet6', 'source'), [flag('eui-64', 'Derive the interface part from the MAC address')]),
    ]),
    family('iso', 'OSI ISO protocol parameters', [
      list('address', 'Interface address', key('source', 'Interface address', isoAddress), []),
    ]),
    family('mpls', 'MPLS protocol parameters', []),
  ],
  { prefix: true },
)

const unit = list(
  'unit',
  'Logical interface',
  key('unit-number', 'Logical unit number', integer(0, 16385, 'interface-unit-number')),
  [
    description,
    flag('disable', 'Disable this logical interface'),
    leaf('vlan-id', 'Virtual LAN identifier value for 802.1q VLAN tags', vlanId),
    families,
  ],
  { order: 'system' },
)

/** What dcd turns into physical and logical interfaces. */
export const interfaces = container('interfaces', 'Interface configuration', [
  list(
    'interface',
    'Interface name',
    key('interface-name', 'Interface name', interfaceName),
    [
      description,
      flag('disable', 'Disable this interface'),
      flag('vlan-tagging', '802.1q VLAN tagging support'),
      flag('flexible-vlan-tagging', 'Support for no tagging, or single and double 802.1q VLAN tagging'),
      leaf('native-vlan-id', 'Virtual LAN identifier for untagged frames', vlanId),
      mediaMtu,
      unit,
    ],
    { keyword: false, order: 'system', compare: interfaceCompare },
  ),
])
