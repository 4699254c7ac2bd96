import { routePrefix } from '../values/address.ts'
import { communityMember } from '../values/routing.ts'
import { container, flag, key, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { policyList } from './references.ts'
import { attributeNames, attributes } from './route-attributes.ts'
import { asPath } from './static-routes.ts'

function options(): readonly SchemaNode[] {
  return [
    ...attributes(...Object.keys(attributeNames)),
    leafList('community', 'BGP community identifier', communityMember),
    asPath(),
    ...oneOf('activity', [
      flag('active', 'Remove inactive route from forwarding table'),
      flag('passive', 'Retain inactive route in forwarding table'),
    ]),
    flag('discard', 'Drop packets to destination; send no ICMP unreachables'),
  ]
}

/** `aggregate` and `generate`: routes that stand while more specific ones contribute. */
export function contributedRoutes(name: 'aggregate' | 'generate', help: string, family?: 'inet'): ContainerSchema {
  return container(name, help, () => [
    container('defaults', 'Global route options', options),
    list(
      'route',
      'Route that others contribute to',
      key('destination', 'Destination prefix', routePrefix(family)),
      () => [policyList('policy', 'Policy filter'), ...options()],
      { oneLine: 'single' },
    ),
  ])
}
