import { editPathText } from '../format/level.ts'
import { nextKey } from '../schema/keys.ts'
import {
  type BranchSchema,
  isGrouped,
  type KeySchema,
  type LeafListSchema,
  type LeafSchema,
  type ListSchema,
  type SchemaNode,
} from '../schema/node.ts'
import { readWord } from '../statement/walk.ts'
import { findBranch, TreeEdit } from '../tree/edit.ts'
import { type Branch, meansSomethingEmpty } from '../tree/node.ts'
import type { Step, Target } from '../tree/path.ts'
import type { ValueType } from '../values/value.ts'
import { Errors, type Loaded, type LoadWarning, shown } from './load.ts'

/** A configuration as elements: XML as it was read, or JSON made into the same. */
export interface ConfigurationElement {
  /** Without a prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text?: string
  readonly children: readonly ConfigurationElement[]
  readonly line: number
  readonly column: number
}

/** What is done with a statement that says nothing itself, RFC 6241 7.2. */
export type Operation = 'merge' | 'replace' | 'create' | 'delete' | 'remove' | 'none'

export interface ElementOptions {
  /** The level at which the contents stand. */
  readonly at?: readonly Step[]
  /** For statements that say nothing themselves: `merge` unless told otherwise. */
  readonly operation?: 'merge' | 'replace' | 'none'
}

/**
 * Brings what is in a `<configuration>` element into a tree. Statements say by attributes what is done with them: `operation`, or Junos's
 * own `delete`, `replace`, `inactive`, `active`, `insert`, `rename`. Those that are wrong are left out, and reported.
 */
export function loadElements(base: Branch, configuration: ConfigurationElement, options: ElementOptions = {}): Loaded {
  const loader = new ElementLoader(base)
  const at = options.at ?? []
  loader.contents(configuration, at.at(-1)?.schema ?? base.schema, at, options.operation ?? 'merge')
  return loader.finish()
}

/** Why a statement is left out, and which element says so. */
interface Wrong {
  readonly at: ConfigurationElement
  readonly message: string
  /** Instead of the element's name. */
  readonly token?: string
}

class ElementLoader {
  readonly #edit: TreeEdit
  readonly #errors = new Errors()
  readonly #warnings: LoadWarning[] = []

  constructor(base: Branch) {
    this.#edit = new TreeEdit(base)
  }

  finish(): Loaded {
    const { kept, count } = this.#errors
    return { root: this.#edit.finish(), errors: kept, errorCount: count, warnings: this.#warnings }
  }

  contents(
    { children }: ConfigurationElement,
    schema: BranchSchema,
    steps: readonly Step[],
    operation: Operation,
    keys: ReadonlySet<ConfigurationElement> = none,
  ): void {
    for (const one of children) {
      if (keys.has(one)) continue
      const statement =
        schema.statements.named(one.name) ?? schema.statements.named(one.name.replace(/^ieee-(?=\d)/, ''))
      if (!statement && one.name === 'undocumented') this.contents(one, schema, steps, operation)
      else if (statement || one.name !== 'comment') {
        const wrong = statement ? this.#statement(one, statement, steps, operation) : syntaxError(one)
        if (wrong) this.#error(wrong, steps)
      }
    }
  }

  #statement(
    one: ConfigurationElement,
    schema: SchemaNode,
    steps: readonly Step[],
    inherited: Operation,
  ): Wrong | undefined {
    const operation = operationOf(one, inherited)
    if (!operation) return { at: one, message: 'invalid operation' }
    switch (schema.kind) {
      case 'container':
        if (isGrouped(schema)) return this.#grouped(one, { schema, keys: [] }, steps, operation)
        return this.#branch(one, { schema, keys: [] }, steps, operation)
      case 'list':
        return this.#entry(one, schema, steps, operation)
      case 'leaf':
      case 'leaf-list':
        return this.#value(one, schema, steps, operation)
    }
  }

  /** An element of its own for each entry; one without a key means all of them. */
  #grouped(one: ConfigurationElement, step: Step, above: readonly Step[], operation: Operation): Wrong | undefined {
    const steps = [...above, step]
    if (isDeletion(operation) && one.children.length === 0) return this.#delete(one, { steps }, above, operation)
    return this.#entry(one, step.schema.statements.keyless as ListSchema, steps, operation)
  }

  #entry(
    one: ConfigurationElement,
    schema: ListSchema,
    steps: readonly Step[],
    operation: Operation,
  ): Wrong | undefined {
    const read = keysOf(one, schema, steps)
    if ('keys' in read) return this.#branch(one, { schema, keys: read.keys }, steps, operation, read.elements)
    const all = one.children.length === 0 && isDeletion(operation)
    return all ? this.#delete(one, { steps, member: { schema, values: [] } }, steps, operation) : read
  }

  #branch(
    one: ConfigurationElement,
    step: Step,
    above: readonly Step[],
    operation: Operation,
    keys?: ReadonlySet<ConfigurationElement>,
  ): Wrong | undefined {
    const steps = [...above, step]
    if (isDeletion(operation)) return this.#delete(one, { steps }, above, operation)
    if (operation === 'create' && findBranch(this.#edit.root, steps)) return alreadyThere(one)
    if (operation === 'replace') this.#edit.delete({ steps })
    if (operation !== 'none' && meansSomethingEmpty(step.schema)) this.#edit.touch(steps)
    // What is inside of a new thing is simply put there.
    const inside = operation === 'replace' || operation === 'create' ? 'merge' : operation
    this.contents(one, step.schema, steps, inside, keys)
    this.#activity(one, { steps })
    return step.schema.kind === 'list' ? this.#place(one, steps) : undefined
  }

  #value(
    one: ConfigurationElement,
    schema: LeafSchema | LeafListSchema,
    steps: readonly Step[],
    operation: Operation,
  ): Wrong | undefined {
    if (schema.kind === 'leaf' && schema.prompted)
      return { at: one, message: `'${schema.name}' can only be set from a terminal` }
    if (one.children.length > 0) return syntaxError(one.children[0]!)
    const text = one.text ?? ''
    const all = { steps, member: { schema, values: [] } }
    if (isDeletion(operation) && text.trim() === '') return this.#delete(one, all, steps, operation)
    if (operation === 'none') return undefined
    const read = schema.type ? readText(text, schema.type, steps) : readFlag(text)
    if ('error' in read) return { at: one, message: read.error, token: text }
    const values = schema.type ? [read.value] : []
    if (isDeletion(operation)) return this.#delete(one, { steps, member: { schema, values } }, steps, operation)
    if (operation === 'create' && this.#has(steps, schema, read.value)) return alreadyThere(one)
    if (schema.kind === 'leaf') this.#edit.setLeaf(steps, schema, read.value)
    else this.#edit.addValues(steps, schema, values)
    this.#activity(one, all)
    return undefined
  }

  #has(steps: readonly Step[], schema: LeafSchema | LeafListSchema, value: string): boolean {
    const node = findBranch(this.#edit.root, steps)?.children.get(schema.name)
    return node?.kind === 'leaf' || (node?.kind === 'leaf-list' && node.values.includes(value))
  }

  /** What is not there is an error by RFC 6241's word, and a warning by Junos's own. */
  #delete(one: ConfigurationElement, target: Target, above: readonly Step[], operation: Operation): Wrong | undefined {
    if (this.#edit.delete(target) || operation === 'remove') return undefined
    if (!('delete' in one.attributes)) return { at: one, message: notFound }
    if (this.#warnings.length < 100)
      this.#warnings.push({ level: editPathText(above), statement: shown(one.name), message: notFound })
    return undefined
  }

  #activity({ attributes }: ConfigurationElement, target: Target): void {
    if ('inactive' in attributes) this.#edit.setInactive(target, true)
    else if ('active' in attributes) this.#edit.setInactive(target, false)
  }

  /** `insert="after" name="b"`, `rename="rename" name="b"`. */
  #place(one: ConfigurationElement, steps: readonly Step[]): Wrong | undefined {
    const { insert, rename, name, key } = one.attributes
    const other = name ?? bracketed(key)
    const keys = other === undefined ? undefined : [other]
    if (rename !== undefined) {
      const renamed = keys !== undefined && isKey(steps.at(-1)!, keys) && this.#edit.rename(steps, keys)
      return renamed ? undefined : { at: one, message: 'statement cannot be renamed' }
    }
    if (insert === undefined) return undefined
    if (insert === 'first' || insert === 'last') this.#edit.move(steps, insert)
    else if ((insert !== 'before' && insert !== 'after') || !keys || !this.#edit.move(steps, insert, keys))
      return { at: one, message: notFound }
    return undefined
  }

  #error({ at, message, token = at.name }: Wrong, steps: readonly Step[]): void {
    const { line, column, name } = at
    this.#errors.add({ line, column, token: shown(token), message, level: editPathText(steps), statement: shown(name) })
  }
}

const notFound = 'statement not found'

function syntaxError(at: ConfigurationElement): Wrong {
  return { at, message: 'syntax error' }
}

function alreadyThere(at: ConfigurationElement): Wrong {
  return { at, message: 'statement already exists' }
}

function isDeletion(operation: Operation): boolean {
  return operation === 'delete' || operation === 'remove'
}

/** Whether the entries of a list can have such keys. */
function isKey({ schema }: Step, keys: readonly string[]): boolean {
  return schema.kind === 'list' && schema.keys.length === 1 && 'value' in schema.keys[0]!.type.read(keys[0]!)
}

const none: ReadonlySet<ConfigurationElement> = new Set()
const operations: readonly string[] = ['merge', 'replace', 'create', 'delete', 'remove', 'none'] satisfies Operation[]

/** Undefined for one that there is not. */
function operationOf({ attributes }: ConfigurationElement, inherited: Operation): Operation | undefined {
  if ('delete' in attributes) return 'delete'
  if ('replace' in attributes) return 'replace'
  const { operation } = attributes
  if (operation === undefined) return inherited
  return operations.includes(operation) ? (operation as Operation) : undefined
}

type Keys = { readonly keys: readonly string[]; readonly elements: ReadonlySet<ConfigurationElement> } | Wrong

/** The keys that an element of an entry has, and which of its elements say them; undefined where it has none, or wrong ones. */
export function keysIn(
  list: ListSchema,
  entry: ConfigurationElement,
): { readonly keys: readonly string[]; readonly elements: ReadonlySet<ConfigurationElement> } | undefined {
  const read = keysOf(entry, list, [])
  return 'keys' in read ? read : undefined
}

/** The keys of an entry, which are elements among its contents. */
function keysOf(entry: ConfigurationElement, list: ListSchema, steps: readonly Step[]): Keys {
  const keys: string[] = []
  const elements = new Set<ConfigurationElement>()
  for (let schema = nextKey(list, keys); schema; schema = nextKey(list, keys)) {
    const found = keyElement(entry, schema, list, keys.length === 0)
    if (!found) return { at: entry, message: 'missing argument' }
    elements.add(found.element)
    const read = readText(found.text, schema.type, steps)
    if ('error' in read) return { message: read.error, at: found.element }
    keys.push(read.value)
    const argument = nextKey(list, keys)
    if (!found.choice || !argument || !schema.argument?.(read.value)) continue
    const value = readText(found.element.text ?? '', argument.type, steps)
    if ('error' in value) return { message: value.error, at: found.element }
    keys.push(value.value)
  }
  for (const child of entry.children) if (child.name === 'choice-value') elements.add(child)
  const reserved = !list.keyword && (steps.at(-1)?.schema.statements.get(keys[0]!) ?? false)
  return reserved ? { at: entry, message: `'${keys[0]}' is a reserved name` } : { keys, elements }
}

/** A single key is `name`, others have names of their own; a choice may be an element named as what was chosen, around its argument. */
function keyElement(entry: ConfigurationElement, schema: KeySchema, list: ListSchema, first: boolean) {
  const names = first && list.keys.length === 1 ? ['name', schema.name] : [schema.name]
  const named = entry.children.find(child => names.includes(child.name))
  if (named) return { element: named, text: named.text ?? '', choice: false }
  if (!schema.argument) return undefined
  const chosen = entry.children.find(child => schema.type.choices?.some(choice => choice.name === child.name))
  return chosen && { element: chosen, text: chosen.name, choice: true }
}

type ReadValue = { readonly value: string } | { readonly error: string }

/** A router puts line feeds around values; other space counts where the type takes it. */
function readText(text: string, type: ValueType, steps: readonly Step[]): ReadValue {
  const inGroup = steps[0]?.schema.name === 'groups'
  const padded = /^\n[ \t]*(\S[^\n]*?)[ \t]*\n[ \t]*$/.exec(text)
  const read = readWord(padded ? padded[1]! : text, type, inGroup)
  const trimmed = text.trim()
  if ('value' in read || trimmed === text) return read
  return readWord(trimmed, type, inGroup)
}

function readFlag(text: string): ReadValue {
  return text.trim() === '' ? { value: '' } : { error: 'syntax error' }
}

/** `[name='b']` */
function bracketed(key: string | undefined): string | undefined {
  return /^\s*\[[^=\]]*=\s*(['"])(.*)\1\s*\]\s*$/.exec(key ?? '')?.[2]
}
