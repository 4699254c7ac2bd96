import type { ConfigView } from '@hangar/junos-config'
import { type Condition, compileConditions } from './conditions.ts'
import { Definitions } from './definitions.ts'
import type { PolicyRoute } from './policy-route.ts'
import { compilePrefixes, type PrefixOutcome } from './prefix-conditions.ts'
import { type Actions, compileActions, type Verdict } from './then.ts'

interface Term {
  readonly conditions: readonly Condition[]
  readonly prefixes: ((route: PolicyRoute) => PrefixOutcome | undefined) | undefined
  readonly actions: Actions | undefined
}

/** A policy-statement, compiled. It stays the same object while nothing that it rests on changes. */
export class Policy {
  readonly name: string
  /** What was made for it, from the configuration that it comes of. */
  readonly definitions: Definitions
  readonly #terms: readonly Term[]

  /** `options` stands at policy-options, which has a policy-statement of the name. */
  constructor(name: string, options: ConfigView) {
    this.name = name
    this.definitions = new Definitions(options)
    this.#terms = compileTerms(name, { definitions: this.definitions, outer: [], made: new Map() })
  }

  /** Runs a route through its terms, which may change it. Undefined: none of them decided. */
  evaluate(route: PolicyRoute): 'accept' | 'reject' | undefined {
    return decide(this.#terms, route)
  }
}

/**
 * Whether a chain of policies accepts a route: the first that decides does; when none does, what a term set as the default, and else
 * `otherwise`, which is the default policy's answer.
 */
export function accepts(chain: readonly Policy[], route: PolicyRoute, otherwise: boolean): boolean {
  for (const policy of chain) {
    const verdict = policy.evaluate(route)
    if (verdict) return verdict === 'accept'
  }
  return route.defaultAction === undefined ? otherwise : route.defaultAction === 'accept'
}

function decide(terms: readonly Term[], route: PolicyRoute): 'accept' | 'reject' | undefined {
  for (const term of terms) {
    const verdict = apply(term, route)
    if (verdict === 'next policy') return undefined
    if (verdict) return verdict
  }
  return undefined
}

/** A route filter's own actions take the place of the term's. */
function apply({ conditions, prefixes, actions }: Term, route: PolicyRoute): Verdict {
  let outcome: PrefixOutcome | undefined
  if (prefixes) {
    outcome = prefixes(route)
    if (!outcome) return undefined
  }
  for (const condition of conditions) if (!condition(route)) return undefined
  return (outcome?.actions ?? actions)?.(route)
}

/** Policies that are being made, from the outermost, and those that are made. */
interface Making {
  readonly definitions: Definitions
  readonly outer: readonly string[]
  readonly made: Map<string, readonly Term[]>
}

/** Named terms in their order, and behind them what stands in the policy itself. */
function compileTerms(name: string, making: Making): readonly Term[] {
  const known = making.made.get(name)
  if (known) return known
  const { definitions } = making
  const statement = definitions.policyStatement(name)
  const inner = { ...making, outer: [...making.outer, name] }
  const alone = ['from', 'to', 'then'].some(part => statement.has(part)) ? [statement] : []
  const terms = [...statement.list('term'), ...alone].map(term => {
    const conditions = (part: 'from' | 'to') =>
      compileConditions(term.at(part), definitions, names => subroutine(names, inner))
    return {
      conditions: [...conditions('from'), ...conditions('to')],
      prefixes: compilePrefixes(term.at('from'), definitions),
      actions: compileActions(term.at('then'), definitions),
    }
  })
  making.made.set(name, terms)
  return terms
}

/**
 * `from policy [ a b ]`: whether these accept the route; what they change of it stays changed. A policy that asks for itself gets no for
 * an answer.
 */
function subroutine(names: readonly string[], making: Making): Condition {
  const { outer, definitions } = making
  const circle = names.find(name => outer.includes(name))
  if (circle !== undefined)
    definitions.problems.push({
      path: ['policy-options', 'policy-statement', circle],
      message: `Policy error: policy ${circle} asks for itself`,
    })
  const chain = names.filter(name => !outer.includes(name)).map(name => compileTerms(name, making))
  return route => {
    const { defaultAction } = route
    route.defaultAction = undefined
    let verdict: 'accept' | 'reject' | undefined
    for (const terms of chain) {
      verdict = decide(terms, route)
      if (verdict) break
    }
    verdict ??= route.defaultAction
    route.defaultAction = defaultAction
    return verdict === 'accept'
  }
}
