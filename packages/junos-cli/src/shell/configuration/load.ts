import type { LoadAction } from '../../configuration-session.ts'
import type { Call, CliCommand } from '../call.ts'
import { candidateOf } from './statements.ts'

const actions: Readonly<Record<LoadAction, string>> = {
  merge: 'Merge contents with existing configuration',
  override: 'Override existing configuration',
  patch: 'Load patch file into configuration',
  replace: 'Replace configuration data',
  set: 'Execute set of commands on existing configuration',
  update: 'Update existing configuration',
}

/** `load <action> terminal [relative]`. */
export const loadCommands: readonly CliCommand[] = (Object.keys(actions) as LoadAction[]).map(action => ({
  words: [
    { name: 'load', help: 'Load configuration from ASCII file' },
    { name: action, help: actions[action] },
    { name: 'terminal', help: 'Use login terminal' },
  ],
  options: [{ name: 'relative', kind: 'flag', help: 'Load relative to current edit point' }],
  action: { piped: 'text', run: call => load(action, call) },
}))

export const rollbackRescueCommand: CliCommand = {
  words: [
    { name: 'rollback', help: 'Roll back to previous committed configuration' },
    { name: 'rescue', help: 'Roll back to rescue configuration' },
  ],
  action: {
    piped: 'text',
    async *run({ shell }) {
      await candidateOf(shell).rollback('rescue')
      yield 'load complete\n'
    },
  },
}

export const rollbackCommand: CliCommand = {
  words: [{ name: 'rollback', help: 'Roll back to previous committed configuration' }],
  options: [{ name: 'index', kind: 'positional', help: 'Rollback index', completion: 'rollback', range: [0, 49] }],
  action: {
    piped: 'text',
    async *run({ shell, options }) {
      await candidateOf(shell).rollback(Number(options.get('index') ?? 0))
      yield 'load complete\n'
    },
  },
}

async function* load(action: LoadAction, { shell, options, path }: Call): AsyncIterable<string> {
  const session = candidateOf(shell)
  yield '[Type ^D at a new line to end input]\n'
  const text = await shell.interaction.text()
  if (text === undefined) return
  const { errors, warnings } = await session.load(action, text, options.has('relative') ? path : undefined)
  for (const error of errors) yield `${error}\n`
  for (const warning of warnings) yield `warning: ${warning}\n`
  yield errors.length === 0 ? 'load complete\n' : `load complete (${errors.length} errors)\n`
}
