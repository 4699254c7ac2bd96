import {
  CommandError,
  type Candidate as CompletionCandidate,
  type ConfigurationCompletion,
  type ConfigurationFormat,
  type ConfigurationPlace,
  type ConfigurationVerb,
  type ConfigurationView,
  type Inheritance,
  type RollbackIndex,
} from '@hangar/junos-cli'
import { type Branch, type Completion, compareText, completeChange, inherit, Origins } from '@hangar/junos-config'
import { partOf, stepsOf, syntaxError, targetOf } from './place.ts'
import { type Head, render } from './render.ts'
import { unquoteSecrets, withoutSecrets } from './secrets.ts'

/** Where rollback configurations come from. */
export interface Rollbacks {
  /** The configuration of rollback n; 0 is what is committed. Undefined for an n that is not kept. */
  rollback(n: RollbackIndex): Promise<Branch | undefined>
}

/** A configuration to look at, whichever it is at the moment. */
export class TreeView implements ConfigurationView {
  readonly #tree: () => Branch
  readonly #head: () => Head
  readonly #rollbacks: Rollbacks
  readonly #maySeeSecrets: () => boolean

  constructor(options: { tree: () => Branch; head: () => Head; rollbacks: Rollbacks; maySeeSecrets: () => boolean }) {
    this.#tree = options.tree
    this.#head = options.head
    this.#rollbacks = options.rollbacks
    this.#maySeeSecrets = options.maySeeSecrets
  }

  async complete(
    verb: ConfigurationVerb,
    { path, words }: ConfigurationPlace,
    partial: string,
  ): Promise<ConfigurationCompletion> {
    const completions = completeChange(this.#visible(this.#tree()), verb, words, partial, stepsOf(path))
    if (completions.fault) throw syntaxError(completions.fault)
    return { candidates: completions.items.map(candidateOf), enter: completions.enter }
  }

  async show(place: ConfigurationPlace, format: ConfigurationFormat, inheritance: Inheritance): Promise<string> {
    const target = targetOf(place)
    const origins = inheritance === 'remarks' ? new Origins() : undefined
    const tree = inheritance === 'none' ? this.#tree() : inherit(this.#tree(), origins)
    const whole = target.steps.length === 0 && !target.member
    const head = whole ? this.#head() : undefined
    return unquoteSecrets(render(this.#visible(tree, origins), target, format, { head, remarks: origins?.remarks }))
  }

  async compare(place: ConfigurationPlace, rollback: number): Promise<string> {
    const target = targetOf(place)
    const before = this.#visible(await this.rollbackTree(rollback))
    const after = partOf(this.#visible(this.#tree()), target)
    const lines = compareText(partOf(before, target).branch, after.branch, after.steps)
    return unquoteSecrets(lines.map(line => `${line}\n`).join(''))
  }

  async rollbackTree(n: RollbackIndex): Promise<Branch> {
    const tree = await this.#rollbacks.rollback(n)
    if (!tree)
      throw new CommandError(n === 'rescue' ? 'no rescue configuration is set' : `rollback ${n} does not exist`)
    return tree
  }

  #visible(tree: Branch, origins?: Origins): Branch {
    return this.#maySeeSecrets() ? tree : withoutSecrets(tree, origins)
  }
}

function candidateOf({ text, help, mark, insertable, name }: Completion): CompletionCandidate {
  return {
    name: text,
    help,
    ...(mark !== '' && { marker: mark }),
    ...(!insertable && { placeholder: true }),
    ...(name && { value: true }),
  }
}
