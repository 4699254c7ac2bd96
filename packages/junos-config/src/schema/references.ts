import { identifier } from '../values/name.ts'
import { reference } from '../values/value.ts'
import { leafList } from './dsl.ts'
import type { LeafListSchema } from './node.ts'

/*
 * Names of things that are configured elsewhere. Completion offers them, commit checks them. What is said of a policy is
 * recorded, without a place; the words for the others are formed after it.
 */

const notDefined = (kind: string) => (name: string) => `Policy error: ${kind} ${name} referenced but not defined`

function named(kind: string, ...to: readonly string[]) {
  return reference(identifier, { to, message: notDefined(kind) })
}

const policyName = reference(identifier, {
  to: ['policy-options', 'policy-statement'],
  message: notDefined('Policy'),
  placeless: true,
})
export const prefixListName = named('prefix-list', 'policy-options', 'prefix-list')
export const routeFilterListName = named('route-filter-list', 'policy-options', 'route-filter-list')
export const sourceFilterListName = named('source-address-filter-list', 'policy-options', 'source-address-filter-list')
export const ribListName = named('rib-list', 'policy-options', 'rib-list')
export const communityName = named('community', 'policy-options', 'community')
export const asPathName = named('as-path', 'policy-options', 'as-path')
export const asPathGroupName = named('as-path-group', 'policy-options', 'as-path-group')

export const instanceName = reference(identifier, {
  to: ['routing-instances'],
  builtin: { master: 'The main routing instance', default: 'The main routing instance' },
  message: notDefined('instance'),
})

export const ribGroupName = reference(identifier, {
  to: ['routing-options', 'rib-groups'],
  message: name => `rib-group '${name}' is not defined`,
})

/** `export [ first second ]`: policies in the order in which they are asked. */
export function policyList(name: string, help: string): LeafListSchema {
  return leafList(name, help, policyName)
}
