import { ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { macAddress } from '../values/mac.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import {
  codePoint,
  etherType,
  fragmentFlags,
  icmp6Type,
  icmpCode,
  icmpType,
  ipOption,
  ipProtocol,
  portRange,
  precedence,
  tcpFlags,
} from '../values/packet.ts'
import { numberRange } from '../values/range.ts'
import type { ValueType } from '../values/value.ts'
import { flag, groupedList, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { namedPrefixes } from './references.ts'

/** Values one of which a packet has, or none of which it has. */
function values(name: string, help: string, type: ValueType): SchemaNode[] {
  return oneOf<SchemaNode>(name, [
    leafList(name, help, type),
    leafList(`${name}-except`, `Anything but: ${help}`, type),
  ])
}

const except = flag('except', 'Anything but these')

function addresses(name: string, help: string, family: 'inet' | 'inet6' | undefined): SchemaNode {
  return groupedList(name, help, key('prefix', 'Prefix', ipPrefix('refused', family, 'prefix')), [except], {
    oneLine: 'always',
  })
}

function prefixLists(name: string, help: string): SchemaNode {
  return groupedList(name, help, key('list-name', 'Prefix list', namedPrefixes), [except], { oneLine: 'always' })
}

function macs(name: string, help: string): SchemaNode {
  return groupedList(name, help, key('mac-address', 'MAC address', macAddress), [except], { oneLine: 'always' })
}

const lossPriorities = choice({
  low: 'Low',
  high: 'High',
  'medium-low': 'Between, nearer to low',
  'medium-high': 'Between, nearer to high',
})

const byte = numberRange(0, 255)
const word = numberRange(0, 65535)
const long = numberRange(0, 4294967295)

function layer3(family: 'inet' | 'inet6'): SchemaNode[] {
  return [
    ...values('destination-class', 'Class of the destination', identifier),
    ...values('source-class', 'Class of the source', identifier),
    ...values('interface-group', 'Group of the interface', byte),
    addresses('source-address', 'Source address', family),
    addresses('destination-address', 'Destination address', family),
    addresses('address', 'Source or destination address', family),
    prefixLists('source-prefix-list', 'Source address in a list'),
    prefixLists('destination-prefix-list', 'Destination address in a list'),
    prefixLists('prefix-list', 'Source or destination address in a list'),
    ...values('packet-length', 'Length of the packet', word),
  ]
}

function layer4(types: ValueType): SchemaNode[] {
  return [
    ...values('icmp-type', 'ICMP type', types),
    ...values('icmp-code', 'ICMP code', icmpCode),
    ...values('source-port', 'Source port', portRange),
    ...values('destination-port', 'Destination port', portRange),
    ...values('port', 'Source or destination port', portRange),
    flag('tcp-initial', 'First packet of a TCP connection'),
    flag('tcp-established', 'Packet of a TCP connection that stands'),
    leaf('tcp-flags', 'TCP flags', tcpFlags),
  ]
}

function marks(): SchemaNode[] {
  return [
    list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), []),
    list('interface-set', 'Set of interfaces', key('set-name', 'Name of the set', identifier), []),
    ...values('forwarding-class', 'Forwarding class', identifier),
    ...values('loss-priority', 'Loss priority', lossPriorities),
  ]
}

export function inetMatch(): SchemaNode[] {
  return [
    ...layer3('inet'),
    ...values('dscp', 'Differentiated services', codePoint),
    ...values('precedence', 'Precedence', precedence),
    ...values('ip-options', 'IP options', ipOption),
    flag('is-fragment', 'A fragment, but the first'),
    flag('first-fragment', 'First fragment'),
    flag('service-filter-hit', 'A service filter has taken it'),
    ...values('fragment-offset', 'Offset of the fragment', numberRange(0, 8191)),
    leaf('fragment-flags', 'Flags of the fragment', fragmentFlags),
    ...values('protocol', 'IP protocol', ipProtocol),
    ...values('ttl', 'Time to live', byte),
    ...layer4(icmpType),
    ...values('esp-spi', 'Number of an ESP association', long),
    ...values('ah-spi', 'Number of an AH association', long),
    ...marks(),
  ]
}

export function inet6Match(): SchemaNode[] {
  return [
    ...layer3('inet6'),
    ...values('next-header', 'Next header', ipProtocol),
    ...values('payload-protocol', 'Protocol of the payload', ipProtocol),
    ...values('extension-headers', 'Further headers', ipProtocol),
    ...values('traffic-class', 'Traffic class', codePoint),
    ...layer4(icmp6Type),
    ...marks(),
    flag('service-filter-hit', 'A service filter has taken it'),
    ...values('hop-limit', 'Hop limit', byte),
    flag('is-fragment', 'A fragment'),
    flag('first-fragment', 'First fragment'),
    flag('last-fragment', 'Last fragment'),
  ]
}

export function anyMatch(): SchemaNode[] {
  return [...marks(), ...values('packet-length', 'Length of the packet', word)]
}

export function mplsMatch(): SchemaNode[] {
  return [...values('exp', 'EXP bits', numberRange(0, 7)), ...marks()]
}

/** Of frames, and of the IP packets in them. */
export function ethernetMatch(): SchemaNode[] {
  return [
    macs('source-mac-address', 'Source MAC address'),
    macs('destination-mac-address', 'Destination MAC address'),
    ...values('ether-type', 'Type of the frame', etherType),
    ...values('user-vlan-id', 'VLAN of the customer', numberRange(0, 4095)),
    ...values('learn-vlan-id', 'VLAN', numberRange(0, 4095)),
    ...values('user-vlan-1p-priority', 'Priority of the customer', numberRange(0, 7)),
    ...values('learn-vlan-1p-priority', 'Priority', numberRange(0, 7)),
    addresses('ip-source-address', 'Source IP address', 'inet'),
    addresses('ip-destination-address', 'Destination IP address', 'inet'),
    ...values('ip-protocol', 'IP protocol', ipProtocol),
    ...values('dscp', 'Differentiated services', codePoint),
    ...values('source-port', 'Source port', portRange),
    ...values('destination-port', 'Destination port', portRange),
    leaf('tcp-flags', 'TCP flags', tcpFlags),
    ...marks(),
  ]
}
