import { ipAddress } from '../values/address.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { autonomousSystem, tableName } from '../values/routing.ts'
import { contributedRoutes } from './aggregate-routes.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { programmableRpd } from './programmable-rpd.ts'
import { policyList } from './references.ts'
import { staticRoutes } from './static-routes.ts'

/** What rpd reads of routing that belongs to no protocol: of the device, and (less what is the device's alone) of an instance. */
export function routingOptionsOf(place: 'device' | 'instance'): readonly SchemaNode[] {
  const device = place === 'device'
  return [
    ...(device ? [programmableRpd] : []),
    container('interface-routes', 'Define routing table groups for interface routes', () => [
      container('rib-group', 'Routing table group', () => [
        leaf('inet', 'IPv4 routing table group', identifier),
        leaf('inet6', 'IPv6 routing table group', identifier),
      ]),
    ]),
    list(
      'rib',
      'Routing table options',
      key('rib-name', 'Routing table name', tableName),
      () => [
        staticRoutes(),
        contributedRoutes('aggregate', 'Coalesced routes'),
        contributedRoutes('generate', 'Route of last resort'),
      ],
      { order: 'system' },
    ),
    staticRoutes('inet'),
    contributedRoutes('aggregate', 'Coalesced routes', 'inet'),
    contributedRoutes('generate', 'Route of last resort', 'inet'),
    ...(device ? [ribGroups] : []),
    leaf('router-id', 'Router identifier', ipAddress('inet')),
    ...(device
      ? [
          leaf(
            'route-distinguisher-id',
            'Identifier used in route distinguishers for routing instances',
            ipAddress('inet'),
          ),
        ]
      : []),
    container(
      'autonomous-system',
      'Autonomous system number',
      () => [
        leaf('as-number', 'Autonomous system number', autonomousSystem, { keyword: false }),
        leaf('loops', 'Maximum number of times this AS can be in an AS path', integer(1, 10)),
        flag('asdot-notation', 'Use AS-Dot notation to display true 4 byte AS numbers'),
      ],
      { oneLine: 'always' },
    ),
    policyList('instance-import', 'Import policy for instance RIBs'),
    ...(device ? [resolution, forwardingTable] : []),
  ]
}

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

const resolution = container('resolution', 'Route next-hop resolution options', () => [
  list('rib', 'Routing table whose routes are resolved', key('rib-name', 'Routing table name', tableName), () => [
    leafList('resolution-ribs', 'Routing tables in which next hops are resolved', tableName),
    policyList('import', 'Import policy for resolution tables'),
  ]),
])

const forwardingTable = container('forwarding-table', 'Routes that are exported to the forwarding table', () => [
  policyList('export', 'Export policy'),
  ...oneOf('indirect-next-hop', [
    flag('indirect-next-hop', 'Install indirect next hops in Packet Forwarding Engine'),
    flag('no-indirect-next-hop', "Don't install indirect next hops in Packet Forwarding Engine"),
  ]),
])

export const routingOptions = container('routing-options', 'Protocol-independent routing option configuration', () =>
  routingOptionsOf('device'),
)
