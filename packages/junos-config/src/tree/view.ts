import { nextKey } from '../schema/keys.ts'
import type { BranchSchema, LeafListSchema, LeafSchema, ListSchema } from '../schema/node.ts'
import { type Branch, entryKey, orderedEntries, type TreeNode } from './node.ts'

/**
 * A place in a configuration, for reading: what daemons use. A place that isn't configured reads as empty, with the
 * schema's defaults; a name that the schema doesn't have is a programming error and throws.
 */
export class ConfigView {
  readonly schema: BranchSchema
  /** What is configured here; undefined when nothing is. */
  readonly branch: Branch | undefined

  constructor(schema: BranchSchema, branch: Branch | undefined) {
    this.schema = schema
    this.branch = branch
  }

  /** Whether the place itself is configured. */
  get exists(): boolean {
    return this.branch !== undefined
  }

  /** The first key of a list entry, '' elsewhere. */
  get key(): string {
    return this.branch?.keys[0] ?? ''
  }

  /** All keys of a list entry, with their arguments: `['10.0.0.0/8', 'upto', '/24']`; none elsewhere. */
  get keys(): readonly string[] {
    return this.branch?.keys ?? []
  }

  /** Goes down by the words of a set command: `at('interfaces', 'xe-0/0/0', 'unit', '0', 'family', 'inet')`. */
  at(...words: readonly string[]): ConfigView {
    let { schema, branch }: { schema: BranchSchema; branch: Branch | undefined } = this
    for (let i = 0; i < words.length; ) {
      const statement = schema.statements.get(words[i]!) ?? schema.statements.keyless
      if (statement?.kind === 'container') {
        branch = asBranch(branch?.children.get(statement.name))
        i++
      } else if (statement?.kind === 'list') {
        if (statement.keyword) i++
        const keys: string[] = []
        while (nextKey(statement, keys)) {
          if (i === words.length) throw unknown(schema, words.join(' '))
          keys.push(words[i++]!)
        }
        const list = branch?.children.get(statement.name)
        branch = list?.kind === 'list' ? list.entries.get(entryKey(keys)) : undefined
      } else {
        throw unknown(schema, words[i]!)
      }
      schema = statement
    }
    return new ConfigView(schema, branch)
  }

  /** Whether a statement is there: a flag, a leaf (defaults don't count), a container, a list with entries. */
  has(name: string): boolean {
    this.#statement(name)
    return this.branch?.children.has(name) ?? false
  }

  /** A leaf's value, or the schema's default, or undefined. */
  leaf(name: string): string | undefined {
    const schema = this.#statement(name)
    if (schema.kind !== 'leaf') throw unknown(this.schema, name)
    const node = this.branch?.children.get(name)
    return node?.kind === 'leaf' ? node.value : schema.default
  }

  /** A numeric leaf's value or default, or undefined. */
  number(name: string): number | undefined {
    const value = this.leaf(name)
    return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value)
  }

  /** The values of a leaf-list, none when it isn't there. */
  values(name: string): readonly string[] {
    const schema = this.#statement(name)
    if (schema.kind !== 'leaf-list') throw unknown(this.schema, name)
    const node = this.branch?.children.get(name)
    return node?.kind === 'leaf-list' ? node.values : []
  }

  /** The entries of a list in the order shown; without a name, of the list whose entries stand here by key alone. */
  list(name?: string): ConfigView[] {
    const schema = name === undefined ? this.schema.statements.keyless : this.#statement(name)
    if (schema?.kind !== 'list') throw unknown(this.schema, name ?? 'entries')
    const node = this.branch?.children.get(schema.name)
    return node?.kind === 'list' ? orderedEntries(node).map(entry => new ConfigView(schema, entry)) : []
  }

  #statement(name: string): LeafSchema | LeafListSchema | ListSchema | BranchSchema {
    const schema = this.schema.statements.named(name)
    if (!schema) throw unknown(this.schema, name)
    return schema
  }
}

function asBranch(node: TreeNode | undefined): Branch | undefined {
  return node?.kind === 'branch' ? node : undefined
}

function unknown(schema: BranchSchema, word: string): Error {
  return new Error(`the schema has no '${word}' under '${schema.name || 'edit'}'`)
}
