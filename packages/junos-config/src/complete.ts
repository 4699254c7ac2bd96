import { nextKey } from './schema/keys.ts'
import type { BranchSchema, LeafListSchema, LeafSchema, ListSchema, SchemaNode } from './schema/node.ts'
import type { Fault } from './statement/fault.ts'
import { unfinished } from './statement/statement.ts'
import { Walk } from './statement/walk.ts'
import { quote, type Word } from './statement/words.ts'
import { findBranch } from './tree/edit.ts'
import { type Branch, orderedEntries } from './tree/node.ts'
import { naturalCompare } from './tree/order.ts'
import type { Step } from './tree/path.ts'
import { namesAt } from './validate/generic.ts'
import type { ValueType } from './values/value.ts'

/** What the words are for: it decides whether what exists, or what may be, is offered. */
export type CompletionMode = 'set' | 'delete' | 'edit' | 'show' | 'activate' | 'deactivate'

/** One line of help. */
export interface Completion {
  /** The word, `<placeholder>` for something to be typed, or `[`. */
  readonly text: string
  readonly help: string
  /** Junos's mark in front: `>` leads to more statements, `+` takes several values. */
  readonly mark: '>' | '+' | ''
  /** Whether Tab may insert it: placeholders and hidden words are only shown. */
  readonly insertable: boolean
  /** A name out of the configuration: typed on rather than filled in, as `xe-0/0/1` may be meant where `xe-0/0/10` exists. */
  readonly name?: true
}

export interface Completions {
  readonly items: readonly Completion[]
  /** The words so far are a whole statement: help shows `<[Enter]>` first. */
  readonly enter: boolean
  /** A word before the one being completed is wrong; nothing is offered then. */
  readonly fault?: Fault
}

/**
 * What may come next after some complete words. `partial` is the beginning of the word under the cursor, '' after a
 * blank. `root` is the configuration in which existing names are looked for.
 */
export function complete(
  root: Branch,
  words: readonly Word[],
  partial: string,
  options: { mode: CompletionMode; at?: readonly Step[] },
): Completions {
  const { mode, at = [] } = options
  const refer = mode !== 'set' && mode !== 'edit'
  const walk = new Walk(root.schema, at, { refer, abbreviations: true })
  const fault = walk.run(words)
  if (fault) return { items: [], enter: false, fault }
  const offer = new Offer(root, walk, mode)
  const items = offer.items().filter(item => !item.insertable || item.text.startsWith(partial))
  const typed = partial === '' ? items : items.filter(item => item.insertable || item.text.startsWith('<'))
  return { items: typed, enter: partial === '' && mayEnd(walk, mode, words.length) }
}

/** Whether Enter is possible after the words. */
function mayEnd(walk: Walk, mode: CompletionMode, words: number): boolean {
  if (mode === 'set') return words > 0 && unfinished(walk) === undefined
  if (mode === 'edit') return words > 0 && walk.expecting.what === 'statement' && walk.assignments.length === 0
  const { expecting } = walk
  if (expecting.what === 'set' || (expecting.what === 'key' && expecting.keys.length > 0)) return false
  return mode === 'show' || mode === 'delete' || words > 0
}

class Offer {
  readonly #root: Branch
  readonly #walk: Walk
  readonly #mode: CompletionMode
  readonly #branch: Branch | undefined

  constructor(root: Branch, walk: Walk, mode: CompletionMode) {
    this.#root = root
    this.#walk = walk
    this.#mode = mode
    this.#branch = findBranch(root, walk.steps)
  }

  items(): Completion[] {
    const { expecting } = this.#walk
    switch (expecting.what) {
      case 'statement':
        return this.#statements(this.#walk.schema)
      case 'key':
        return this.#keys(expecting.schema, expecting.keys)
      case 'value':
        return this.#values(expecting.schema)
      case 'set':
        return [...valuesOf(this.#root, expecting.schema.type, expecting.schema.help), closeSet]
      case 'nothing':
        return []
    }
  }

  get #existingOnly(): boolean {
    return this.#mode !== 'set' && this.#mode !== 'edit'
  }

  #statements(schema: BranchSchema): Completion[] {
    const { all, keyless } = schema.statements
    const named = all.filter(node => node !== keyless && this.#offered(node))
    const items = named.map(statementItem)
    const values =
      keyless?.kind === 'list'
        ? this.#keys(keyless, [])
        : keyless?.type
          ? valuesOf(this.#root, keyless.type, keyless.help)
          : []
    // Names and statements stand in one order, below what may be typed in their place.
    items.push(...values.filter(value => value.insertable))
    items.sort((a, b) => naturalCompare(a.text, b.text))
    return [...values.filter(value => !value.insertable), ...items]
  }

  #offered(node: SchemaNode): boolean {
    if (node.hidden) return false
    if (this.#mode === 'edit') return node.kind === 'container' || node.kind === 'list'
    return !this.#existingOnly || (this.#branch?.children.has(node.name) ?? false)
  }

  #keys(schema: ListSchema, keys: readonly string[]): Completion[] {
    const { type, help } = nextKey(schema, keys)!
    const node = this.#branch?.children.get(schema.name)
    const existing = node?.kind === 'list' ? orderedEntries(node) : []
    const matching = existing.filter(entry => keys.every((key, i) => entry.keys[i] === key))
    const names = [...new Set(matching.map(entry => entry.keys[keys.length]!))]
    const items = names.map(name => nameItem(name, help))
    if (this.#existingOnly) return items
    const possible = valuesOf(this.#root, type, help)
    return [...possible, ...items.filter(item => !possible.some(other => other.text === item.text))]
  }

  #values(schema: LeafSchema | LeafListSchema): Completion[] {
    if (this.#existingOnly) {
      // Single values can be deleted from a set; anything else is meant whole.
      const node = this.#branch?.children.get(schema.name)
      if (this.#mode !== 'delete' || node?.kind !== 'leaf-list') return []
      return [...node.values.map(value => word(value, schema.help, '')), openSet]
    }
    const items = valuesOf(this.#root, schema.type!, schema.help)
    return schema.kind === 'leaf-list' ? [...items, openSet] : items
  }
}

const openSet: Completion = { text: '[', help: 'Open a set of values', mark: '', insertable: true }
const closeSet: Completion = { text: ']', help: 'Close a set of values', mark: '', insertable: true }

function statementItem(node: SchemaNode): Completion {
  const range = node.kind === 'leaf' || node.kind === 'leaf-list' ? node.type?.range : undefined
  const mark = node.kind === 'leaf-list' ? '+' : node.kind === 'leaf' ? '' : '>'
  return word(node.name, range ? `${node.help} ${range}` : node.help, mark)
}

/** What a value may be: the words of an enumeration, names that exist, or a placeholder. */
function valuesOf(root: Branch, type: ValueType, help: string): Completion[] {
  const choices = type.choices?.filter(choice => !choice.hidden).map(choice => word(choice.name, choice.help, '')) ?? []
  const { refers } = type
  const builtin = Object.entries(refers?.builtin ?? {}).map(([name, about]) => word(name, about, ''))
  const configured = refers ? namesAt(root, refers).map(name => nameItem(name, help)) : []
  const open = type.choices && !type.open ? [] : placeholder(type, help)
  return [...open, ...choices, ...builtin, ...configured]
}

function placeholder(type: ValueType, help: string): Completion[] {
  const about = type.range ? `${help} ${type.range}` : help
  return [{ text: `<${type.placeholder}>`, help: about, mark: '', insertable: false }]
}

function nameItem(text: string, help: string): Completion {
  return { ...word(text, help, ''), name: true }
}

function word(text: string, help: string, mark: Completion['mark']): Completion {
  return { text: quote(text), help, mark, insertable: true }
}
