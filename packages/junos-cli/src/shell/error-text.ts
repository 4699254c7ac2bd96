import { messageOf } from '@hangar/runtime'
import { CommitFailed, DatabaseLocked, DatabaseModified } from '../configuration-errors.ts'
import type { ConfigurationProblem } from '../configuration-session.ts'
import { widthOfText } from '../editor/width.ts'
import type { LineProblem } from '../grammar/problem.ts'
import { helpText } from '../help.ts'
import { editingText, editorsText } from './editors-text.ts'

/** Anything that a command threw, as a router prints it; ends in "\n". */
export function errorText(thrown: unknown, now: number): string {
  if (thrown instanceof DatabaseLocked) {
    return `error: configuration database locked by:\n${editorsText(thrown.editors, now)}`
  }
  if (thrown instanceof DatabaseModified) return modifiedText(thrown, now)
  if (thrown instanceof CommitFailed) return `${problemsText(thrown.problems)}error: ${thrown.message}\n`
  return `error: ${messageOf(thrown)}\n`
}

function modifiedText({ mode, editors }: DatabaseModified, now: number): string {
  if (mode === 'exclusive') return `${editingText(editors, now)}error: configuration database modified\n`
  return (
    'error: shared configuration database modified\n\n' +
    "Please temporarily use 'configure shared' to commit\noutstanding changes in the shared database, exit,\n" +
    "and return to configuration mode using 'configure private'\n"
  )
}

/** Each problem below its place; an error that has none is a line of its own. */
export function problemsText(problems: readonly ConfigurationProblem[]): string {
  return problems
    .map(({ warning, path, element, message }) => {
      if (!warning && path === '' && !element) return `error: ${message}\n`
      const place = `[edit${path === '' ? '' : ` ${path}`}]\n`
      const what = element ? `  '${element}'\n    ` : '  '
      return `${place}${what}${warning ? 'warning: ' : ''}${message}\n`
    })
    .join('')
}

/** The caret below the place, the message, what it may have meant. `indent`: columns before the line, its prompt. */
export function problemText(problem: LineProblem, line: string, indent: number, columns: number): string {
  const before = problem.at === undefined ? widthOfText(line.trimEnd()) + 1 : widthOfText(line.slice(0, problem.at))
  const column = indent + before
  const caret = ' '.repeat(columns > 0 ? Math.min(column, columns - 1) : column)
  const candidates = [...problem.candidates].sort((a, b) => (a.name < b.name ? -1 : 1))
  const help = candidates.length > 0 ? helpText(candidates) : ''
  return `${caret}^\n${problem.message}\n${help}`
}
