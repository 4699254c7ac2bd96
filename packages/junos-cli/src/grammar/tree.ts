import type { Command } from './command.ts'

/** A fixed word and what may follow it. */
export interface TreeNode<Action> {
  readonly name: string
  readonly help: string
  hidden: boolean
  readonly below: Map<string, TreeNode<Action>>
  command?: Command<Action>
}

/** All commands of a mode, by their words. `unknown` is the answer to a first word that is none of them. */
export interface Tree<Action> {
  readonly root: TreeNode<Action>
  readonly unknown: string
}

/** Later commands win over earlier ones of the same words; the first help text of a word stays. */
export function buildTree<Action>(
  commands: Iterable<Command<Action>>,
  unknown = 'syntax error, expecting <command>.',
): Tree<Action> {
  const root = newNode<Action>('', '')
  for (const command of commands) {
    let node = root
    for (const { name, help } of command.words) {
      const below = node.below.get(name) ?? newNode<Action>(name, help)
      node.below.set(name, below)
      if (!command.hidden) below.hidden = false
      node = below
    }
    if (node !== root) node.command = command
  }
  return { root, unknown }
}

function newNode<Action>(name: string, help: string): TreeNode<Action> {
  return { name, help, hidden: true, below: new Map() }
}
