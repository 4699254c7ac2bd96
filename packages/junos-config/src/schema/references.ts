import { identifier } from '../values/name.ts'
import { reference, type ValueType } from '../values/value.ts'
import { leaf, leafList } from './dsl.ts'
import type { LeafListSchema, LeafSchema } from './node.ts'

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
export const dampingName = named('damping', 'policy-options', 'damping')
export const conditionName = named('condition', 'policy-options', 'condition')
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

const notDefinedThere = (kind: string) => (name: string) => `Referenced ${kind} '${name}' is not defined`

/** The name of a firewall filter; those of IPv4 may stand right under `firewall` too: see `validate/firewall.ts`. */
export function filterName(family: string): ValueType {
  const to = ['firewall', 'family', family, 'filter']
  return family === 'inet' ? identifier : reference(identifier, { to, message: notDefinedThere('filter') })
}

export function filterLeaf(name: string, help: string, family: string): LeafSchema {
  return leaf(name, help, filterName(family))
}

export const policerName = reference(identifier, {
  to: ['firewall', 'policer'],
  message: notDefinedThere('policer'),
})

/** A prefix list, as others than policies name it. */
export const namedPrefixes = reference(identifier, {
  to: ['policy-options', 'prefix-list'],
  message: notDefinedThere('prefix-list'),
})
