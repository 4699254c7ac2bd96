import { ipAddress } from '../values/address.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { autonomousSystem, tableName } from '../values/routing.ts'
import { contributedRoutes } from './aggregate-routes.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { programmableRpd } from './programmable-rpd.ts'
import { policyList, ribGroupName } from './references.ts'
import { opposites } from './route-attributes.ts'
import { staticRoutes } from './static-routes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

const distinguisher = leaf(
  'route-distinguisher-id',
  'Identifier used in route distinguishers for routing instances',
  ipAddress('inet'),
)

/** The tables that the statements of a place are about, one by one. */
function ribs(): SchemaNode {
  return list(
    'rib',
    'Routing table options',
    key('rib-name', 'Routing table name', tableName),
    () => [
      staticRoutes(),
      contributedRoutes('aggregate', 'Coalesced routes'),
      contributedRoutes('generate', 'Route of last resort'),
    ],
    { order: 'system' },
  )
}

const resolution = container(
  'resolution',
  'Route next-hop resolution options',
  () => [
    ...opposites(
      'preserve-nexthop-hierarchy',
      'Preserve nexthop hierarchy when installing nexthop to forwarding plane',
      "Don't preserve nexthop hierarchy when installing nexthop to forwarding plane",
    ),
    list('rib', 'Routing table resolution options', key('rib-name', 'Routing table name', tableName), () => [
      leafList('resolution-ribs', 'Routing tables to use for default routing table family resolution', tableName),
      policyList('import', 'Import policy'),
    ]),
  ],
  { presence: true },
)

const interfaceRoutes = container('interface-routes', 'Define routing table groups for interface routes', () => [
  container(
    'rib-group',
    'Routing table group',
    () => [
      leaf('inet', 'IPv4 routing table group', ribGroupName),
      leaf('inet6', 'IPv6 routing table group', ribGroupName),
    ],
    { oneLine: 'single' },
  ),
])

const trace = traceOptions({
  parse: 'Trace configuration parsing',
  'regex-parse': 'Trace regular-expression parsing',
  'config-internal': 'Trace configuration internals',
  'nsr-synchronization': 'Trace nonstop routing synchronization events',
  'condition-manager': 'Trace condition manager events',
  'graceful-restart': 'Trace Graceful Restart events',
  ...commonFlags,
})

/** The number of the place; without one of its own an instance has the device's. */
export const localSystem: ContainerSchema = container(
  'autonomous-system',
  'Autonomous system number',
  () => [
    leaf('as-number', 'Autonomous system number', autonomousSystem, { keyword: false }),
    leaf('loops', 'Maximum number of times this AS can be in an AS path', integer(1, 10)),
    flag('asdot-notation', 'Use AS-Dot notation to display true 4 byte AS numbers'),
  ],
  { oneLine: 'single' },
)

const ribGroups = container('rib-groups', 'Group of routing tables', () => [
  list(
    'rib-group',
    'Routing table group name',
    key('rib-group-name', 'Routing table group name', identifier),
    () => [
      leafList('export-rib', 'Export routing table', tableName),
      leafList('import-rib', 'Import routing table', tableName),
      policyList('import-policy', 'Import policy'),
    ],
    { keyword: false },
  ),
])

const forwardingTable = container('forwarding-table', 'Routes that are exported to the forwarding table', () => [
  policyList('export', 'Export policy'),
  ...opposites(
    'indirect-next-hop',
    'Install indirect next hops in Packet Forwarding Engine',
    "Don't install indirect next hops in Packet Forwarding Engine",
  ),
])

/**
 * What rpd reads of routing that belongs to no protocol, in the order of the vendor's YANG (23.4): of the device, or of an
 * instance, which lacks what is the device's alone.
 */
export function routingOptionsOf(place: 'device' | 'instance'): readonly SchemaNode[] {
  const ofDevice = (...nodes: readonly SchemaNode[]) => (place === 'device' ? nodes : [])
  return [
    ...ofDevice(distinguisher),
    ribs(),
    ...ofDevice(resolution),
    interfaceRoutes,
    ...ofDevice(trace),
    leaf('router-id', 'Router identifier', ipAddress('inet')),
    localSystem,
    container('graceful-restart', 'Graceful or hitless routing restart options', () => [], { presence: true }),
    staticRoutes('inet'),
    contributedRoutes('aggregate', 'Coalesced routes', 'inet'),
    contributedRoutes('generate', 'Route of last resort', 'inet'),
    container('multipath', 'Protocol-independent load balancing', () => [], { presence: true }),
    ...ofDevice(ribGroups),
    policyList('instance-import', 'Import policy for instance RIBs'),
    policyList('instance-export', 'Export policy for instance RIBs'),
    container('auto-export', 'Export routes between routing instances', () => [], { presence: true }),
    ...ofDevice(flag('nonstop-routing', 'Enable nonstop routing'), forwardingTable, programmableRpd),
  ]
}

export const routingOptions = container('routing-options', 'Protocol-independent routing option configuration', () =>
  routingOptionsOf('device'),
)
