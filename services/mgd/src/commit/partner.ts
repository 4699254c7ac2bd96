import type { Client } from '@connectrpc/connect'
import { Code, ConnectError } from '@connectrpc/connect'
import type { ConfigurationProblem } from '@hangar/junos-cli'
import type { Branch } from '@hangar/junos-config'
import type { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { messageOf } from '@hangar/runtime'
import { subtreeDelta, subtreeLines } from './subtree.ts'

/** ms that a daemon may take to check or to apply. */
const patience = { check: 5000, apply: 10_000 }

/** What a configuration is called on its way to the daemons, with groups expanded. */
export interface Version {
  readonly revision: bigint
  readonly tree: Branch
}

/** A daemon that reads configuration, as a commit sees it. */
export class Partner {
  readonly daemon: string
  readonly incarnation: string
  readonly subtrees: readonly (readonly string[])[]
  readonly #client: Client<typeof Daemon>
  /** What it runs on, as far as is known; undefined: it has to be told everything. */
  held: Version | undefined
  #transactions = 0

  constructor(options: {
    daemon: string
    incarnation: string
    subtrees: readonly string[]
    client: Client<typeof Daemon>
  }) {
    this.daemon = options.daemon
    this.incarnation = options.incarnation
    this.subtrees = options.subtrees.map(path => path.split(' '))
    this.#client = options.client
  }

  /** What the daemon would be told to come to `next`; undefined when that is nothing, as it holds the same. */
  delta(next: Branch): string[] | undefined {
    const { held } = this
    if (!held) return this.#everything(next)
    const lines = this.subtrees.flatMap(path => subtreeDelta(held.tree, next, path))
    return lines.length > 0 ? lines : undefined
  }

  #everything(next: Branch): string[] {
    return this.subtrees.flatMap(path => subtreeLines(next, path))
  }

  /** Asks what it thinks of `next`. A daemon that turns out to hold something else is asked again with everything. */
  async check(next: Version, lines: readonly string[]): Promise<Checked> {
    const { held } = this
    const transaction = `${this.incarnation}.${++this.#transactions}`
    const request = {
      transaction,
      lines: [...lines],
      snapshot: !held,
      baseRevision: held?.revision ?? 0n,
      revision: next.revision,
    }
    try {
      const { problems } = await this.#client.checkConfiguration(request, { timeoutMs: patience.check })
      return { kind: 'answered', transaction, problems: problems.map(toProblem) }
    } catch (error) {
      const code = ConnectError.from(error).code
      if (code === Code.FailedPrecondition && held) {
        this.held = undefined
        return this.check(next, this.#everything(next.tree))
      }
      if (code === Code.Unavailable) return { kind: 'down' }
      if (code === Code.DeadlineExceeded)
        return { kind: 'failed', message: `${this.daemon} did not answer in ${patience.check / 1000} seconds` }
      return { kind: 'failed', message: `${this.daemon}: ${messageOf(error)}` }
    }
  }

  /** Makes it run on what it checked. The answer is what could not be done; undefined when it is not known whether it was. */
  async apply(next: Version, transaction: string): Promise<readonly ConfigurationProblem[] | undefined> {
    try {
      const { problems } = await this.#client.applyConfiguration({ transaction }, { timeoutMs: patience.apply })
      this.held = next
      return problems.map(toProblem)
    } catch {
      this.held = undefined
      return undefined
    }
  }
}

export type Checked =
  | { readonly kind: 'answered'; readonly transaction: string; readonly problems: readonly ConfigurationProblem[] }
  /** Not there: it takes the configuration when it comes. */
  | { readonly kind: 'down' }
  | { readonly kind: 'failed'; readonly message: string }

function toProblem(given: { warning: boolean; path: string; element: string; message: string }): ConfigurationProblem {
  return {
    warning: given.warning,
    path: given.path,
    ...(given.element && { element: given.element }),
    message: given.message,
  }
}
