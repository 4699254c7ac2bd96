import { editPathText } from '../format/level.ts'
import type { TreeEdit } from '../tree/edit.ts'
import type { Branch } from '../tree/node.ts'

/** One thing that is wrong with a configuration file. */
export interface LoadError {
  readonly line: number
  /** Text format: the column of the offending token's last character, from 1. Set format: its offset in the line. */
  readonly column: number
  readonly token: string
  readonly message: string
  /** The hierarchy level, as `[edit system]`; text format only. */
  readonly level?: string
  /** The statement up to the offending token; text format only. */
  readonly statement?: string
}

/** A level whose contents were ignored, and why. */
export interface LoadWarning {
  readonly level: string
  readonly statement: string
  readonly message: string
}

/** What loading gives: the tree with all that was understood, and what was not. */
export interface Loaded {
  readonly root: Branch
  /** The first errors; `errorCount` counts all. */
  readonly errors: readonly LoadError[]
  readonly errorCount: number
  readonly warnings: readonly LoadWarning[]
}

/** Errors beyond this many are counted, not kept: a broken file of megabytes must not fill memory with its own faults. */
export const keptErrors = 100

/** The lines in which the router reports an error: `terminal:4:(18) syntax error: metric` and the place below it. */
export function formatLoadError(source: string, error: LoadError): string[] {
  const lines = [`${source}:${error.line}:(${error.column}) ${error.message}: ${error.token}`]
  if (error.level === undefined) return lines
  lines.push(`  ${error.level}`)
  if (error.statement !== undefined) lines.push(`    '${error.statement}'`)
  lines.push(`      ${error.message}`)
  return lines
}

/** Collects errors up to the kept number and counts the rest. */
export class Errors {
  readonly kept: LoadError[] = []
  count = 0

  add(error: LoadError): void {
    this.count++
    if (this.kept.length < keptErrors) this.kept.push(error)
  }
}

/** What comes of text that is not of its format at all: nothing changes. */
export function unreadable(
  base: Branch,
  { message, line, column }: { message: string; line: number; column: number },
): Loaded {
  return { root: base, errors: [{ line, column, token: '', message }], errorCount: 1, warnings: [] }
}

/** A token for a message: long ones are cut. */
export function shown(token: string): string {
  return token.length > 80 ? `${token.slice(0, 77)}...` : token
}

/** What was not done as it is protected: a warning for each place. */
export function refusals({ refused }: TreeEdit, most: number): LoadWarning[] {
  const levels = new Set(refused.map(editPathText))
  return [...levels]
    .slice(0, Math.max(0, most))
    .map(level => ({ level, statement: '', message: 'statement is protected' }))
}
