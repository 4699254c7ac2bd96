import type { LeafSchema, SchemaNode } from '../schema/node.ts'
import type { Step } from '../tree/path.ts'
import type { Word } from './words.ts'

/**
 * Why words are no statement. `word` is the index of the offending word (the number of words when one is missing);
 * `message` has Junos's words without the full stop that the CLI puts after the first three kinds.
 */
export interface Fault {
  readonly kind: 'syntax' | 'missing-argument' | 'ambiguous' | 'value' | 'prompted'
  readonly message: string
  readonly word: number
  /** What an ambiguous word might have meant. */
  readonly candidates?: readonly SchemaNode[]
  /** Where a statement stands for which a terminal has to ask the value (`plain-text-password`). */
  readonly prompted?: { readonly steps: readonly Step[]; readonly schema: LeafSchema }
}

/** The message as the CLI prints it under the caret. */
export function cliMessage(fault: Fault): string {
  return fault.kind === 'value' || fault.kind === 'prompted' ? fault.message : `${fault.message}.`
}

/** Where the caret stands under the line: at the offending word, or behind the line when a word is missing. */
export function caretColumn(line: string, words: readonly Word[], fault: Fault): number {
  return words[fault.word]?.start ?? line.trimEnd().length + 1
}
