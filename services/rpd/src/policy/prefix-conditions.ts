import { parsePrefix } from '@hangar/inet'
import type { ConfigView } from '@hangar/junos-config'
import type { Definitions } from './definitions.ts'
import type { PolicyRoute } from './policy-route.ts'
import { PrefixFilter, type PrefixMatch, type PrefixRule } from './prefix-filter.ts'
import { type Actions, compileActions } from './then.ts'

/** That a route's prefix matches, and what is done with it instead of what the term says. */
export interface PrefixOutcome {
  readonly actions: Actions | undefined
}

const matched: PrefixOutcome = { actions: undefined }

/**
 * What `from` says of prefixes; undefined where it says nothing. Route filters, lists of prefixes and filtered lists stand beside each
 * other: one of them has to match. Each looks for its own longest prefix.
 */
export function compilePrefixes(
  from: ConfigView,
  definitions: Definitions,
): ((route: PolicyRoute) => PrefixOutcome | undefined) | undefined {
  const filters: (() => PrefixFilter<PrefixOutcome>)[] = []
  const add = (rules: () => readonly PrefixRule<PrefixOutcome>[]) => {
    let made: PrefixFilter<PrefixOutcome> | undefined
    filters.push(() => {
      made ??= new PrefixFilter(rules())
      return made
    })
  }
  const own = filterRules(from.list('route-filter'), definitions)
  if (own.length > 0) add(() => own)
  for (const list of from.list('route-filter-list')) {
    const actions = compileActions(list, definitions)
    const rules = filterRules(definitions.filterList('route-filter-list', list.key), definitions, actions)
    add(() => rules)
  }
  const lists = from.list('prefix-list').map(({ key }) => definitions.prefixList(key))
  if (lists.length > 0)
    add(() => lists.flatMap(list => list()).map(prefix => ({ prefix, match: { kind: 'exact' }, outcome: matched })))
  for (const filter of from.list('prefix-list-filter')) {
    const [name, kind] = filter.keys
    const actions = compileActions(filter, definitions)
    const match = matchOf(kind!, undefined)
    const prefixes = definitions.prefixList(name!)
    add(() => prefixes().map(prefix => ({ prefix, match, outcome: { actions } })))
  }
  if (filters.length === 0 && !asksForSources(from)) return undefined
  return ({ family, k0, k1, k2, k3, length }) => {
    if (family === undefined) return undefined
    for (const filter of filters) {
      const outcome = filter().find(family, k0, k1, k2, k3, length)
      if (outcome) return outcome
    }
    return undefined
  }
}

/** Sources of packets no route of ours has: such a term still asks, and nothing matches. */
function asksForSources(from: ConfigView): boolean {
  return from.has('source-address-filter') || from.has('source-address-filter-list')
}

function filterRules(
  filters: readonly ConfigView[],
  definitions: Definitions,
  listActions?: Actions,
): PrefixRule<PrefixOutcome>[] {
  return filters.flatMap(filter => {
    const [address, kind, argument] = filter.keys
    const prefix = parsePrefix(address!)
    if (!prefix) return []
    const actions = compileActions(filter, definitions) ?? listActions
    return [{ prefix, match: matchOf(kind!, argument), outcome: { actions } }]
  })
}

/** `exact`, `upto /24`, `prefix-length-range /16-/24`, `through 10.1.0.0/16`. */
function matchOf(kind: string, argument: string | undefined): PrefixMatch {
  const lengths = [...(argument ?? '').matchAll(/\/(\d+)/g)].map(([, length]) => Number(length))
  switch (kind) {
    case 'upto':
      return { kind, longest: lengths[0]! }
    case 'prefix-length-range':
      return { kind, shortest: lengths[0]!, longest: lengths[1]! }
    case 'through':
      return { kind, last: parsePrefix(argument!)! }
    case 'longer':
    case 'orlonger':
      return { kind }
    default:
      return { kind: 'exact' }
  }
}
