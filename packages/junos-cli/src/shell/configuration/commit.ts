import type { CommitOptions } from '../../configuration-session.ts'
import { LineProblem } from '../../grammar/problem.ts'
import type { Call, CliCommand } from '../call.ts'
import { problemsText } from '../error-text.ts'
import { leave } from './exit.ts'
import { candidateOf } from './statements.ts'

/** Minutes until an unconfirmed commit is rolled back, when none are given. */
const confirmedMinutes = 10

export const commitCommand: CliCommand = {
  words: [{ name: 'commit', help: 'Commit current set of changes' }],
  options: [
    { name: 'and-quit', kind: 'flag', help: 'Quit configuration mode if commit succeeds' },
    { name: 'check', kind: 'flag', help: 'Check correctness of syntax; do not apply changes' },
    { name: 'comment', kind: 'value', help: 'Message to write to commit log', placeholder: '<comment>' },
    { name: 'confirmed', kind: 'flag', help: 'Automatically rollback if not confirmed' },
    {
      name: 'minutes',
      kind: 'positional',
      help: 'Number of minutes until automatic rollback (1..65535)',
      placeholder: '<minutes>',
      range: [1, 65_535],
      requires: 'confirmed',
    },
    // There is one Routing Engine, and every commit is told to whom it concerns: none of them changes anything.
    { name: 'full', kind: 'flag', help: 'Tell every process, whatever has changed' },
    { name: 'no-synchronize', kind: 'flag', help: 'Commit on this Routing Engine alone', group: 'synchronize' },
    { name: 'synchronize', kind: 'flag', help: 'Commit on both Routing Engines', group: 'synchronize' },
  ],
  action: { piped: 'text', run: commit },
}

async function* commit({ shell, options }: Call): AsyncIterable<string> {
  const check = options.has('check')
  if (check && (options.has('confirmed') || options.has('and-quit'))) throw new LineProblem('syntax error.', undefined)
  const comment = options.get('comment')
  const confirmed = options.has('confirmed') ? Number(options.get('minutes') ?? confirmedMinutes) : undefined
  const wanted: CommitOptions = {
    check,
    ...(confirmed !== undefined && { confirmed }),
    ...(comment !== undefined && { comment }),
  }
  yield problemsText(await candidateOf(shell).commit(wanted))
  if (check) return yield 'configuration check succeeds\n'
  if (confirmed !== undefined) {
    yield `commit confirmed will be automatically rolled back in ${confirmed} minutes unless confirmed\n`
  }
  yield 'commit complete\n'
  if (options.has('and-quit')) yield* leave(shell)
}
