import { routePrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { logicalInterfaceName, nextHop } from '../values/name.ts'
import { asPathNumbers, communityMember, tableName } from '../values/routing.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { ribGroupName } from './references.ts'
import { attributeNames, attributes, opposites, origins, unsigned } from './route-attributes.ts'

/** What a route (and the defaults of its kind) may say besides where it leads. */
export function routeOptions(): readonly SchemaNode[] {
  return [
    ...opposites('retain', 'Always keep route in forwarding table', "Don't always keep route in forwarding table"),
    ...opposites('install', 'Install route into forwarding table', "Don't install route into forwarding table"),
    ...opposites(
      'readvertise',
      'Mark route as eligible to be readvertised',
      "Don't mark route as eligible to be readvertised",
    ),
    ...opposites(
      'resolve',
      'Allow resolution of indirectly connected next hops',
      "Don't allow resolution of indirectly connected next hops",
    ),
    ...opposites(
      'longest-match',
      'Always use longest prefix match to resolve next hops',
      "Don't always use longest prefix match to resolve next hops",
    ),
    ...oneOf('activity', [
      flag('active', 'Remove inactive route from forwarding table'),
      flag('passive', 'Retain inactive route in forwarding table'),
    ]),
    ...attributes(...Object.keys(attributeNames)),
    leafList('community', 'BGP community identifier', communityMember),
    asPath(),
  ]
}

/** The path that a route has when BGP advertises it. */
export function asPath(): ContainerSchema {
  return container('as-path', 'Autonomous system path', () => [
    leaf('path', 'Autonomous system path', asPathNumbers),
    leaf('origin', 'Origin of the path', origins),
    flag('atomic-aggregate', 'Add ATOMIC_AGGREGATE path attribute to route'),
  ])
}

/** `static { ... }` of the main table of IPv4, or of a table that is named. */
export function staticRoutes(family?: 'inet'): ContainerSchema {
  return container('static', 'Static routes', () => [
    leaf('rib-group', 'Routing table group', ribGroupName),
    container('defaults', 'Global route options', routeOptions),
    list(
      'route',
      'Static route',
      key('destination', 'Destination prefix', routePrefix(family)),
      () => [
        leaf(
          'priority',
          'Static route priority high/medium/low',
          choice({
            high: 'Static route high priority',
            medium: 'Static route medium priority',
            low: 'Static route low priority',
          }),
        ),
        ...oneOf<SchemaNode>('next_hop', [
          leafList('next-hop', 'Next hop to destination', nextHop),
          flag('reject', 'Drop packets to destination; send ICMP unreachables'),
          flag('discard', 'Drop packets to destination; send no ICMP unreachables'),
          flag('receive', 'Install a receive route for the destination'),
          leaf('next-table', 'Next hop to another table', tableName),
        ]),
        leaf('description', 'Static route description', boundedText('description', 1, 255)),
        list(
          'qualified-next-hop',
          'Next hop with qualifiers',
          key('nexthop', 'Next hop to destination', nextHop),
          () => [
            leaf('preference', 'Preference of qualified next hop', unsigned),
            leaf('metric', 'Metric of qualified next hop', unsigned),
            leaf('interface', 'Interface of qualified next hop', logicalInterfaceName),
            leaf('tag', 'Tag string', unsigned),
          ],
        ),
        ...routeOptions(),
      ],
      { oneLine: 'single' },
    ),
  ])
}
