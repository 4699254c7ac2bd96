import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import type { Problem } from './problem.ts'

/** The step that leads to a view from the one above it. */
export function step(view: ConfigView): Step {
  return { schema: view.schema, keys: view.keys }
}

/** An error of meaning, at a statement of a level. */
export function semantic(path: readonly Step[], statement: string, message: string): Problem {
  return { severity: 'error', kind: 'semantic', path, statement, message }
}

/** An error that is recorded as said without its place. */
export function placeless(message: string): Problem {
  return semantic([], '', message)
}
