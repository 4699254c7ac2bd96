import { editPathText } from '../format/level.ts'
import type { Step } from '../tree/path.ts'

/** Something that commit refuses (or, as a warning, remarks on). Laid out by `problemLines` as the router does. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** `semantic` fails the check-out; `missing` is a mandatory statement that isn't there. */
  readonly kind: 'semantic' | 'missing'
  /** The hierarchy level. */
  readonly path: readonly Step[]
  /** The statement under it: `unit 2`. */
  readonly statement: string
  readonly message: string
}

/** The three lines of one problem. */
export function problemLines(problem: Problem): string[] {
  const warning = problem.severity === 'warning' ? 'warning: ' : ''
  return [editPathText(problem.path), `  '${problem.statement}'`, `    ${warning}${problem.message}`]
}

/** The last line of a refused commit, as recorded for each kind. */
export function refusalLine(problems: readonly Problem[]): string | undefined {
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length === 0) return undefined
  return errors.every(problem => problem.kind === 'missing')
    ? 'error: commit failed: (missing mandatory statements)'
    : 'error: configuration check-out failed'
}
