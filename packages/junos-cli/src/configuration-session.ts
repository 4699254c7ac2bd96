import type { Candidate } from './host.ts'
import type { Word } from './line/words.ts'

export type CandidateMode = 'shared' | 'private' | 'exclusive'
/** A configuration that is kept: by its age, or the one that was saved to fall back on. */
export type RollbackIndex = number | 'rescue'

/** The commands that change a statement, by their words. */
export type ConfigurationChange =
  | 'activate'
  | 'annotate'
  | 'copy'
  | 'deactivate'
  | 'delete'
  | 'insert'
  | 'protect'
  | 'rename'
  | 'set'
  | 'unprotect'
export type ConfigurationVerb = ConfigurationChange | 'edit' | 'show'
export type ConfigurationFormat = 'text' | 'set' | 'xml' | 'json'
/** Groups as they are, or expanded; as text, expanded with remarks on what was inherited or without. */
export type Inheritance = 'none' | 'remarks' | 'plain'
export type LoadAction = 'set' | 'merge' | 'override' | 'patch' | 'replace' | 'update'

/**
 * Where in the configuration: `path` is the edit path in full words ("interfaces", "xe-0/0/0"), `words` what the user typed
 * after the verb, perhaps abbreviated. `[` and `]` are words of their own.
 */
export interface ConfigurationPlace {
  readonly path: readonly string[]
  readonly words: readonly Word[]
}

/** What may come next in a line of configuration. */
export interface ConfigurationCompletion {
  readonly candidates: readonly Candidate[]
  /** The line may end here: `<[Enter]>` is shown. */
  readonly enter: boolean
}

/**
 * A configuration to look at. All of it throws `ConfigurationSyntaxError` for words that lead nowhere, the index counting in `words`.
 * XML is the `<configuration>` element; text and set end each line in "\n"; nothing there is ''.
 */
export interface ConfigurationView {
  /** What may follow `words`; candidates begin with `partial`. Here `words` are all complete (or unique abbreviations). */
  complete(verb: ConfigurationVerb, place: ConfigurationPlace, partial: string): Promise<ConfigurationCompletion>
  /** `inherit`: for `| display inheritance`. At the top the text carries the head (`## Last commit: ...`, `version ...;`). */
  show(place: ConfigurationPlace, format: ConfigurationFormat, inherit: Inheritance): Promise<string>
  /** The difference from rollback n to this one, as `show | compare` prints it; '' when there is none. Throws `CommandError` for an n that isn't kept. */
  compare(place: ConfigurationPlace, rollback: number): Promise<string>
}

/** A candidate being edited by one user. */
export interface ConfigurationSession extends ConfigurationView {
  readonly mode: CandidateMode
  /** Who edits now, this session among them (`self`). */
  editors(): readonly Editor[]
  /** The candidate differs from what is committed. */
  isModified(): boolean
  /** One statement. The result is warnings, without the word ("statement not found"). Throws `DatabaseLocked` too. */
  change(verb: ConfigurationChange, place: ConfigurationPlace, dialogue: Dialogue): Promise<readonly string[]>
  /** Where `edit words` leads: the new edit path in full words. Changes nothing. */
  edit(place: ConfigurationPlace): Promise<readonly string[]>
  /** The session's edit path is now this (for other users' `status`). */
  moved(path: readonly string[]): void
  /** `load <action> terminal`. `relative`: to the edit path. */
  load(action: LoadAction, text: string, relative: readonly string[] | undefined): Promise<LoadResult>
  /** Candidate := rollback n; 0 is what is committed. Throws `CommandError` for one that isn't kept. */
  rollback(n: RollbackIndex): Promise<void>
  /** Throws `CommitFailed`, `DatabaseLocked` or `CommandError`. The result is warnings that people should see. */
  commit(options: CommitOptions): Promise<readonly ConfigurationProblem[]>
  /** Whole minutes until a commit that was not confirmed is rolled back; undefined when none is waiting. */
  minutesToConfirm(): number | undefined
  /** Leaves: private and exclusive candidates are thrown away, a shared one stays. Doing it twice does nothing. */
  close(): Promise<void>
}

export interface CommitOptions {
  readonly check: boolean
  /** Minutes until it is rolled back unless confirmed. */
  readonly confirmed?: number
  readonly comment?: string
}

/** A user in configuration mode. Times are Unix milliseconds. */
export interface Editor {
  readonly user: string
  /** "pts/0" */
  readonly terminal: string
  readonly pid: number
  readonly since: number
  readonly lastActive: number
  readonly mode: CandidateMode
  readonly path: readonly string[]
  /** The session that asks. */
  readonly self?: boolean
}

/** One thing wrong, or worth a warning, in a configuration. */
export interface ConfigurationProblem {
  readonly warning: boolean
  /** "interfaces ge-0/0/1", without the word edit */
  readonly path: string
  /** The statement below the path: "unit 2". */
  readonly element?: string
  readonly message: string
}

/** What became of a `load`. `errors` are lines ready to print: "terminal:1:(8) syntax error: foo". */
export interface LoadResult {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** How a statement asks the user for what must not stand in the line (`plain-text-password`). */
export interface Dialogue {
  /** A password typed twice without echo. `check` gives what is wrong with it ("minimum password length is 6"). Throws `CommandError` on a mismatch. */
  newPassword(check?: (password: string) => string | undefined): Promise<string>
}
