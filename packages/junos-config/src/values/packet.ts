import { rangeOr } from './range.ts'
import { textType, type ValueType } from './value.ts'

/*
 * What firewall filters compare with fields of packets: numbers, ranges of them, and the names that some have.
 */

function named(names: string, min: number, max: number, placeholder: string): ValueType {
  const words = Object.fromEntries(names.split(' ').map(name => [name, name]))
  return rangeOr(words, min, max, placeholder)
}

export const ipProtocol: ValueType = named(
  'ah dstopts egp esp fragment gre hop-by-hop icmp icmp6 icmpv6 igmp ipip ipv6 no-next-header ospf pim routing rsvp sctp tcp udp vrrp',
  0,
  255,
  'protocol',
)

export const portRange: ValueType = named(
  'afs bgp biff bootpc bootps cmd cvspserver dhcp domain eklogin ekshell exec finger ftp ftp-data http https ident imap kerberos-sec klogin kpasswd krb-prop krbupdate kshell ldap ldp login mobileip-agent mobilip-mn msdp netbios-dgm netbios-ns netbios-ssn nfsd nntp ntalk ntp pop3 pptp printer radacct radius rip rkinit smtp snmp snmptrap snpp socks ssh sunrpc syslog tacacs tacacs-ds talk telnet tftp timed who xdmcp',
  0,
  65535,
  'port',
)

const codePoints = [
  'be ef',
  ...Array.from({ length: 8 }, (_, i) => `cs${i}`),
  ...[1, 2, 3, 4].flatMap(i => [1, 2, 3].map(j => `af${i}${j}`)),
].join(' ')

export const codePoint: ValueType = named(codePoints, 0, 63, 'dscp')

export const precedence: ValueType = named(
  'critical-ecp flash flash-override immediate internet-control net-control priority routine',
  0,
  7,
  'precedence',
)

export const icmpType: ValueType = named(
  'echo-reply echo-request info-reply info-request mask-reply mask-request parameter-problem redirect router-advertisement router-solicit source-quench time-exceeded timestamp timestamp-reply unreachable',
  0,
  255,
  'icmp-type',
)

export const icmp6Type: ValueType = named(
  'certificate-path-advertisement certificate-path-solicitation destination-unreachable echo-reply echo-request home-agent-address-discovery-reply home-agent-address-discovery-request inverse-neighbor-discovery-advertisement inverse-neighbor-discovery-solicitation membership-query membership-report membership-termination mobile-prefix-advertisement-reply mobile-prefix-solicitation neighbor-advertisement neighbor-solicit node-information-reply node-information-request packet-too-big parameter-problem private-experimentation-100 private-experimentation-101 private-experimentation-200 private-experimentation-201 redirect router-advertisement router-renumbering router-solicit time-exceeded',
  0,
  255,
  'icmp-type',
)

export const icmpCode: ValueType = named(
  'address-unreachable administratively-prohibited beyond-scope communication-prohibited-by-filtering destination-host-prohibited destination-host-unknown destination-network-prohibited destination-network-unknown failed-policy fragmentation-needed host-precedence-violation host-unreachable host-unreachable-for-tos ip-header-bad ip6-header-bad network-unreachable network-unreachable-for-tos no-route-to-destination option-missing port-unreachable precedence-cutoff-in-effect protocol-unreachable redirect-for-host redirect-for-network redirect-for-tos-and-host redirect-for-tos-and-net reject-route required-option-missing source-host-isolated source-route-failed ttl-eq-zero-during-reassembly ttl-eq-zero-during-transit unrecognized-next-header unrecognized-option',
  0,
  255,
  'icmp-code',
)

export const ipOption: ValueType = named(
  'any loose-source-route record-route route-record router-alert security stream-id strict-source-route timestamp',
  0,
  255,
  'ip-option',
)

export const etherType: ValueType = named(
  'aarp appletalk arp fcoe fip ipv4 ipv6 mpls-multicast mpls-unicast oam ppp pppoe-discovery pppoe-session sna',
  0,
  65535,
  'ether-type',
)

/** Flags by names, joined: `syn`, `(syn & !ack)`; or a number: `0x2`. */
function flagsOf(names: readonly string[], placeholder: string): ValueType {
  const one = `!?\\(?!?(${names.join('|')}|0x[0-9a-fA-F]+)\\)?`
  const format = new RegExp(`^\\(?\\s*${one}(\\s*[&|+,]?\\s*${one})*\\s*\\)?$`)
  return textType(placeholder, value =>
    value.length <= 128 && format.test(value) ? { value } : { error: `invalid flags: '${value}'` },
  )
}

export const tcpFlags: ValueType = flagsOf(['fin', 'syn', 'rst', 'push', 'ack', 'urgent'], 'tcp-flags')
export const fragmentFlags: ValueType = flagsOf(['dont-fragment', 'more-fragments', 'reserved'], 'fragment-flags')
