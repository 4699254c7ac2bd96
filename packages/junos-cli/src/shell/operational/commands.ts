import { buildTree, type Tree } from '../../grammar/tree.ts'
import type { CliHost, RemoteCommand } from '../../host.ts'
import type { CliAction, CliCommand } from '../call.ts'
import { cliCommands } from './cli.ts'
import { configureCommands } from './configure.ts'
import { exitCommands } from './exit.ts'
import { remote } from './remote.ts'
import { showConfiguration } from './show-configuration.ts'
import { showEphemeral } from './show-ephemeral.ts'

/** The commands of operational mode that this user may use: those of the daemons, and the session's own. */
export class OperationalCommands {
  readonly #host: CliHost
  #builtFrom: readonly RemoteCommand[] | undefined
  #tree: Tree<CliAction> = buildTree([])
  #runTree: Tree<CliAction> = buildTree([])

  constructor(host: CliHost) {
    this.#host = host
  }

  get tree(): Tree<CliAction> {
    this.#refresh()
    return this.#tree
  }

  /** For `run` in configuration mode: without those that change the mode. */
  get runTree(): Tree<CliAction> {
    this.#refresh()
    return this.#runTree
  }

  #refresh(): void {
    const commands = this.#host.commands()
    if (commands === this.#builtFrom) return
    this.#builtFrom = commands
    const allowed = ({ permission }: CliCommand) => permission === undefined || this.#host.may(permission)
    const shown = [showConfiguration(this.#host), ...showEphemeral(this.#host)]
    const both = [...commands.map(remote), ...cliCommands, ...shown].filter(allowed)
    const own = [...configureCommands, ...exitCommands].filter(allowed)
    this.#tree = buildTree([...both, ...own], 'unknown command.')
    this.#runTree = buildTree(both, 'unknown command.')
  }
}
