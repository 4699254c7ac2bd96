import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { container, flag, groupedList, key, leaf, list, oneOf } from './dsl.ts'
import { liveness } from './liveness.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { policyList } from './references.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

/*
 * Multicast as it is configured: nobody routes it here.
 */

const packetFlags = { packets: 'All packets', ...commonFlags }

function groupRanges(family: 'inet' | 'inet6'): SchemaNode {
  return groupedList('group-ranges', 'Groups', key('prefix', 'Prefix of groups', ipPrefix('refused', family)))
}

function ofFamily(family: 'inet' | 'inet6'): readonly SchemaNode[] {
  return [
    flag('disable', "Don't"),
    leaf('address', 'Address of the rendezvous point', ipAddress(family)),
    leaf('priority', 'Priority of the router', integer(0, 255)),
    leaf('hold-time', 'Seconds for which it is good', integer(1, 65535)),
    groupRanges(family),
  ]
}

/** Where senders and receivers meet. */
const rendezvous = container('rp', 'Rendezvous points', () => [
  container('local', 'This router', () => [
    ...ofFamily('inet'),
    container(
      'family',
      'Protocol family',
      () => [container('inet', 'IPv4', () => ofFamily('inet')), container('inet6', 'IPv6', () => ofFamily('inet6'))],
      { prefix: true },
    ),
  ]),
  container('static', 'Others that are known', () => [
    list('address', 'Rendezvous point', key('address', 'Its address', ipAddress()), () => [
      leaf('version', 'Version of PIM', integer(1, 2)),
      groupedList('group-ranges', 'Groups', key('prefix', 'Prefix of groups', ipPrefix('refused'))),
    ]),
  ]),
  leaf('bootstrap-priority', 'Priority as bootstrap router', integer(0, 255)),
])

export function pim(): ContainerSchema {
  return container('pim', 'PIM configuration', () => [
    flag('disable', 'Disable PIM'),
    traceOptions({ hello: 'Hello packets', join: 'Joins', prune: 'Prunes', register: 'Registers', ...packetFlags }),
    rendezvous,
    protocolInterface(() => [
      flag('disable', 'Disable PIM on this interface'),
      leaf(
        'mode',
        'How it works',
        choice({
          dense: 'To all that do not object',
          sparse: 'To those that ask',
          'sparse-dense': 'As the group wants',
          'bidirectional-sparse': 'Both ways along one tree',
        }),
      ),
      leaf('priority', 'Priority of the designated router', integer(0, 4294967295)),
      leaf('hello-interval', 'Seconds between hellos', integer(0, 255)),
      leaf('version', 'Version of PIM', integer(1, 2)),
      policyList('neighbor-policy', 'Neighbors to accept'),
      container(
        'family',
        'Protocol family',
        () => [
          container('inet', 'IPv4', () => [flag('disable', "Don't"), liveness()]),
          container('inet6', 'IPv6', () => [flag('disable', "Don't"), liveness()]),
        ],
        { prefix: true },
      ),
    ]),
    container('spt-threshold', 'When to leave the shared tree', () => [policyList('infinity', 'Groups that never do')]),
    policyList('import', 'Joins to accept'),
    policyList('export', 'Joins to send'),
  ])
}

const query: readonly SchemaNode[] = [
  leaf('query-interval', 'Seconds between queries', integer(1, 1024), { default: '125' }),
  leaf('query-last-member-interval', 'Seconds after somebody has left', integer(1, 1024)),
  leaf('query-response-interval', 'Seconds to answer', integer(1, 1024), { default: '10' }),
  leaf('robust-count', 'Packets that may be lost', integer(2, 10), { default: '2' }),
]

function membership(name: string, help: string, family: 'inet' | 'inet6', versions: number): ContainerSchema {
  return container(name, help, () => [
    traceOptions({ query: 'Queries', report: 'Reports', leave: 'Leaves', ...packetFlags }),
    ...query,
    flag('accounting', 'Log who joins and leaves'),
    protocolInterface(() => [
      flag('disable', 'Disable it on this interface'),
      leaf('version', 'Version of the protocol', integer(1, versions)),
      flag('immediate-leave', 'Stop at once when somebody has left'),
      flag('promiscuous-mode', 'From any subnet'),
      flag('passive', 'Send nothing'),
      leaf('group-limit', 'Groups at most', integer(1, 32767)),
      policyList('group-policy', 'Groups to accept'),
      container('static', 'Groups that are always wanted', () => [
        list('group', 'Group', key('address', 'Address of the group', ipAddress(family)), () => [
          list('source', 'Sender', key('address', 'Address of the sender', ipAddress(family)), []),
        ]),
      ]),
    ]),
  ])
}

export const igmp = () => membership('igmp', 'IGMP options', 'inet', 3)
export const mld = () => membership('mld', 'MLD options', 'inet6', 2)

const lifetime = integer(0, 4294967295)

/** `router-advertisement interface ge-0/0/0.0 { prefix 2001:db8::/64; }`. */
export function routerAdvertisement(): ContainerSchema {
  return container('router-advertisement', 'IPv6 router advertisements', () => [
    protocolInterface(() => [
      leaf('max-advertisement-interval', 'Most seconds between', integer(4, 1800), { default: '600' }),
      leaf('min-advertisement-interval', 'Fewest seconds between', integer(3, 1350)),
      ...oneOf('managed', [
        flag('managed-configuration', 'Hosts get addresses by DHCP'),
        flag('no-managed-configuration', "Hosts don't get addresses by DHCP"),
      ]),
      ...oneOf('other', [
        flag('other-stateful-configuration', 'Hosts get other things by DHCP'),
        flag('no-other-stateful-configuration', "Hosts don't get other things by DHCP"),
      ]),
      ...oneOf('link-mtu', [
        flag('link-mtu', 'Tell the MTU of the link'),
        flag('no-link-mtu', "Don't tell the MTU of the link"),
      ]),
      leaf('reachable-time', 'Milliseconds for which a neighbor is known', integer(0, 3600000)),
      leaf('retransmit-timer', 'Milliseconds between solicitations', lifetime),
      leaf('current-hop-limit', 'Hop limit for hosts', integer(0, 255), { default: '64' }),
      leaf('default-lifetime', 'Seconds for which this is a router', integer(0, 9000)),
      leaf('preference', 'Preference of this router', choice({ low: 'Low', medium: 'Medium', high: 'High' })),
      flag('virtual-router-only', 'For virtual routers alone'),
      list('dns-server-address', 'DNS server', key('address', 'Its address', ipAddress('inet6')), () => [
        leaf('lifetime', 'Seconds for which it is good', lifetime),
      ]),
      list('prefix', 'Prefix', key('prefix', 'Prefix', ipPrefix('refused', 'inet6')), () => [
        leaf('valid-lifetime', 'Seconds for which it is good', lifetime, { default: '2592000' }),
        ...oneOf('on-link', [flag('on-link', 'Is on the link'), flag('no-on-link', 'May be elsewhere')]),
        leaf('preferred-lifetime', 'Seconds for which it is preferred', lifetime, { default: '604800' }),
        ...oneOf('autonomous', [
          flag('autonomous', 'Hosts may make addresses of it'),
          flag('no-autonomous', 'Hosts may not make addresses of it'),
        ]),
      ]),
    ]),
  ])
}
