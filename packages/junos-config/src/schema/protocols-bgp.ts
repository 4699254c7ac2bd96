import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { autonomousSystem } from '../values/routing.ts'
import { boundedText, text } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { policyList } from './references.ts'
import { unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

const prefixLimit = container('prefix-limit', 'Limit maximum number of prefixes from a peer', () => [
  leaf('maximum', 'Maximum number of prefixes from a peer', integer(1, 4294967295)),
  container(
    'teardown',
    'Clear peer connection on reaching limit',
    () => [
      leaf('limit-threshold', 'Percentage of prefix-limit to start warnings', integer(1, 100), { keyword: false }),
    ],
    { presence: true, oneLine: 'single' },
  ),
])

const addPath = container('add-path', 'Advertise multiple paths to peer', () => [
  flag('receive', 'Receive multiple paths from peer'),
  container('send', 'Send multiple paths to peer', () => [
    leaf('path-count', 'Number of paths to advertise', integer(2, 64)),
  ]),
])

/** `family inet { unicast { ... } }`: what is exchanged with a peer. */
function families(): ContainerSchema {
  const kind = (name: string, help: string) => container(name, help, () => [prefixLimit, addPath], { presence: true })
  const routes = () => [
    kind('unicast', 'Include unicast NLRI'),
    kind('multicast', 'Include multicast NLRI'),
    kind('labeled-unicast', 'Include labeled unicast NLRI'),
    kind('flow', 'Include flow NLRI'),
    kind('any', 'Include unicast or multicast NLRI'),
  ]
  const vpn = () => [kind('unicast', 'Include unicast NLRI'), kind('flow', 'Include flow NLRI')]
  return container(
    'family',
    'Protocol family for NLRIs in updates',
    () => [
      container('inet', 'IPv4 NLRI parameters', routes),
      container('inet-vpn', 'IPv4 Layer 3 VPN NLRI parameters', vpn),
      container('inet6', 'IPv6 NLRI parameters', routes),
      container('inet6-vpn', 'IPv6 Layer 3 VPN NLRI parameters', vpn),
      container('l2vpn', 'MPLS-based Layer 2 VPN and VPLS NLRI parameters', () => [
        kind('signaling', 'Include Layer 2 VPN signaling NLRI'),
      ]),
      container('evpn', 'EVPN NLRI parameters', () => [kind('signaling', 'Include EVPN signaling NLRI')]),
      container('traffic-engineering', 'Traffic Engineering (BGP-TE) NLRI parameters', () => [
        kind('unicast', 'Include BGP-TE NLRI'),
      ]),
      container('route-target', 'Route target NLRI used for VPN route filtering', () => [prefixLimit], {
        presence: true,
      }),
    ],
    { prefix: true },
  )
}

const localAs = container(
  'local-as',
  'Local autonomous system number',
  () => [
    leaf('as-number', 'Autonomous system number', autonomousSystem, { keyword: false }),
    leaf('loops', 'Maximum number of times this AS can be in an AS path', integer(1, 10)),
    flag('private', 'Hide this local AS in paths learned from this peering'),
    flag('alias', 'Treat this AS as an alias to the system AS'),
    flag('no-prepend-global-as', 'Do not prepend global autonomous-system number in advertised paths'),
  ],
  { oneLine: 'always' },
)

/** What may be said of all peers, of a group and of one peer alike. */
function options(): readonly SchemaNode[] {
  return [
    leaf('description', 'Text description', boundedText('description', 1, 255)),
    leaf('metric-out', 'Route metric sent in MED', unsigned),
    container(
      'multihop',
      'Configure an EBGP multihop session',
      () => [
        leaf('ttl', 'TTL value for the session', integer(1, 255)),
        flag('no-nexthop-change', 'Do not change next hop to self in advertisements'),
      ],
      { presence: true },
    ),
    leaf('preference', 'Preference value', unsigned),
    leaf('local-preference', 'Value of LOCAL_PREF path attribute', unsigned),
    leaf('local-address', 'Address of local end of BGP session', ipAddress()),
    leaf('local-interface', 'Local interface for IPv6 link local EBGP peering', logicalInterfaceName),
    leaf('hold-time', 'Hold time used when negotiating with a peer', integer(0, 65535)),
    flag('passive', 'Do not send open messages to a peer'),
    flag('advertise-inactive', 'Advertise inactive routes'),
    flag('advertise-peer-as', 'Advertise routes received from the same autonomous system'),
    leaf('authentication-key', 'MD5 authentication key', text, { secret: true }),
    policyList('import', 'Import policy'),
    families(),
    policyList('export', 'Export policy'),
    container('remove-private', 'Remove well-known private AS numbers', () => [], { presence: true }),
    leaf('cluster', 'Cluster identifier', ipAddress('inet')),
    flag('damping', 'Enable route flap damping'),
    flag('mtu-discovery', 'Enable TCP path MTU discovery'),
    leaf('out-delay', 'How long before exporting routes from routing table', integer(0, 65535)),
    flag('log-updown', 'Log a message for peer state transitions'),
    flag('as-override', 'Replace neighbor AS number with our AS number'),
    container(
      'multipath',
      'Allow load sharing among multiple BGP paths',
      () => [flag('multiple-as', 'Use paths received from different ASs')],
      { presence: true, oneLine: 'single' },
    ),
    leaf('peer-as', 'Autonomous system number in plain number or asdot notation', autonomousSystem),
    localAs,
    container('graceful-restart', 'BGP graceful restart options', () => [], { presence: true }),
    container('bfd-liveness-detection', 'Bidirectional Forwarding Detection (BFD) options', () => [
      leaf('minimum-interval', 'Minimum transmit and receive interval', integer(1, 255000)),
      leaf('multiplier', 'Detection time multiplier', integer(1, 255), { default: '3' }),
    ]),
  ]
}

const neighbor = () =>
  list('neighbor', 'Configure a neighbor', key('address', 'Neighbor address', ipAddress()), options)

/** BGP as it is configured: nobody speaks it here. */
export function bgp(): ContainerSchema {
  return container('bgp', 'BGP options', () => [
    traceOptions({
      open: 'Trace BGP open packets',
      update: 'Trace update packets',
      keepalive: 'Trace BGP keepalive packets',
      packets: 'Trace all BGP protocol packets',
      ...commonFlags,
    }),
    ...options(),
    list('group', 'Define a peer group', key('group-name', 'Group name', identifier), () => [
      leaf('type', 'Type of peer group', choice({ external: 'External group', internal: 'Internal group' })),
      ...options(),
      leafList('allow', 'Configure peer connections for specific networks', ipPrefix('refused')),
      neighbor(),
    ]),
    neighbor(),
  ])
}
