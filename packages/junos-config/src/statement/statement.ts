import type { BranchSchema } from '../schema/node.ts'
import { meansSomethingEmpty } from '../tree/node.ts'
import type { Step, Target } from '../tree/path.ts'
import type { Fault } from './fault.ts'
import { type Assignment, Walk } from './walk.ts'
import type { Word } from './words.ts'

/** What a set line says: leaves to set, and the branch to make if that is where it ends. */
export interface SetStatement {
  readonly steps: readonly Step[]
  readonly assignments: readonly Assignment[]
}

export type Resolved<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault }

export interface ReadOptions {
  /** Where the words start: the edit path. */
  readonly at?: readonly Step[]
  /** Accept unambiguous beginnings of keywords, as at a terminal. */
  readonly abbreviations?: boolean
}

/** Reads the words of a set command (after `set`). */
export function readSet(root: BranchSchema, words: readonly Word[], options: ReadOptions = {}): Resolved<SetStatement> {
  const walk = new Walk(root, options.at ?? [], { refer: false, abbreviations: options.abbreviations ?? false })
  const fault = walk.run(words) ?? unfinished(walk)
  if (fault) return { ok: false, fault }
  return { ok: true, value: { steps: walk.steps, assignments: walk.assignments } }
}

/** Why a set statement may not end here. */
export function unfinished(walk: Walk): Fault | undefined {
  if (walk.expecting.what !== 'statement') return walk.fault('missing-argument', 'missing argument')
  if (walk.atBranch && (walk.steps.length === walk.base || !meansSomethingEmpty(walk.schema))) {
    return walk.fault('syntax', 'syntax error, expecting <statement> or <identifier>')
  }
  return undefined
}

/** Reads the words after `delete`, `activate`, `deactivate`, `edit` or `show`: one thing that is meant. */
export function readTarget(root: BranchSchema, words: readonly Word[], options: ReadOptions = {}): Resolved<Target> {
  const walk = new Walk(root, options.at ?? [], { refer: true, abbreviations: options.abbreviations ?? false })
  const fault = walk.run(words)
  if (fault) return { ok: false, fault }
  const { steps, assignments, expecting } = walk
  switch (expecting.what) {
    case 'key':
      if (expecting.keys.length > 0) return { ok: false, fault: walk.fault('missing-argument', 'missing argument') }
      return { ok: true, value: { steps, member: { schema: expecting.schema, values: [] } } }
    case 'value':
      return { ok: true, value: { steps, member: { schema: expecting.schema, values: [] } } }
    case 'set':
      return { ok: false, fault: walk.fault('missing-argument', 'missing argument') }
    default: {
      const last = assignments.at(-1)
      if (!last || walk.atBranch) return { ok: true, value: { steps } }
      return { ok: true, value: { steps, member: { schema: last.schema, values: last.values } } }
    }
  }
}

/** Reads the words of `edit`: a branch (a prefix such as `family` alone is none). */
export function readEditPath(root: BranchSchema, words: readonly Word[], options: ReadOptions = {}): Resolved<Step[]> {
  const walk = new Walk(root, options.at ?? [], { refer: false, abbreviations: options.abbreviations ?? false })
  const fault = walk.run(words)
  if (fault) return { ok: false, fault }
  if (walk.expecting.what !== 'statement' || isPrefix(walk.schema)) {
    return { ok: false, fault: walk.fault('missing-argument', 'missing argument') }
  }
  if (walk.assignments.length > 0)
    return { ok: false, fault: { kind: 'syntax', message: 'syntax error', word: words.length - 1 } }
  return { ok: true, value: walk.steps }
}

function isPrefix(schema: BranchSchema): boolean {
  return schema.kind === 'container' && schema.prefix
}
