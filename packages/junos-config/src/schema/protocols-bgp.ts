import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer, integerOr } from '../values/number.ts'
import { autonomousSystem } from '../values/routing.ts'
import { boundedText, reference, text } from '../values/value.ts'
import { keyChain } from './authentication.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import { liveness } from './liveness.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { policyList, ribGroupName } from './references.ts'
import { unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

const asList = reference(identifier, {
  to: ['policy-options', 'as-list'],
  message: name => `Policy error: as-list ${name} referenced but not defined`,
})

const limited = (name: string, help: string) =>
  container(name, help, () => [
    leaf('maximum', 'Maximum number of prefixes from a peer', integer(1, 4294967295)),
    container(
      'teardown',
      'Clear peer connection on reaching limit',
      () => [
        leaf('limit-threshold', 'Percentage of prefix-limit to start warnings', integer(1, 100), { keyword: false }),
        container(
          'idle-timeout',
          'How long the peer stays down',
          () => [
            leaf('timeout', 'Minutes', integer(1, 2400), { keyword: false }),
            flag('forever', 'Until somebody clears it'),
          ],
          { presence: true, oneLine: 'always' },
        ),
      ],
      { presence: true, oneLine: 'always' },
    ),
  ])

const prefixLimit = limited('prefix-limit', 'Limit maximum number of prefixes from a peer')
const acceptedLimit = limited('accepted-prefix-limit', 'Limit the prefixes that policies let in')

const addPath = container('add-path', 'Advertise multiple paths to peer', () => [
  flag('receive', 'Receive multiple paths from peer'),
  container('send', 'Send multiple paths to peer', () => [
    leaf('path-count', 'Number of paths to advertise', integer(2, 64)),
    policyList('prefix-policy', 'Routes of which several paths are sent'),
    flag('multipath', 'Those that are used together alone'),
  ]),
])

/** `family inet { unicast { ... } }`: what is exchanged with a peer. */
function families(): ContainerSchema {
  const kind = (name: string, help: string) =>
    container(
      name,
      help,
      () => [
        acceptedLimit,
        prefixLimit,
        leaf('rib-group', 'Tables that get the routes', ribGroupName),
        addPath,
        container('rib', 'Table', () => [flag('inet.3', 'The table of label-switched paths')]),
        container(
          'explicit-null',
          'Give out the label that stands for none',
          () => [flag('connected-only', 'For addresses of this router alone')],
          { presence: true },
        ),
        flag('per-group-label', 'A label of their own for each group'),
        leaf('loops', 'How often our AS may be in the path', integer(1, 10)),
      ],
      { presence: true },
    )
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
      container('inet-mvpn', 'IPv4 multicast VPN', () => [kind('signaling', 'Include signaling')]),
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
    leaf(
      'authentication-algorithm',
      'How the key is used',
      choice({
        md5: 'MD5',
        'hmac-sha-1-96': 'HMAC with SHA-1',
        'aes-128-cmac-96': 'AES-128 CMAC',
        ao: 'TCP authentication option',
      }),
    ),
    keyChain,
    policyList('import', 'Import policy'),
    families(),
    policyList('export', 'Export policy'),
    container(
      'remove-private',
      'Remove well-known private AS numbers',
      () => [
        container('all', 'All of them', () => [flag('replace', 'By our own'), flag('nearest', 'By one beside')], {
          presence: true,
        }),
      ],
      { presence: true, oneLine: 'single' },
    ),
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
    container(
      'graceful-restart',
      'BGP graceful restart options',
      () => [
        flag('disable', "Don't"),
        leaf('restart-time', 'Seconds to come back', integer(1, 600)),
        leaf('stale-routes-time', 'Seconds for which old routes are kept', integer(1, 600)),
      ],
      { presence: true },
    ),
    liveness(
      leaf(
        'session-mode',
        'Whether there are routers between',
        choice({ automatic: 'As BGP has it', multihop: 'There are', 'single-hop': 'There are none' }),
      ),
    ),
    flag('vpn-apply-export', 'Apply export policies to VPN routes too'),
    flag('no-client-reflect', "Don't reflect routes between clients"),
    flag('no-advertise-peer-as', "Don't advertise routes to the AS that they are from"),
    flag('accept-remote-nexthop', 'Accept next hops that are further off'),
    leaf('ttl', 'TTL of packets to the peer', integer(1, 255)),
    leaf('tcp-mss', 'Largest TCP segment', integer(1, 4096)),
    leaf(
      'idle-after-switch-over',
      'What happens after a switchover',
      integerOr({ forever: 'Stay down' }, 1, 4294967295),
    ),
    leaf('minimum-hold-time', 'Shortest hold time to accept', integer(3, 65535)),
    leaf('keep', 'Routes that are not used', choice({ all: 'Keep them', none: 'Forget them' })),
    container(
      'bgp-error-tolerance',
      'Go on after faulty updates',
      () => [
        leaf('malformed-update-log-interval', 'Seconds between logs', integer(10, 65535)),
        leaf('malformed-route-limit', 'Faulty routes at most', integer(0, 4294967295)),
      ],
      { presence: true },
    ),
  ]
}

const neighbor = () =>
  list('neighbor', 'Configure a neighbor', key('address', 'Neighbor address', ipAddress()), options)

/** Peers on links without addresses: those that say hello to an interface, or those of a network. */
function dynamicNeighbor(): SchemaNode {
  return list('dynamic-neighbor', 'Peers that come by themselves', key('name', 'Name', identifier), () => [
    container('peer-auto-discovery', 'Peers that are found', () => [
      container(
        'family',
        'Protocol family',
        () => [container('inet6', 'IPv6', () => [flag('ipv6-nd', 'By neighbor discovery')])],
        { prefix: true },
      ),
      list('interface', 'Interface', key('interface-name', 'Logical interface', logicalInterfaceName), []),
    ]),
  ])
}

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
    flag('disable', 'Disable BGP'),
    list('group', 'Define a peer group', key('group-name', 'Group name', identifier), () => [
      leaf('type', 'Type of peer group', choice({ external: 'External group', internal: 'Internal group' })),
      ...options(),
      leafList('allow', 'Configure peer connections for specific networks', ipPrefix('refused')),
      leaf('peer-as-list', 'AS numbers of such peers', asList),
      dynamicNeighbor(),
      neighbor(),
    ]),
    neighbor(),
  ])
}
