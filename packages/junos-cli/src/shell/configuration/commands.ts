import { buildTree, type Tree } from '../../grammar/tree.ts'
import type { CliAction, CliCommand, CliScope, SessionState } from '../call.ts'
import { commitCommand } from './commit.ts'
import { exitCommands } from './exit.ts'
import { levelCommands } from './levels.ts'
import { loadCommands, rollbackCommand, rollbackRescueCommand } from './load.ts'
import { statementCommands } from './statements.ts'
import { statusCommand } from './status.ts'

const trees = new WeakMap<SessionState, Tree<CliAction>>()

/** The commands of configuration mode, relative to an edit path. */
export function configurationScope(shell: SessionState, path: readonly string[]): CliScope {
  const tree = trees.get(shell) ?? buildTree(commandsOf(shell), 'unknown command.')
  trees.set(shell, tree)
  return { tree, path }
}

function commandsOf(shell: SessionState): CliCommand[] {
  return [
    ...statementCommands(shell),
    ...levelCommands(shell),
    ...exitCommands,
    ...loadCommands,
    commitCommand,
    rollbackCommand,
    rollbackRescueCommand,
    statusCommand,
    {
      words: [{ name: 'run', help: 'Run an operational-mode command' }],
      into: () => shell.runScope,
    },
  ]
}
