import type { Clock } from '@hangar/runtime'
import type { History } from '../editor/history.ts'
import type { Command, Scope } from '../grammar/command.ts'
import type { CliHost } from '../host.ts'
import type { Word } from '../line/words.ts'
import type { Piped } from '../pipes/commands.ts'
import type { Display } from '../pipes/display.ts'
import type { Editing } from './editing.ts'
import type { Interaction } from './interaction.ts'
import type { CliSettings } from './settings.ts'

/** What the lines of a session work on. The shell holds it; commands know no more of the shell than this. */
export interface SessionState {
  readonly host: CliHost
  readonly clock: Clock
  readonly interaction: Interaction
  readonly settings: CliSettings
  readonly history: History
  /** The commands that there are now. */
  readonly scope: CliScope
  /** Those of operational mode that `run` has. */
  readonly runScope: CliScope
  readonly prompt: string
  readonly columns: number
  readonly rows: number
  /** Undefined in operational mode. */
  editing: Editing | undefined
  /** The user logged out. */
  finished: boolean
  /** Leaves configuration mode, without a question. */
  leaveConfiguration(): Promise<void>
}

/** A line being obeyed. */
export interface Call {
  readonly shell: SessionState
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
