import type { ConfigurationSession } from '../configuration-session.ts'

/** A candidate being edited, and where in it. */
export interface Editing {
  readonly session: ConfigurationSession
  path: readonly string[]
  /** The levels above the path, the top first. A level may be two words (`unit 0`). */
  above: readonly (readonly string[])[]
  /** The levels that `exit` goes back to. */
  back: readonly Level[]
}

/** A place in the hierarchy. */
export type Level = Pick<Editing, 'path' | 'above'>
