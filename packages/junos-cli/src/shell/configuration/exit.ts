import type { Call, CliCommand, SessionState } from '../call.ts'
import { confirm } from './confirm.ts'
import { goTo } from './levels.ts'

/** `exit` goes back one level, at the top out of configuration mode. */
export const exitCommands: readonly CliCommand[] = ['exit', 'quit'].map(name => ({
  words: [{ name, help: 'Exit from this level' }],
  options: [{ name: 'configuration-mode', kind: 'flag', help: 'Exit from configuration mode' }],
  action: { piped: 'text', run: exit },
}))

async function* exit({ shell, options }: Call): AsyncIterable<string> {
  const { editing } = shell
  if (!editing) return
  if (!options.has('configuration-mode')) {
    const level = editing.back.at(-1)
    editing.back = editing.back.slice(0, -1)
    if (level || editing.path.length > 0) return goTo(editing, level ?? { path: [], above: [] })
  }
  if (editing.session.isModified()) {
    yield 'The configuration has been changed but not committed\n'
    const what = editing.session.mode === 'shared' ? 'Exit with' : 'Discard'
    if (!(await confirm(shell, `${what} uncommitted changes? [yes,no] (yes) `, true))) return
    yield '\n'
  }
  yield* leave(shell)
}

export async function* leave(shell: SessionState): AsyncIterable<string> {
  await shell.leaveConfiguration()
  yield 'Exiting configuration mode\n'
}
