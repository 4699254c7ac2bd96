import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { identifier, logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { asPathNumbers, tableName } from '../values/routing.ts'
import { choiceKey, container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { communityName, dampingName } from './references.ts'
import { attributeNames, origins, unsigned } from './route-attributes.ts'

/** `metric 10;`, `metric add 10;`: a number that is set or changed. */
function changed(name: string, help: string, more: () => readonly SchemaNode[] = () => []): ContainerSchema {
  return container(
    name,
    help,
    () =>
      oneOf('metric_action', [
        leaf(name, help, unsigned, { keyword: false }),
        leaf('add', 'Add constant to attribute', unsigned),
        leaf('subtract', 'Subtract constant from attribute', unsigned),
        ...more(),
      ]),
    { oneLine: 'single' },
  )
}

/** BGP's metric follows that of the way to the next hop. */
function igpMetrics(): readonly SchemaNode[] {
  const offset = () => [leaf('metric_offset', 'Metric offset for MED', unsigned, { keyword: false })]
  return [
    container('igp', 'Track the IGP metric (BGP only)', offset, { presence: true, oneLine: 'always' }),
    container('minimum-igp', 'Track the minimum IGP metric (BGP only)', offset, { presence: true, oneLine: 'always' }),
  ]
}

const nextHop = container(
  'next-hop',
  'Set the address of the next-hop router',
  () =>
    oneOf<SchemaNode>('nexthop_value', [
      flag('self', 'Use a local address as the next-hop address'),
      flag('peer-address', 'Use the remote peer address as the next-hop address'),
      leaf('address', 'Next-hop address', ipAddress(), { keyword: false }),
      flag('reject', 'Use a reject next hop'),
      flag('discard', 'Use a discard next hop'),
      leaf('next-table', 'Perform a forwarding lookup in the specified table', tableName),
    ]),
  { oneLine: 'always' },
)

const installNextHop = container(
  'install-nexthop',
  'Choose the next hop to be used for forwarding',
  () => [
    flag('strict', 'Do not use any other available next hops'),
    ...oneOf('nexthop-value', [
      leafList('lsp', 'Next-hop LSP name', identifier),
      leafList('lsp-regex', 'Next-hop LSP name regular expression', identifier),
      leafList('static-lsp', 'Next-hop static LSP name', identifier),
      leafList('static-lsp-regex', 'Next-hop static LSP name regular expression', identifier),
    ]),
  ],
  { oneLine: 'always' },
)

const loadBalance = container(
  'load-balance',
  'Type of load balancing in forwarding table',
  () =>
    oneOf('load_balance_type', [
      flag('per-packet', 'Load balance on a per-packet basis'),
      flag('per-flow', 'Load balance on a per-flow basis'),
      flag('random', 'Load balance using packet random spray'),
      flag('per-prefix', 'Load balance on a per-prefix basis'),
      flag('consistent-hash', 'Give a prefix consistent load-balancing'),
      flag('source-ip-only', 'Give a source based ip load-balancing'),
      flag('destination-ip-only', 'Give a destination based ip load-balancing'),
    ]),
  { oneLine: 'always' },
)

const asPathExpand = container(
  'as-path-expand',
  'Prepend AS numbers prior to adding local-as (BGP only)',
  () =>
    oneOf<SchemaNode>('aspath_exp_value', [
      container('last-as', 'Prepend last AS', () => [leaf('count', 'Repeat count', integer(1, 32))], {
        presence: true,
        oneLine: 'always',
      }),
      leaf('aspath', 'AS path string', asPathNumbers, { keyword: false }),
    ]),
  { oneLine: 'always' },
)

const communityAction = choiceKey('What to do with the communities', {
  set: 'Set the community in the route',
  add: 'Add the community to the route',
  delete: 'Remove the community from the route',
})

/** What a term, or a single route filter, does to a route, in the order shown. */
export function routeActions(): readonly SchemaNode[] {
  return [
    changed('metric', attributeNames.metric!, igpMetrics),
    ...Object.entries(attributeNames)
      .slice(1)
      .map(([name, help]) => changed(name, help)),
    changed('local-preference', 'Local preference associated with a route'),
    leaf(
      'priority',
      'Set priority for route installation',
      choice({ high: 'Set priority to high', medium: 'Set priority to medium', low: 'Set priority to low' }),
    ),
    leaf('origin', 'BGP path origin', origins),
    list(
      'community',
      'BGP community properties associated with a route',
      [communityAction, key('community-name', 'Name to identify a BGP community', communityName)],
      [],
      { oneLine: 'always' },
    ),
    leaf('damping', 'Define BGP route flap damping parameters', dampingName),
    leaf('as-path-prepend', 'Prepend AS numbers to an AS path (BGP only)', asPathNumbers),
    asPathExpand,
    nextHop,
    installNextHop,
    flag('trace', 'Log matches to a trace file'),
    container(
      'external',
      'External route',
      () => [leaf('type', 'OSPF external metric type', integer(1, 2)), flag('nssa-only', 'Clear P-bit on lsa type 7')],
      { presence: true },
    ),
    loadBalance,
    flag('analyze', 'Send to registered controllers for analysis'),
    leaf('class', 'Set class-of-service parameters', identifier),
    leaf('destination-class', 'Set destination class in forwarding table', identifier),
    leaf('source-class', 'Set source class in forwarding table', identifier),
    leaf('forwarding-class', 'Set source or destination class in forwarding table', identifier),
    container(
      'map-to-interface',
      'Set output logical interface',
      () =>
        oneOf<SchemaNode>('map_to_interface_value', [
          flag('self', 'Map the interface to itself'),
          leaf('interface', 'Output logical interface', logicalInterfaceName, { keyword: false }),
        ]),
      { oneLine: 'always' },
    ),
    leaf('cos-next-hop-map', 'Set CoS-based next-hop map in forwarding table', identifier),
    leaf('default-action', 'Set default policy action', choice({ accept: 'Accept a route', reject: 'Reject a route' })),
    leaf(
      'next',
      'Skip to next policy or term',
      choice({ policy: 'Skip to next policy filter', term: 'Skip to next term in a policy filter' }),
    ),
    ...oneOf('accept_reject', [flag('accept', 'Accept a route'), flag('reject', 'Reject a route')]),
  ]
}

/** `then { ... }`, on its line while it does one thing. */
export function thenActions(): ContainerSchema {
  return container('then', "Actions to take if 'from' and 'to' conditions match", routeActions, { oneLine: 'single' })
}
