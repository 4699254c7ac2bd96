import { type Prefix, parsePrefix } from '@hangar/inet'
import type { Branch, ConfigView } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import { AsPathExpression } from './as-path.ts'
import { CommunityExpression } from './community.ts'

/** Something of `policy-options` that cannot be what it is written as. */
export interface PolicyProblem {
  readonly path: readonly string[]
  readonly message: string
}

/**
 * What a policy names outside of itself, made once. It remembers which parts of the configuration it was asked for, so that a policy
 * has to be made anew only when one of these is another.
 */
export class Definitions {
  readonly problems: PolicyProblem[] = []
  readonly #options: ConfigView
  readonly #used = new Map<string, { words: readonly string[]; branch: Branch | undefined }>()
  readonly #made = new Map<string, unknown>()

  /** `options` stands at policy-options. */
  constructor(options: ConfigView) {
    this.#options = options
  }

  /** Whether all that was asked for is the same in another configuration. */
  holdIn(options: ConfigView): boolean {
    for (const { words, branch } of this.#used.values()) if (options.at(...words).branch !== branch) return false
    return true
  }

  policyStatement(name: string): ConfigView {
    return this.#view('policy-statement', name)
  }

  /** Read when they are needed: lists may be long, and a check needs none of them. */
  prefixList(name: string): () => readonly Prefix[] {
    const view = this.#view('prefix-list', name)
    return () => view.list().flatMap(({ key }) => parsePrefix(key) ?? [])
  }

  filterList(kind: 'route-filter-list' | 'source-address-filter-list', name: string): readonly ConfigView[] {
    return this.#view(kind, name).list()
  }

  ribList(name: string): readonly string[] {
    return this.#view('rib-list', name)
      .list()
      .map(({ key }) => key)
  }

  routeDistinguishers(name: string): readonly string[] {
    return this.#view('route-distinguisher', name).values('members')
  }

  community(name: string): CommunityExpression | undefined {
    return this.#expression(['community', name], view => {
      return new CommunityExpression(view.values('members'), view.has('invert-match'))
    })
  }

  asPath(name: string): AsPathExpression | undefined {
    return this.#expression(['as-path', name], view => new AsPathExpression(view.leaf('path') ?? ''))
  }

  asPathGroup(name: string): readonly AsPathExpression[] {
    const group = this.#view('as-path-group', name)
    return group.list('as-path').flatMap(({ key }) => {
      const words = ['as-path-group', name, 'as-path', key]
      return this.#expression(words, view => new AsPathExpression(view.leaf('path') ?? '')) ?? []
    })
  }

  /** Undefined where nothing of that name is configured, or where it is no expression. */
  #expression<T>(words: readonly string[], make: (view: ConfigView) => T): T | undefined {
    const key = words.join('\0')
    if (this.#made.has(key)) return this.#made.get(key) as T | undefined
    const view = this.#view(...words)
    let made: T | undefined
    try {
      made = view.exists ? make(view) : undefined
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.problems.push({ path: ['policy-options', ...words], message: messageOf(error) })
    }
    this.#made.set(key, made)
    return made
  }

  #view(...words: readonly string[]): ConfigView {
    const view = this.#options.at(...words)
    this.#used.set(words.join('\0'), { words, branch: view.branch })
    return view
  }
}
