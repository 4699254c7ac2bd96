import { routePrefix } from '../values/address.ts'
import { communityMember, tableName } from '../values/routing.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { policyList } from './references.ts'
import { attributeNames, attributes } from './route-attributes.ts'
import { asPath } from './static-routes.ts'

function options(): readonly SchemaNode[] {
  return [
    ...attributes(...Object.keys(attributeNames)),
    leafList('community', 'BGP community identifier', communityMember),
    asPath(),
    ...oneOf<SchemaNode>('next_hop', [
      flag('discard', 'Drop packets to destination; send no ICMP unreachables'),
      leaf('next-table', 'Next hop to another table', tableName),
    ]),
    ...oneOf('brief_flag', [
      flag('brief', 'Include longest common sequences from contributing paths'),
      flag('full', 'Include all AS numbers from all contributing paths'),
    ]),
    ...oneOf('activity', [
      flag('active', 'Remove inactive route from forwarding table'),
      flag('passive', 'Retain inactive route in forwarding table'),
    ]),
  ]
}

/** `aggregate` and `generate`: routes that stand while more specific ones contribute. */
export function contributedRoutes(name: 'aggregate' | 'generate', help: string, family?: 'inet'): ContainerSchema {
  return container(name, help, () => [
    container('defaults', 'Global route options', options),
    list(
      'route',
      'Individual route options',
      key('destination', 'Destination prefix', routePrefix(family)),
      () => [
        leaf('description', 'Description for aggregate routes', boundedText('description', 1, 255)),
        policyList('policy', 'Policy filter'),
        ...options(),
      ],
      { oneLine: 'single' },
    ),
  ])
}
