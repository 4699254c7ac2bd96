import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, hostName, logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { opposites, unsigned } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'

function backupRouter(name: string, help: string, family: 'inet' | 'inet6'): ContainerSchema {
  return container(
    name,
    help,
    [
      leaf('address', 'Address of the router', ipAddress(family), { keyword: false }),
      leafList('destination', 'Networks behind the router', ipPrefix('refused', family)),
    ],
    { oneLine: 'always' },
  )
}

/** Routers for the time before routing runs. */
export const backupRouters: readonly SchemaNode[] = [
  backupRouter('backup-router', 'IPv4 router to use while booting', 'inet'),
  backupRouter('inet6-backup-router', 'IPv6 router to use while booting', 'inet6'),
]

/** What the device itself does with packets of its own. */
export const packetOptions: readonly SchemaNode[] = [
  flag('default-address-selection', 'Send from the address of the loopback interface'),
  flag('no-neighbor-learn', "Don't learn addresses of neighbors"),
  flag('no-multicast-echo', "Don't answer pings to multicast addresses"),
  flag('extended-echo', 'Answer extended pings'),
  flag('no-redirects', "Don't send ICMP redirects"),
  flag('no-redirects-ipv6', "Don't send ICMPv6 redirects"),
  flag('no-ping-record-route', "Don't record the route in ping replies"),
  flag('no-ping-time-stamp', "Don't record the time in ping replies"),
]

const agingMinutes = leaf('aging-timer', 'Minutes for which an address is known', integer(1, 240))

export const arp: ContainerSchema = container('arp', 'Address resolution', () => [
  agingMinutes,
  groupedList(
    'interfaces',
    'Interfaces with a time of their own',
    key('interface-name', 'Logical interface', logicalInterfaceName),
    [agingMinutes],
    { order: 'system' },
  ),
  flag('passive-learning', 'Learn from what others ask'),
  flag('purging', 'Forget addresses when a link goes down'),
  flag('gratuitous-arp-on-ifup', 'Announce addresses when an interface comes up'),
  leaf('gratuitous-arp-delay', 'Seconds before an announcement', integer(1, 4000000)),
  flag('non-subscriber-no-reply', "Don't answer those that are no subscribers"),
  flag('unicast-mode-on-expire', 'Ask the owner alone when the time is over'),
  flag('respond-out-of-subnet', 'Answer requests from other subnets'),
])

function rateLimit(name: string, help: string): ContainerSchema {
  return container(
    name,
    help,
    [
      leaf('packet-rate', 'Packets a second', unsigned, { default: '1000' }),
      leaf('bucket-size', 'Seconds that may be saved up', unsigned, { default: '5' }),
    ],
    { oneLine: 'always' },
  )
}

export const internetOptions: ContainerSchema = container('internet-options', 'Internet protocol options', () => [
  rateLimit('icmpv4-rate-limit', 'Limit of ICMPv4 messages'),
  rateLimit('icmpv6-rate-limit', 'Limit of ICMPv6 messages'),
  ...opposites('path-mtu-discovery', 'Find the MTU of the path for TCP', "Don't find the MTU of the path for TCP"),
  ...opposites('gre-path-mtu-discovery', 'Find the MTU of GRE tunnels', "Don't find the MTU of GRE tunnels"),
  ...opposites('ipip-path-mtu-discovery', 'Find the MTU of IP-IP tunnels', "Don't find the MTU of IP-IP tunnels"),
  container('source-port', 'Ports that connections come from', [
    leaf('upper-limit', 'Highest such port', integer(5000, 65535)),
  ]),
  ...opposites('source-quench', 'Obey source quench messages', 'Ignore source quench messages'),
  leaf('tcp-mss', 'Largest TCP segment over IPv4', integer(64, 65535)),
  flag('tcp-drop-synfin-set', 'Drop packets with both SYN and FIN'),
  flag('no-tcp-rfc1323', 'No window scaling and timestamps'),
  flag('no-tcp-rfc1323-paws', 'No protection against wrapped sequence numbers'),
  ...opposites(
    'ipv6-reject-zero-hop-limit',
    'Drop IPv6 packets with hop limit zero',
    "Don't drop IPv6 packets with hop limit zero",
  ),
  leaf('ipv6-duplicate-addr-detection-transmits', 'Probes for a duplicate address', integer(0, 20), { default: '3' }),
  ...opposites('ipv6-path-mtu-discovery', 'Find the MTU of the path for IPv6', "Don't find the MTU for IPv6"),
  leaf('ipv6-path-mtu-discovery-timeout', 'Minutes for which an MTU is known', integer(5, 71582788), {
    default: '10',
  }),
  leaf(
    'no-tcp-reset',
    'TCP packets that are dropped without a word at closed ports',
    choice({ 'drop-tcp-with-syn-only': 'Those with SYN alone', 'drop-all-tcp': 'All' }),
  ),
])

/** Names and addresses of others. */
export const nameServer = groupedList(
  'name-server',
  'DNS name servers',
  key('address', 'Address of the server', ipAddress()),
  [leaf('source-address', 'Address that requests come from', ipAddress()), routingInstance],
  { oneLine: 'single' },
)

export const staticHosts = groupedList(
  'static-host-mapping',
  'Addresses of hosts',
  key('host-name', 'Full name of the host', hostName),
  [
    leafList('inet', 'IPv4 address', ipAddress('inet')),
    leafList('inet6', 'IPv6 address', ipAddress('inet6')),
    leafList('alias', 'Other name', hostName),
  ],
  { oneLine: 'single' },
)

const keyNumber = integer(1, 4294967294, 'key-number')
const ntpKey = leaf('key', 'Key for messages', keyNumber)
const ntpVersion = leaf('version', 'Version of the protocol', integer(1, 4))

function ntpPeer(name: string, help: string): SchemaNode {
  return list(
    name,
    help,
    key('address', 'Name or address', addressOrHost),
    [ntpKey, ntpVersion, flag('prefer', 'Believe this one first'), routingInstance],
    { oneLine: 'always' },
  )
}

export const ntp: ContainerSchema = container('ntp', 'Network Time Protocol services', () => [
  leaf('boot-server', 'Server to ask at boot', addressOrHost),
  list(
    'authentication-key',
    'Key',
    key('key-number', 'Number of the key', keyNumber),
    [
      leaf('type', 'Kind of the key', choice({ md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256', des: 'DES' })),
      leaf('value', 'The key', text, { secret: true }),
    ],
    { oneLine: 'always' },
  ),
  ntpPeer('peer', 'Peer to agree with'),
  ntpPeer('server', 'Server to follow'),
  list('broadcast', 'Where to send the time', key('address', 'Address', ipAddress()), [ntpKey, ntpVersion], {
    oneLine: 'always',
  }),
  flag('broadcast-client', 'Listen to broadcasts'),
  leafList('trusted-key', 'Keys that are believed', keyNumber),
  list('source-address', 'Address that requests come from', key('address', 'Address', ipAddress()), [routingInstance], {
    oneLine: 'always',
  }),
])
