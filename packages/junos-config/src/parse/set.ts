import { appliedWarning, applyChange, isChangeVerb, readChange } from '../statement/command.ts'
import { splitWords } from '../statement/words.ts'
import { TreeEdit } from '../tree/edit.ts'
import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import { Lexer } from './lexer.ts'
import { Errors, type Loaded, type LoadWarning, shown } from './load.ts'

/** Applies a file of set, delete, activate, deactivate, insert, rename and copy lines. Lines that are wrong are left out, and reported. */
export function loadSet(base: Branch, text: string, options: { at?: readonly Step[] } = {}): Loaded {
  const edit = new TreeEdit(base)
  const errors = new Errors()
  const warnings: LoadWarning[] = []
  let number = 0
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end)
    start = end + 1
    number++
    if (isSilent(line)) continue
    const words = splitWords(line)
    if (!words.ok) {
      errors.add({ line: number, column: words.column, token: shown(line.slice(words.column)), message: words.message })
      continue
    }
    const change = readChange(base.schema, words.words, options)
    if (!change.ok) {
      const { fault } = change
      const word = words.words[fault.word]
      errors.add({
        line: number,
        column: word?.start ?? line.length,
        token: word ? shown(line.slice(word.start, word.end)) : 'end of line',
        message: fault.message,
      })
      continue
    }
    const message = appliedWarning(applyChange(edit, change.value))
    if (message !== undefined && warnings.length < 100)
      warnings.push({ level: '[edit]', statement: shown(line.trim()), message })
  }
  return { root: edit.finish(), errors: errors.kept, errorCount: errors.count, warnings }
}

/** Blank lines and comments. */
function isSilent(line: string): boolean {
  const first = /\S/.exec(line)?.[0]
  return first === undefined || first === '#'
}

/** Whether a configuration file is made of commands or of curly text, told by its first word. */
export function detectFormat(text: string): 'set' | 'text' {
  const { kind, word } = new Lexer(text).next()
  return kind === 'word' && isChangeVerb(word.text) ? 'set' : 'text'
}
