import type { Candidate } from '../host.ts'
import type { Word } from '../line/words.ts'
import type { Command, Scope } from './command.ts'
import { type Keyword, Options } from './options.ts'
import { ambiguous, expectingCommand, LineProblem, missingArgument } from './problem.ts'
import type { TreeNode } from './tree.ts'

/** A line understood: the command, and what it was given. */
export interface Match<Action> {
  readonly command: Command<Action> & { readonly action: Action }
  readonly path: readonly string[]
  readonly options: ReadonlyMap<string, string>
  /** The words of its tail. */
  readonly rest: readonly Word[]
}

/** Goes through a line word by word. Both obeying and completing walk with this, so that they can't differ. */
export class Walk<Action> {
  scope: Scope<Action>
  node: TreeNode<Action>
  options = new Options([])
  readonly rest: Word[] = []
  /** Fixed words are behind; only options, or the tail, may follow. */
  #past = false

  constructor(scope: Scope<Action>) {
    this.scope = scope
    this.node = scope.tree.root
  }

  get command(): Command<Action> | undefined {
    return this.node.command
  }

  /** Takes one word. Throws {@link LineProblem} for one that leads nowhere. */
  take(word: Word): void {
    if (this.rest.length > 0) this.rest.push(word)
    else if (this.options.awaiting) this.options.value(this.options.awaiting, word)
    else if (!this.#takeKeyword(word)) this.#takeFree(word)
  }

  /** Fixed words that may come now. */
  below(): TreeNode<Action>[] {
    return this.#past ? [] : [...this.node.below.values()]
  }

  /** Whether the line may end here. */
  mayEnd(): boolean {
    return this.command?.action !== undefined && !this.options.missing()
  }

  end(): Match<Action> {
    const { command } = this
    if (command?.action === undefined) throw new LineProblem(expectingCommand, undefined)
    if (this.options.missing()) throw new LineProblem(missingArgument, undefined)
    const { action } = command
    return { command: { ...command, action }, path: this.scope.path, options: this.options.given, rest: this.rest }
  }

  #takeKeyword(word: Word): boolean {
    if (word.quoted) return false
    const below = this.below()
    const keywords = this.options.keywords()
    const node = below.find(one => one.name === word.text)
    if (node) return this.#go(node)
    const keyword = keywords.find(one => one.name === word.text)
    if (keyword) return this.#use(keyword)

    const nodes = below.filter(one => !one.hidden && one.name.startsWith(word.text))
    const words = keywords.filter(one => !one.hidden && one.name.startsWith(word.text))
    if (nodes.length + words.length > 1) throw ambiguous(word.text, word.start, candidatesOf(nodes, words))
    if (nodes[0]) return this.#go(nodes[0])
    return words[0] ? this.#use(words[0]) : false
  }

  #takeFree(word: Word): void {
    const positional = this.options.positional(word)
    if (positional && !this.options.shutOut(word)) {
      this.options.value(positional, word)
      this.#past = true
    } else if (this.command?.tail) this.rest.push(word)
    else if (this.command?.into) {
      this.enter()
      this.take(word)
    } else {
      const first = this.node === this.scope.tree.root
      throw new LineProblem(first ? this.scope.tree.unknown : expectingCommand, word.start)
    }
  }

  /** Goes on in the scope that the command leads to. */
  enter(): void {
    this.scope = this.command!.into!(this.scope, this.options.given)
    this.node = this.scope.tree.root
    this.options = new Options([])
    this.#past = false
  }

  #go(node: TreeNode<Action>): true {
    this.node = node
    this.options = new Options(node.command?.options ?? [])
    return true
  }

  #use(keyword: Keyword): true {
    this.options.use(keyword)
    this.#past = true
    return true
  }
}

export function candidatesOf<Action>(nodes: readonly TreeNode<Action>[], words: readonly Keyword[]): Candidate[] {
  const all = [
    ...nodes.map(({ name, help }) => ({ name, help })),
    ...words.map(({ name, option }) => ({ name, help: option.help })),
  ]
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Understands a whole line. Throws {@link LineProblem}. */
export function resolve<Action>(scope: Scope<Action>, words: readonly Word[]): Match<Action> {
  const walk = new Walk(scope)
  for (const word of words) walk.take(word)
  return walk.end()
}
