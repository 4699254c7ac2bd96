import { containsPrefix, type Prefix, parsePrefix } from '@hangar/inet'
import { branchHead } from '../format/text.ts'
import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'

/** Policies and lists of filters with which nothing is wrong: branches never change. */
const sound = new WeakSet<Branch>()

/** What can be wrong with a policy besides the names that it refers to: route filters that cannot match anything. */
export function checkPolicies(config: ConfigView): Problem[] {
  const options = config.at('policy-options')
  const path = [step(options)]
  const lists = ['route-filter-list', 'source-address-filter-list'].flatMap(name => options.list(name))
  return [
    ...options.list('policy-statement').flatMap(policy => unlessSound(policy, () => checkPolicy(policy, path))),
    ...lists.flatMap(list => unlessSound(list, () => checkFilters(list.list(), [...path, step(list)]))),
  ]
}

function unlessSound({ branch }: ConfigView, check: () => Problem[]): Problem[] {
  if (sound.has(branch!)) return []
  const problems = check()
  if (problems.length === 0) sound.add(branch!)
  return problems
}

function checkPolicy(policy: ConfigView, above: readonly Step[]): Problem[] {
  return [policy, ...policy.list('term')].flatMap(term => {
    const from = term.at('from')
    const path = [...above, step(policy), ...(term === policy ? [] : [step(term)]), step(from)]
    return checkFilters([...from.list('route-filter'), ...from.list('source-address-filter')], path)
  })
}

function checkFilters(filters: readonly ConfigView[], path: readonly Step[]): Problem[] {
  return filters.flatMap(filter => {
    const [address, match, argument] = filter.keys
    const prefix = parsePrefix(address!)
    const message = prefix && argument !== undefined ? wrongArgument(prefix, match!, argument) : undefined
    return message === undefined ? [] : [semantic(path, branchHead(filter.branch!), message)]
  })
}

/** Why `upto /n`, `prefix-length-range /a-/b` or `through <prefix>` cannot go with a prefix. */
function wrongArgument(prefix: Prefix, match: string, argument: string): string | undefined {
  if (match === 'through') {
    const last = parsePrefix(argument)
    return last && containsPrefix(prefix, last) ? undefined : `${argument} is not within the prefix`
  }
  const bits = prefix.address.bytes.length * 8
  const [first, last = first] = argument.split('-').map(length => Number(length.slice(1)))
  if (first! < prefix.length) return `prefix length ${first} is shorter than that of the prefix`
  return last! > bits ? `prefix length ${last} is larger than ${bits}` : undefined
}
