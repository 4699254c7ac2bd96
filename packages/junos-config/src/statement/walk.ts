import { nextKey } from '../schema/keys.ts'
import type { BranchSchema, LeafListSchema, LeafSchema, ListSchema, SchemaNode } from '../schema/node.ts'
import { entryKey } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import type { Read, ValueType } from '../values/value.ts'
import type { Fault } from './fault.ts'
import type { Word } from './words.ts'

/** A leaf met on the way, in the branch that the first `depth` steps name. */
export interface Assignment {
  readonly depth: number
  readonly schema: LeafSchema | LeafListSchema
  readonly values: readonly string[]
}

/** Where the words so far have led: what the next word has to be. */
export type Expecting =
  | { readonly what: 'statement' }
  | { readonly what: 'key'; readonly schema: ListSchema; readonly keys: readonly string[] }
  | { readonly what: 'value'; readonly schema: LeafSchema | LeafListSchema }
  | { readonly what: 'set'; readonly schema: LeafListSchema; readonly values: string[] }
  | { readonly what: 'nothing' }

export interface WalkOptions {
  /** Refer to one existing thing (delete, show) rather than assign values (set). */
  readonly refer: boolean
  /** Accept unambiguous beginnings of keywords, as at a terminal. */
  readonly abbreviations: boolean
}

/** Junos's group wildcard: `<*>`, `<xe-*>`. */
const wildcard = /^<[^<>\s]+>$/
/** No statement that means something comes near; they bound what a hostile line can make us hold. */
const mostAssignments = 1000
const mostValues = 65_536
const statement: Expecting = { what: 'statement' }

/** Goes down the schema word by word. Everything that reads statements (commands, files, completion) walks with this. */
export class Walk {
  readonly steps: Step[]
  readonly assignments: Assignment[] = []
  /** Steps that were there before the first word. */
  readonly base: number
  expecting: Expecting = statement
  /** How many assignments there were when the last step was taken: tells whether the branch itself is meant. */
  #assignedAbove = 0
  #words = 0
  readonly #root: BranchSchema
  readonly #options: WalkOptions

  constructor(root: BranchSchema, at: readonly Step[], options: WalkOptions) {
    this.#root = root
    this.steps = [...at]
    this.base = at.length
    this.#options = options
  }

  /** The branch reached. */
  get schema(): BranchSchema {
    return this.steps.at(-1)?.schema ?? this.#root
  }

  /** Keys may be wildcards below `groups`. */
  get inGroup(): boolean {
    return this.steps[0]?.schema.name === 'groups'
  }

  /** Whether the words stop at a branch, with no leaf after it. */
  get atBranch(): boolean {
    return this.expecting.what === 'statement' && this.assignments.length === this.#assignedAbove
  }

  /** Takes all words; the first fault ends it. */
  run(words: readonly Word[]): Fault | undefined {
    for (const word of words) {
      const fault = this.take(word)
      if (fault) return fault
    }
    return undefined
  }

  /** Takes one word. */
  take(word: Word): Fault | undefined {
    const fault = this.#take(word)
    this.#words++
    return fault
  }

  /** A fault at the word that would come next, for statements that stop too early. */
  fault(kind: Fault['kind'], message: string): Fault {
    return { kind, message, word: this.#words }
  }

  #take(word: Word): Fault | undefined {
    const { expecting } = this
    switch (expecting.what) {
      case 'statement':
        return this.#takeStatement(word)
      case 'key':
        return this.#takeKey(word, expecting.schema, expecting.keys)
      case 'value':
        return this.#takeValue(word, expecting.schema)
      case 'set':
        return this.#takeMember(word, expecting.schema, expecting.values)
      case 'nothing':
        return this.fault('syntax', 'syntax error')
    }
  }

  #takeStatement(word: Word): Fault | undefined {
    const { statements } = this.schema
    const { keyless } = statements
    if (!word.quoted) {
      const exact = statements.get(word.text)
      if (exact) return this.#enter(exact)
      if (isBracket(word)) return this.fault('syntax', 'syntax error')
    } else if (keyless && statements.get(word.text)) {
      // An entry of that name could not be told from the keyword when it is written.
      return this.fault('value', `'${word.text}' is a reserved name`)
    }
    if (keyless) {
      const keyFault = keyless.kind === 'list' ? this.#takeKey(word, keyless, []) : this.#takeUnnamed(word, keyless)
      if (!keyFault) return undefined
      const abbreviated = this.#abbreviation(word)
      return abbreviated ? this.#enterOr(abbreviated) : keyFault
    }
    const abbreviated = this.#abbreviation(word)
    return abbreviated ? this.#enterOr(abbreviated) : this.fault('syntax', 'syntax error')
  }

  #abbreviation(word: Word): SchemaNode | Fault | undefined {
    if (!this.#options.abbreviations || word.quoted) return undefined
    const candidates = this.schema.statements.startingWith(word.text)
    if (candidates.length <= 1) return candidates[0]
    return { kind: 'ambiguous', message: `'${word.text}' is ambiguous`, word: this.#words, candidates }
  }

  #enterOr(found: SchemaNode | Fault): Fault | undefined {
    return 'message' in found ? found : this.#enter(found)
  }

  #enter(schema: SchemaNode): Fault | undefined {
    switch (schema.kind) {
      case 'container':
        this.#step({ schema, keys: [] })
        return undefined
      case 'list':
        this.expecting = { what: 'key', schema, keys: [] }
        return undefined
      case 'leaf':
        if (schema.prompted) return this.#prompt(schema)
        if (schema.type) this.expecting = { what: 'value', schema }
        else return this.#assign(schema, [])
        return undefined
      case 'leaf-list':
        this.expecting = { what: 'value', schema }
        return undefined
    }
  }

  #prompt(schema: LeafSchema): Fault {
    const message = `'${schema.name}' can only be set from a terminal`
    return { ...this.fault('prompted', message), prompted: { steps: [...this.steps], schema } }
  }

  #takeKey(word: Word, schema: ListSchema, keys: readonly string[]): Fault | undefined {
    const { type } = nextKey(schema, keys)!
    const read = this.#read(word, type)
    if (typeof read !== 'string') return read
    const all = [...keys, read]
    if (nextKey(schema, all)) this.expecting = { what: 'key', schema, keys: all }
    else this.#step({ schema, keys: all })
    return undefined
  }

  #takeValue(word: Word, schema: LeafSchema | LeafListSchema): Fault | undefined {
    if (schema.kind === 'leaf-list' && !word.quoted && word.text === '[') {
      this.expecting = { what: 'set', schema, values: [] }
      return undefined
    }
    const read = this.#read(word, schema.type!)
    if (typeof read !== 'string') return read
    return this.#assign(schema, [read])
  }

  /** A value without a name stands once: a second is a word that means nothing. */
  #takeUnnamed(word: Word, schema: LeafSchema): Fault | undefined {
    const taken = this.assignments.some(one => one.schema === schema && one.depth === this.steps.length)
    return taken ? this.fault('syntax', 'syntax error') : this.#takeValue(word, schema)
  }

  #takeMember(word: Word, schema: LeafListSchema, values: string[]): Fault | undefined {
    if (!word.quoted && word.text === ']') {
      if (values.length === 0) return this.fault('missing-argument', 'missing argument')
      return this.#assign(schema, values)
    }
    if (values.length === mostValues) return this.fault('value', 'too many values in one set')
    const read = this.#read(word, schema.type)
    if (typeof read !== 'string') return read
    // In place: a set of n values must not cost n copies.
    values.push(read)
    return undefined
  }

  #read(word: Word, type: ValueType): string | Fault {
    if (isBracket(word)) return this.fault('syntax', 'syntax error')
    const read = readWord(word.text, type, this.inGroup && !word.quoted)
    if ('value' in read) return read.value
    if (this.#options.abbreviations && !word.quoted) {
      const names = type.choices?.filter(choice => !choice.hidden && choice.name.startsWith(word.text)) ?? []
      if (names.length === 1) return names[0]!.name
      if (names.length > 1) return this.fault('ambiguous', `'${word.text}' is ambiguous`)
    }
    // What refers to nothing that can exist is simply not found.
    if (this.#options.refer && !type.choices) return word.text
    return this.fault(read.error === 'syntax error' ? 'syntax' : 'value', read.error)
  }

  #step(step: Step): void {
    this.steps.push(step)
    this.expecting = statement
    this.#assignedAbove = this.assignments.length
  }

  #assign(schema: LeafSchema | LeafListSchema, values: readonly string[]): Fault | undefined {
    if (this.assignments.length === mostAssignments) return this.fault('syntax', 'syntax error')
    this.assignments.push({ depth: this.steps.length, schema, values })
    this.expecting = this.#options.refer ? { what: 'nothing' } : statement
    return undefined
  }
}

/** A value or a key; below `groups` it may be a wildcard. */
export function readWord(text: string, type: ValueType, inGroup: boolean): Read {
  return inGroup && wildcard.test(text) ? { value: text } : type.read(text)
}

function isBracket(word: Word): boolean {
  return !word.quoted && (word.text === '[' || word.text === ']')
}

/** Whether two steps name the same branch. */
export function sameStep(a: Step, b: Step): boolean {
  return a.schema.name === b.schema.name && entryKey(a.keys) === entryKey(b.keys)
}
