import { CommandError } from '../../command.ts'
import type { ConfigurationChange, ConfigurationSession, ConfigurationVerb } from '../../configuration-session.ts'
import { LineProblem, missingArgument } from '../../grammar/problem.ts'
import type { Call, CliCommand, SessionState } from '../call.ts'
import { confirm } from './confirm.ts'
import { dialogueOf } from './dialogue.ts'
import { goTo, levelOf } from './levels.ts'
import { configurationText } from './show.ts'

const changes: Readonly<Record<ConfigurationChange, string>> = {
  activate: 'Remove the inactive tag from a statement',
  annotate: 'Annotate a statement with a comment',
  copy: 'Copy an element of a list to another name',
  deactivate: 'Add the inactive tag to a statement',
  delete: 'Delete a data element',
  insert: 'Give an element of a list another place',
  protect: 'Keep a statement from being changed',
  rename: 'Give an element of a list another name',
  set: 'Set a parameter',
  unprotect: 'Let a protected statement be changed',
}

/** The commands whose words are a place in the configuration. */
export function statementCommands(shell: SessionState): CliCommand[] {
  return [
    ...(Object.keys(changes) as ConfigurationChange[]).map(verb => changing(shell, verb, changes[verb])),
    command(shell, 'edit', 'Edit a sub-element', edit),
    command(shell, 'show', 'Show a parameter', show),
  ]
}

/** The candidate being edited; a line may outlive it (`commit and-quit` in the midst of a paste). */
export function candidateOf(shell: SessionState): ConfigurationSession {
  if (!shell.editing) throw new CommandError('not in configuration mode')
  return shell.editing.session
}

function command(
  shell: SessionState,
  verb: ConfigurationVerb,
  help: string,
  run: (call: Call) => AsyncIterable<string>,
): CliCommand {
  return {
    words: [{ name: verb, help }],
    tail: (path, words, partial) => candidateOf(shell).complete(verb, { path, words }, partial),
    action: { piped: verb === 'show' ? 'configuration' : 'text', run },
  }
}

function changing(shell: SessionState, verb: ConfigurationChange, help: string): CliCommand {
  return command(shell, verb, help, async function* change({ path, rest }) {
    if (rest.length === 0) {
      if (verb !== 'delete') throw new LineProblem(missingArgument, undefined)
      yield path.length === 0 ? 'This will delete the entire configuration\n' : ''
      if (!(await confirm(shell, 'Delete everything under this level? [yes,no] (no) ', false))) return
    }
    const warnings = await candidateOf(shell).change(verb, { path, words: rest }, dialogueOf(shell.interaction))
    for (const warning of warnings) yield `warning: ${warning}\n`
  })
}

async function* edit({ shell, path, rest }: Call): AsyncIterable<string> {
  if (rest.length === 0) throw new LineProblem(missingArgument, undefined)
  const session = candidateOf(shell)
  const target = await levelOf(session, await session.edit({ path, words: rest }))
  const { editing } = shell
  if (!editing) return
  editing.back = [...editing.back, { path: editing.path, above: editing.above }]
  goTo(editing, target)
  yield ''
}

async function* show(call: Call): AsyncIterable<string> {
  yield await configurationText(candidateOf(call.shell), { path: call.path, words: call.rest }, call)
}
