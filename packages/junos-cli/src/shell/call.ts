import type { Command, Scope } from '../grammar/command.ts'
import type { Word } from '../line/words.ts'
import type { Piped } from '../pipes/commands.ts'
import type { Display } from '../pipes/display.ts'
import type { Shell } from './shell.ts'

/** A line being obeyed. */
export interface Call {
  readonly shell: Shell
  /** The edit path that the words are relative to. */
  readonly path: readonly string[]
  readonly options: ReadonlyMap<string, string>
  readonly rest: readonly Word[]
  readonly display: Display
  readonly signal: AbortSignal
}

/** What a command does. It yields what it prints; what it throws is laid out by the shell. */
export interface CliAction {
  readonly piped: Piped
  run(call: Call): AsyncIterable<string>
  /** Nothing is lost when it is dropped half-way (^C, `q` at the pager). Others run to their end, unseen. */
  readonly droppable?: boolean
}

export type CliCommand = Command<CliAction>
export type CliScope = Scope<CliAction>
