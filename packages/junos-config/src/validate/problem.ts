import { editPathText } from '../format/level.ts'
import type { Step } from '../tree/path.ts'

/** Something that commit refuses (or, as a warning, remarks on). Laid out by `problemLines` as the router does. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** `semantic` fails the check-out; `missing` is a mandatory statement that isn't there. */
  readonly kind: 'semantic' | 'missing'
  /** The hierarchy level. With it and the statement empty the message is recorded as said without a place. */
  readonly path: readonly Step[]
  /** The statement under it: `unit 2`. */
  readonly statement: string
  readonly message: string
}

/** The lines of one problem: its place and what it is, or that alone where it is said without a place. */
export function problemLines(problem: Problem): string[] {
  if (isPlaceless(problem)) return `error: ${problem.message}`.split('\n')
  const warning = problem.severity === 'warning' ? 'warning: ' : ''
  return [editPathText(problem.path), `  '${problem.statement}'`, `    ${warning}${problem.message}`]
}

/** Whether an error is recorded as said without its place. */
export function isPlaceless({ severity, path, statement }: Problem): boolean {
  return severity === 'error' && path.length === 0 && statement === ''
}

/** The last line of a refused commit, as recorded for each kind. */
export function refusalLine(problems: readonly Problem[]): string | undefined {
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length === 0) return undefined
  return errors.every(problem => problem.kind === 'missing')
    ? 'error: commit failed: (missing mandatory statements)'
    : 'error: configuration check-out failed'
}
