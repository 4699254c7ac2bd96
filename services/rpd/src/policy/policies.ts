import type { ConfigView } from '@hangar/junos-config'
import type { PolicyProblem } from './definitions.ts'
import { Policy } from './policy.ts'

/** The policies of the configuration, each compiled when somebody asks for it. */
export class Policies {
  readonly #compiled = new Map<string, Policy>()
  readonly #listeners = new Set<() => void>()
  #options: ConfigView | undefined

  /** Takes a new configuration; `options` stands at policy-options. */
  configure(options: ConfigView): void {
    if (this.#options?.branch === options.branch) return
    this.#options = options
    for (const [name, policy] of this.#compiled) if (!policy.definitions.holdIn(options)) this.#compiled.delete(name)
    for (const changed of this.#listeners) changed()
  }

  /** The policy of a name. Another object than before exactly when it may decide otherwise. */
  get(name: string): Policy | undefined {
    const known = this.#compiled.get(name)
    if (known) return known
    if (!this.#options?.at('policy-statement', name).exists) return undefined
    const policy = new Policy(name, this.#options)
    this.#compiled.set(name, policy)
    return policy
  }

  /** Policies by name, those that there are: `export [ first second ]`. */
  chain(names: readonly string[]): readonly Policy[] {
    return names.flatMap(name => this.get(name) ?? [])
  }

  /** Called after each new configuration. */
  onChanged(listener: () => void): void {
    this.#listeners.add(listener)
  }
}

/** What commit has to say of policies: expressions that are none. */
export function policyProblems(options: ConfigView): PolicyProblem[] {
  const problems = options.list('policy-statement').flatMap(({ key }) => new Policy(key, options).definitions.problems)
  return [...new Map(problems.map(problem => [problem.path.join('\0'), problem])).values()]
}
