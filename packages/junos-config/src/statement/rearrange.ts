import type { BranchSchema, LeafListSchema } from '../schema/node.ts'
import type { TreeEdit } from '../tree/edit.ts'
import type { Step } from '../tree/path.ts'
import type { Fault } from './fault.ts'
import type { ReadOptions, Resolved } from './statement.ts'
import { Walk } from './walk.ts'
import type { Word } from './words.ts'

/** `insert X before Y`, `rename X to Y`, `copy X to Y`: an entry, and the keys of the other; or a value of a set, and the other value. */
export interface Rearrangement {
  readonly verb: 'insert' | 'rename' | 'copy'
  /** To the entry; of a value, to the branch that has the set. */
  readonly steps: readonly Step[]
  readonly value?: { readonly schema: LeafListSchema; readonly value: string }
  readonly where: 'before' | 'after' | 'to'
  /** Keys, or the one value. */
  readonly other: readonly string[]
}

type Verb = Rearrangement['verb']

const separators: Readonly<Record<Verb, readonly string[]>> = {
  insert: ['before', 'after'],
  rename: ['to'],
  copy: ['to'],
}

export function isRearrangingVerb(word: string): word is Verb {
  return Object.hasOwn(separators, word)
}

/**
 * Reads the words after the verb. `before`, `after` and `to` may be names and statements too: the last of them with which both sides make
 * sense is the one that is meant.
 */
export function readRearrangement(
  root: BranchSchema,
  verb: Verb,
  words: readonly Word[],
  options: ReadOptions = {},
): Resolved<Rearrangement> {
  let fault: Fault | undefined
  for (let at = words.length - 1; at > 0; at--) {
    const { quoted, text } = words[at]!
    if (quoted || !separators[verb].includes(text)) continue
    const where = text as Rearrangement['where']
    const read = readSides(root, words.slice(0, at), words.slice(at + 1), options)
    if (read.ok) return { ok: true, value: { verb, where, ...read.value } }
    fault ??= read.fault
  }
  return { ok: false, fault: fault ?? withoutSeparator(root, words, options) }
}

type Sides = Omit<Rearrangement, 'verb' | 'where'>

function readSides(
  root: BranchSchema,
  left: readonly Word[],
  right: readonly Word[],
  options: ReadOptions,
): Resolved<Sides> {
  const abbreviations = options.abbreviations ?? false
  const from = new Walk(root, options.at ?? [], { refer: true, abbreviations })
  const wrong = from.run(left)
  if (wrong) return { ok: false, fault: wrong }
  const assigned = from.assignments.at(-1)
  const value =
    assigned?.schema.kind === 'leaf-list' && assigned.values.length === 1
      ? { schema: assigned.schema, value: assigned.values[0]! }
      : undefined
  if (!value && !(from.atBranch && from.schema.kind === 'list' && from.steps.length > from.base))
    return { ok: false, fault: from.fault('syntax', 'syntax error') }
  const behind = left.length + 1
  const to = new Walk(root, value ? from.steps : from.steps.slice(0, -1), { refer: false, abbreviations })
  const wrongTo =
    to.run(right) ?? (to.expecting.what === 'statement' ? undefined : to.fault('missing-argument', 'missing argument'))
  if (wrongTo) return { ok: false, fault: { ...wrongTo, word: wrongTo.word + behind } }
  const other = value ? otherValue(to, value.schema) : otherKeys(to, from)
  if (!other) return { ok: false, fault: { kind: 'syntax', message: 'syntax error', word: behind } }
  return { ok: true, value: value ? { steps: from.steps, value, other } : { steps: from.steps, other } }
}

function otherKeys(to: Walk, from: Walk): readonly string[] | undefined {
  const same = to.atBranch && to.steps.length === from.steps.length && to.schema === from.schema
  return same && to.assignments.length === 0 ? to.steps.at(-1)!.keys : undefined
}

function otherValue({ assignments, steps, base }: Walk, schema: LeafListSchema): readonly string[] | undefined {
  const [only, more] = assignments
  return only?.schema === schema && !more && steps.length === base && only.values.length === 1 ? only.values : undefined
}

function withoutSeparator(root: BranchSchema, words: readonly Word[], options: ReadOptions): Fault {
  const walk = new Walk(root, options.at ?? [], { refer: true, abbreviations: options.abbreviations ?? false })
  return walk.run(words) ?? walk.fault('missing-argument', 'missing argument')
}

/** Makes the change. `exists`: what is renamed or copied to is there. */
export function applyRearrangement(edit: TreeEdit, change: Rearrangement): 'changed' | 'not-found' | 'exists' {
  const { verb, steps, value, where, other } = change
  if (value) {
    const done =
      verb === 'insert' && where !== 'to' && edit.moveValue(steps, value.schema, value.value, where, other[0]!)
    return done ? 'changed' : 'not-found'
  }
  if (verb === 'insert') return where !== 'to' && edit.move(steps, where, other) ? 'changed' : 'not-found'
  if (!edit.has(steps)) return 'not-found'
  const done = verb === 'rename' ? edit.rename(steps, other) : edit.copy(steps, other)
  return done ? 'changed' : 'exists'
}
