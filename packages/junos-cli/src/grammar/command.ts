import type { CommandOption, CommandWord } from '../command.ts'
import type { ConfigurationCompletion } from '../configuration-session.ts'
import type { Word } from '../line/words.ts'
import type { Tree } from './tree.ts'

/** A command as the grammar knows it. What it does (`action`) is the business of whoever made the tree. */
export interface Command<Action> {
  readonly words: readonly CommandWord[]
  readonly options?: readonly Option[]
  readonly permission?: string
  /** Works, but isn't offered. */
  readonly hidden?: boolean
  /** Words after the fixed ones that somebody else understands: a path into the configuration. */
  readonly tail?: Tail
  /** The rest of the line is a command of another scope (`run show version`, `top set ...`). */
  into?(scope: Scope<Action>, options: ReadonlyMap<string, string>): Scope<Action>
  /** Undefined: the words lead on only (`run`). */
  readonly action?: Action
}

export interface Option extends CommandOption {
  /** A number from the first to the second. A positional takes only words that look like one. */
  readonly range?: readonly [number, number]
  /** Only after this option (`confirmed` before the minutes). */
  readonly requires?: string
}

/** What the words of a tail can be; may throw `ConfigurationSyntaxError`, counting in `words`. */
export type Tail = (
  path: readonly string[],
  words: readonly Word[],
  partial: string,
) => Promise<ConfigurationCompletion>

/** Commands, and the edit path that they are relative to. */
export interface Scope<Action> {
  readonly tree: Tree<Action>
  readonly path: readonly string[]
}
