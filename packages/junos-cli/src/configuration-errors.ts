import type { ConfigurationProblem, Editor } from './configuration-session.ts'
import type { Candidate } from './host.ts'

/** A line of configuration that can't be. The CLI prints a caret under the word, the message, and the candidates of an ambiguous word. */
export class ConfigurationSyntaxError extends Error {
  override readonly name = 'ConfigurationSyntaxError'
  /** Counts in the words given; their number when something is missing after them. */
  readonly word: number
  readonly candidates: readonly Candidate[]
  /** @param message as a router prints it, with its stop: "syntax error.", "missing argument.", "'s' is ambiguous." */
  constructor(message: string, word: number, candidates: readonly Candidate[] = []) {
    super(message)
    this.word = word
    this.candidates = candidates
  }
}

/** Somebody holds the configuration exclusively, or edits it where exclusive use was asked for. */
export class DatabaseLocked extends Error {
  override readonly name = 'DatabaseLocked'
  readonly editors: readonly Editor[]
  constructor(editors: readonly Editor[]) {
    super('configuration database locked')
    this.editors = editors
  }
}

/** The shared candidate has uncommitted changes, so that no private or exclusive one can start from it. */
export class DatabaseModified extends Error {
  override readonly name = 'DatabaseModified'
  readonly mode: 'private' | 'exclusive'
  readonly editors: readonly Editor[]
  constructor(mode: 'private' | 'exclusive', editors: readonly Editor[] = []) {
    super('configuration database modified')
    this.mode = mode
    this.editors = editors
  }
}

/** A commit that didn't happen, with what was wrong. The message is the last line: "configuration check-out failed". */
export class CommitFailed extends Error {
  override readonly name = 'CommitFailed'
  readonly problems: readonly ConfigurationProblem[]
  constructor(problems: readonly ConfigurationProblem[], message = 'configuration check-out failed') {
    super(message)
    this.problems = problems
  }
}
