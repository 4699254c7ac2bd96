import type { Candidate } from '../host.ts'

/** A line that can't be obeyed. Shown as a caret under the place, the message, and the candidates of an ambiguous word. */
export class LineProblem extends Error {
  override readonly name = 'LineProblem'
  /** Offset into the line; undefined: after its end. */
  readonly at: number | undefined
  readonly candidates: readonly Candidate[]
  constructor(message: string, at: number | undefined, candidates: readonly Candidate[] = []) {
    super(message)
    this.at = at
    this.candidates = candidates
  }
}

export function ambiguous(text: string, at: number, candidates: readonly Candidate[]): LineProblem {
  return new LineProblem(`'${text}' is ambiguous.`, at, candidates)
}

/** What a router answers to words that stop too early or lead nowhere. */
export const expectingCommand = 'syntax error, expecting <command>.'
export const missingArgument = 'missing argument.'
