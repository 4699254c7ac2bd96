import { ipPrefix } from '../values/address.ts'
import { identifier } from '../values/name.ts'
import { asPathExpression, autonomousSystemRange, communityMember, routeDistinguisher } from '../values/routing.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { condition, damping } from './policy-damping.ts'
import { fromConditions, toConditions } from './policy-from.ts'
import { routeActions, thenActions } from './policy-then.ts'
import { listedFilters } from './route-filter.ts'

const prefixList = list(
  'prefix-list',
  'Define a named set of address prefixes',
  key('prefix-list-name', 'Prefix list name', identifier),
  () => [
    list(
      'prefix-list-item',
      'Address prefix',
      key('prefix', 'Address prefix', ipPrefix('refused', undefined, 'prefix')),
      [],
      {
        keyword: false,
        order: 'system',
      },
    ),
    leaf('apply-path', 'Apply IP prefixes from a configuration statement', boundedText('apply-path', 1, 1024)),
  ],
  { order: 'system' },
)

const ribList = list(
  'rib-list',
  'Define a named set of RIB names or wildcards',
  key('rib-list-name', 'RIB list name', identifier),
  () => [
    list('rib-list-item', 'RIB name', key('rib-name', 'RIB name or wildcard', identifier), [], { keyword: false }),
  ],
  { order: 'system' },
)

function filterList(name: string, help: string): SchemaNode {
  return list(name, help, key('list-name', 'Filter list name', identifier), () => [listedFilters(routeActions)], {
    order: 'system',
  })
}

const policyStatement = list(
  'policy-statement',
  'Routing policy',
  key('policy-name', 'Name to identify a policy filter', identifier),
  () => [
    list('term', 'Policy term', key('term-name', 'Policy term', identifier), () => [
      fromConditions(),
      toConditions(),
      thenActions(),
    ]),
    fromConditions(),
    toConditions(),
    thenActions(),
  ],
  { order: 'system' },
)

const asPath = leaf('path', 'AS path regular expression', asPathExpression, { keyword: false })

/** Routing policy: what terms may name, and the policies themselves. */
export const policyOptions = container('policy-options', 'Policy option configuration', () => [
  prefixList,
  ribList,
  filterList('route-filter-list', 'Define a named set of route-filter address prefixes'),
  filterList('source-address-filter-list', 'Define a named set of source address filter address prefixes'),
  policyStatement,
  list(
    'community',
    'BGP community information',
    key('community-name', 'Name to identify BGP community', identifier),
    () => [
      flag('invert-match', 'Invert the result of the community expression matching'),
      leafList('members', 'Community members', communityMember),
    ],
    { order: 'system', oneLine: 'single' },
  ),
  list(
    'route-distinguisher',
    'Route-distinguisher information',
    key('name', 'Name to identify route-distinguisher', identifier),
    () => [leafList('members', 'Route distinguishers', routeDistinguisher)],
    { order: 'system', oneLine: 'single' },
  ),
  list(
    'as-path',
    'BGP autonomous system path regular expression',
    key('as-path-name', 'Name to identify AS path regular expression', identifier),
    () => [asPath],
    { oneLine: 'single' },
  ),
  list(
    'as-path-group',
    'Group a set of AS paths',
    key('group-name', 'Name to identify AS path group', identifier),
    () => [
      list(
        'as-path',
        'BGP autonomous system path regular expression',
        key('as-path-name', 'Name to identify AS path regular expression', identifier),
        () => [asPath],
        { oneLine: 'always' },
      ),
    ],
  ),
  list(
    'as-list',
    'AS numbers by a name',
    key('as-list-name', 'Name of the list', identifier),
    () => [leafList('members', 'AS numbers, or ranges of them', autonomousSystemRange)],
    { order: 'system', oneLine: 'single' },
  ),
  condition,
  damping,
])
