import type { BranchSchema } from '../schema/node.ts'
import type { TreeEdit } from '../tree/edit.ts'
import { commentOf, type Marks } from '../tree/marks.ts'
import type { Target } from '../tree/path.ts'
import type { Fault } from './fault.ts'
import { applyRearrangement, isRearrangingVerb, type Rearrangement, readRearrangement } from './rearrange.ts'
import { type ReadOptions, type Resolved, readSet, readTarget, type SetStatement } from './statement.ts'
import type { Word } from './words.ts'

/** A change to a configuration, as one command says it. */
export type Change =
  | { readonly verb: 'set'; readonly statement: SetStatement }
  | { readonly verb: 'delete' | 'activate' | 'deactivate'; readonly target: Target }
  | { readonly verb: 'protect' | 'unprotect'; readonly target: Target }
  | { readonly verb: 'annotate'; readonly target: Target; readonly comment: string | undefined }
  | Rearrangement

const verbs = [
  'set',
  'delete',
  'activate',
  'deactivate',
  'protect',
  'unprotect',
  'annotate',
  'insert',
  'rename',
  'copy',
] as const
type Verb = (typeof verbs)[number]

/** Whether a word is a command that changes the configuration and that `readChange` reads. */
export function isChangeVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word)
}

/**
 * Reads `set|delete|activate|deactivate|protect|unprotect|annotate|insert|rename|copy ...` against the schema. The fault's word counts from the verb (0).
 * The verb is taken literally: abbreviating commands is the CLI's business.
 */
export function readChange(root: BranchSchema, words: readonly Word[], options: ReadOptions = {}): Resolved<Change> {
  const verb = words[0]?.text
  if (verb === undefined || !isChangeVerb(verb)) {
    return { ok: false, fault: { kind: 'syntax', message: 'syntax error', word: 0 } }
  }
  const rest = words.slice(1)
  if (verb === 'set') {
    const read = readSet(root, rest, options)
    return read.ok ? { ok: true, value: { verb, statement: read.value } } : shifted(read.fault)
  }
  if (isRearrangingVerb(verb)) {
    const read = readRearrangement(root, verb, rest, options)
    return read.ok ? read : shifted(read.fault)
  }
  if (verb === 'annotate') {
    const text = rest.at(-1)
    const read = readTarget(root, rest.slice(0, -1), options)
    if (!read.ok) return shifted(read.fault)
    if (!text || rest.length < 2)
      return { ok: false, fault: { kind: 'missing-argument', message: 'missing argument', word: words.length } }
    return { ok: true, value: { verb, target: read.value, comment: commentOf(text.text) } }
  }
  const read = readTarget(root, rest, options)
  return read.ok ? { ok: true, value: { verb, target: read.value } } : shifted(read.fault)
}

function shifted(fault: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault: { ...fault, word: fault.word + 1 } }
}

/** What applying a change did: `not-found` is Junos's `warning: statement not found`, `exists` that the new name is taken, `protected` that nothing may be changed there. */
export type Applied = 'changed' | 'unchanged' | 'not-found' | 'exists' | 'protected'

/** What the router warns of; undefined where all is well. */
export function appliedWarning(applied: Applied): string | undefined {
  if (applied === 'not-found') return 'statement not found'
  if (applied === 'exists') return 'statement already exists'
  return applied === 'protected' ? 'statement is protected' : undefined
}

/** Makes the change. */
export function applyChange(edit: TreeEdit, change: Change): Applied {
  const refused = edit.refused.length
  const applied = apply(edit, change)
  return edit.refused.length > refused && applied !== 'changed' ? 'protected' : applied
}

function apply(edit: TreeEdit, change: Change): Applied {
  if (change.verb === 'set') return applySet(edit, change.statement) ? 'changed' : 'unchanged'
  if (change.verb === 'delete') return edit.delete(change.target) ? 'changed' : 'not-found'
  if ('where' in change) return applyRearrangement(edit, change)
  const done = edit.mark(change.target, marksOf(change))
  return done === 'missing' ? 'not-found' : done
}

function marksOf(change: Exclude<Change, { readonly verb: 'set' } | Rearrangement>): Partial<Marks> {
  if (change.verb === 'annotate') return { comment: change.comment }
  if (change.verb === 'protect' || change.verb === 'unprotect') return { isProtected: change.verb === 'protect' }
  return { inactive: change.verb === 'deactivate' }
}

/** Makes what a set line says. */
export function applySet(edit: TreeEdit, { steps, assignments }: SetStatement): boolean {
  let changed = false
  for (const { depth, schema, values } of assignments) {
    const at = depth === steps.length ? steps : steps.slice(0, depth)
    const done = schema.kind === 'leaf' ? edit.setLeaf(at, schema, values[0] ?? '') : edit.addValues(at, schema, values)
    changed = done || changed
  }
  const endsAtBranch = (assignments.at(-1)?.depth ?? -1) !== steps.length
  if (endsAtBranch) changed = edit.touch(steps) || changed
  return changed
}
