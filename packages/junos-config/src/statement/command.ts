import type { BranchSchema } from '../schema/node.ts'
import type { TreeEdit } from '../tree/edit.ts'
import type { Target } from '../tree/path.ts'
import type { Fault } from './fault.ts'
import { applyRearrangement, isRearrangingVerb, type Rearrangement, readRearrangement } from './rearrange.ts'
import { type ReadOptions, type Resolved, readSet, readTarget, type SetStatement } from './statement.ts'
import type { Word } from './words.ts'

/** A change to a configuration, as one command says it. */
export type Change =
  | { readonly verb: 'set'; readonly statement: SetStatement }
  | { readonly verb: 'delete' | 'activate' | 'deactivate'; readonly target: Target }
  | Rearrangement

const verbs = ['set', 'delete', 'activate', 'deactivate', 'insert', 'rename', 'copy'] as const
type Verb = (typeof verbs)[number]

/** Whether a word is a command that changes the configuration and that `readChange` reads. */
export function isChangeVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word)
}

/**
 * Reads `set|delete|activate|deactivate|insert|rename|copy ...` against the schema. The fault's word counts from the verb (0).
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
  const read = readTarget(root, rest, options)
  return read.ok ? { ok: true, value: { verb, target: read.value } } : shifted(read.fault)
}

function shifted(fault: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault: { ...fault, word: fault.word + 1 } }
}

/** What applying a change did: `not-found` is Junos's `warning: statement not found`, `exists` that the new name is taken. */
export type Applied = 'changed' | 'unchanged' | 'not-found' | 'exists'

/** What the router warns of; undefined where all is well. */
export function appliedWarning(applied: Applied): string | undefined {
  if (applied === 'not-found') return 'statement not found'
  return applied === 'exists' ? 'statement already exists' : undefined
}

/** Makes the change. */
export function applyChange(edit: TreeEdit, change: Change): Applied {
  if (change.verb === 'set') return applySet(edit, change.statement) ? 'changed' : 'unchanged'
  if (change.verb === 'delete') return edit.delete(change.target) ? 'changed' : 'not-found'
  if ('where' in change) return applyRearrangement(edit, change)
  const done = edit.setInactive(change.target, change.verb === 'deactivate')
  return done === 'missing' ? 'not-found' : done
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
