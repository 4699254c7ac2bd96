import { Code, ConnectError } from '@connectrpc/connect'
import { type Branch, emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import type { ApplyConfigurationRequest, CheckConfigurationRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Queue } from '@hangar/runtime'
import type { ConfigurationReader, Problem } from './define.ts'

interface Candidate {
  transaction: string
  root: Branch
  revision: bigint
}

/**
 * The configuration as one daemon holds it, and the daemon's side of a commit: check remembers a candidate under its
 * transaction, apply makes it current. Both come from mgd alone and one at a time, in its order.
 */
export class ConfigurationSeat {
  #reader: ConfigurationReader | undefined
  #current: Branch = emptyRoot
  #revision = 0n
  #candidate: Candidate | undefined
  readonly #queue = new Queue()

  /** Who reads it: at most one place a daemon. */
  use(reader: ConfigurationReader): void {
    if (this.#reader) throw new Error('the configuration is read in two places')
    this.#reader = reader
  }

  get subtrees(): string[] {
    return (this.#reader?.subtrees ?? []).map(path => path.join(' '))
  }

  check(request: CheckConfigurationRequest) {
    return this.#queue.run(async () => {
      if (!request.snapshot && request.baseRevision !== this.#revision)
        throw new ConnectError(`holds revision ${this.#revision}, not ${request.baseRevision}`, Code.FailedPrecondition)
      const { root, errors } = loadSet(request.snapshot ? emptyRoot : this.#current, request.lines.join('\n'))
      if (errors[0]) throw new ConnectError(`${errors[0].token}: ${errors[0].message}`, Code.InvalidArgument)
      const problems = [...((await this.#reader?.check?.(viewOf(root), viewOf(this.#current))) ?? [])]
      this.#candidate = { transaction: request.transaction, root, revision: request.revision }
      return { problems: problems.map(toMessage) }
    })
  }

  apply(request: ApplyConfigurationRequest) {
    return this.#queue.run(async () => {
      const candidate = this.#candidate
      if (candidate?.transaction !== request.transaction)
        throw new ConnectError(`transaction ${request.transaction} was not checked here`, Code.FailedPrecondition)
      const before = this.#current
      this.#candidate = undefined
      this.#current = candidate.root
      this.#revision = candidate.revision
      const problems = (await this.#reader?.apply(viewOf(candidate.root), viewOf(before))) ?? []
      return { problems: problems.map(toMessage) }
    })
  }
}

function toMessage(problem: Problem) {
  return {
    warning: problem.warning ?? false,
    path: problem.path.join(' '),
    element: problem.element ?? '',
    message: problem.message,
  }
}
