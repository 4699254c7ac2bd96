import { routePrefix } from '../values/address.ts'
import { prefixLength, prefixLengthRange } from '../values/routing.ts'
import { choiceKey, flag, key, leaf, list, oneOf } from './dsl.ts'
import type { ListSchema, SchemaNode } from './node.ts'

const match = choiceKey('How the prefix has to match', {
  exact: 'Exactly match the prefix length',
  longer: 'Mask is greater than the prefix length',
  orlonger: 'Mask is greater than or equal to the prefix length',
  upto: ['Mask falls between two prefix lengths', key('choice-value', 'Longest prefix length', prefixLength)],
  through: ['Route falls between two prefixes', key('choice-value', 'Last prefix', routePrefix())],
  'prefix-length-range': [
    'Mask falls between two prefix lengths',
    key('choice-value', 'Range of prefix lengths', prefixLengthRange),
  ],
})

/** Prefixes with a way to match, in the order given: `route-filter 10.0.0.0/8 upto /24 accept;`. */
export function routeFilters(name: string, help: string, actions: () => readonly SchemaNode[]): ListSchema {
  return list(name, help, [key('address', 'IP address or hostname', routePrefix()), match], actions, {
    oneLine: 'single',
  })
}

/** The same without a keyword, as a list that is named holds them. */
export function listedFilters(actions: () => readonly SchemaNode[]): ListSchema {
  return list('rf_list', 'Route filter', [key('address', 'IP address or hostname', routePrefix()), match], actions, {
    oneLine: 'single',
    keyword: false,
  })
}

/** Where a list is named, what takes the place of each of its filters' own ways to match. */
export function modifiers(): readonly SchemaNode[] {
  return [
    ...oneOf<SchemaNode>('modifier', [
      flag('exact', 'Exactly match the prefix length'),
      flag('longer', 'Mask is greater than the prefix length'),
      flag('orlonger', 'Mask is greater than or equal to the prefix length'),
      leaf('upto', 'Mask falls between two prefix lengths', prefixLength),
      leaf('prefix-length-range', 'Mask falls between two prefix lengths', prefixLengthRange),
    ]),
    flag('invert-match', 'Invert the result of the matching'),
  ]
}

/** A prefix list by its name, with a way to match all of it. */
export const listMatch = choiceKey('How the prefixes have to match', {
  exact: 'Exactly match the prefix lengths',
  longer: 'Masks are greater than the prefix lengths',
  orlonger: 'Masks are greater than or equal to the prefix lengths',
})
