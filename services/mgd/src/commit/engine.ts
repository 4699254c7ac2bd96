import { CommandError, CommitFailed, type ConfigurationProblem } from '@hangar/junos-cli'
import { type Branch, formatText, inherit, type Problem, refusalLine, stepWords, validate } from '@hangar/junos-config'
import type { Clock, Logger } from '@hangar/runtime'
import { messageOf, Queue } from '@hangar/runtime'
import type { CommitRecord } from '../database/revision.ts'
import type { Store } from '../database/store.ts'
import { applyAll, checkAll } from './distribution.ts'
import type { Version } from './partner.ts'
import type { Partners } from './partners.ts'

/** ms until daemons that could not be told are told again. */
const syncAgain = 30_000

/** Who commits, and how. */
export interface CommitRequest {
  readonly user: string
  /** "cli", "netconf", "other" */
  readonly via: string
  readonly comment?: string
  /** The revision to return to unless somebody confirms. */
  readonly unconfirmed?: number
  /** How long they may take, for the history. */
  readonly confirmMinutes?: number
}

export interface Committed {
  readonly record: CommitRecord
  readonly warnings: readonly ConfigurationProblem[]
}

/** What stands over the committed configuration: makes what daemons act on out of it, groups expanded. */
export type Overlay = (effective: Branch) => Branch

/** Something else to stand over it. */
export interface Laying {
  readonly overlay: Overlay
  /** The daemons agree: from now on `EngineOptions.overlay` gives the same. */
  adopt(): void
}

export interface EngineOptions {
  readonly store: Store
  readonly partners: Partners
  readonly clock: Clock
  readonly log: Logger
  /** What stands over the committed configuration now. */
  overlay?(effective: Branch): Branch
  /** The disk has it; daemons do not know yet. */
  onWritten(tree: Branch): void
  /** Daemons have it too. Both as typed. */
  onCommitted?(before: Branch, after: Branch): void
  /** Problems of daemons with a configuration that is already committed: the one that was there at a start. */
  onLateProblem(daemon: string, phase: 'check' | 'apply', problem: ConfigurationProblem): void
}

/**
 * Commits, one at a time: the model checks, the daemons check, the disk has it, the daemons apply. Whoever wants the candidate to
 * be built at its turn (private candidates are merged into what is committed then) gives a function.
 */
export class CommitEngine {
  readonly #options: EngineOptions
  readonly #queue = new Queue()
  #committed: { tree: Branch; version: Version }
  #syncAsked = false
  #cancelAgain = () => {}
  #stopped = false

  constructor(options: EngineOptions, committed: Branch) {
    this.#options = options
    this.#committed = { tree: committed, version: { revision: this.#revision, tree: inherit(committed) } }
  }

  /** What is committed, as it was typed. */
  get committed(): Branch {
    return this.#committed.tree
  }

  /** What daemons act on: what is committed, with groups expanded, inactive parts gone and what stands over it. */
  get effective(): Branch {
    return this.#committed.version.tree
  }

  /** Only looks: the model and the daemons say what they think. Throws `CommitFailed`. */
  check(candidate: () => Branch): Promise<readonly ConfigurationProblem[]> {
    return this.#queue.run(async () => {
      const { warnings } = await this.#examine(candidate())
      return warnings
    })
  }

  /** Throws `CommitFailed`, or `CommandError` when the disk refuses; then nothing has changed. */
  commit(candidate: () => Branch, request: CommitRequest): Promise<Committed> {
    return this.#queue.run(async () => {
      const tree = candidate()
      const { warnings, agreed, version } = await this.#examine(tree)
      const record = await this.#write(tree, request)
      const written = { revision: BigInt(record.revision), tree: version.tree }
      const before = this.#committed.tree
      this.#committed = { tree, version: written }
      this.#options.onWritten(tree)
      const late = await applyAll(agreed, written, this.#options.log)
      if (agreed.some(({ partner }) => !partner.held)) this.sync()
      this.#options.onCommitted?.(before, tree)
      return { record, warnings: [...warnings, ...late] }
    })
  }

  /**
   * Puts something else over the committed configuration: daemons check it and apply it as in a commit, the disk hears of nothing.
   * `prepare` is asked at its turn, and may throw. Throws `CommitFailed`; then nothing has changed.
   */
  lay(prepare: () => Laying, { validated }: { validated: boolean }): Promise<readonly ConfigurationProblem[]> {
    return this.#queue.run(async () => {
      const { overlay, adopt } = prepare()
      const { tree } = this.#committed
      const version = { revision: this.#revision, tree: overlay(inherit(tree)) }
      if (validated) refuse(validate(version.tree))
      const { agreed, warnings } = await checkAll(this.#options.partners.all, version)
      adopt()
      this.#committed = { tree, version }
      const late = await applyAll(agreed, version, this.#options.log)
      if (agreed.some(({ partner }) => !partner.held)) this.sync()
      return [...warnings, ...late]
    })
  }

  /** The newest commit is confirmed. */
  confirm(): Promise<void> {
    return this.#queue.run(() => this.#options.store.confirm())
  }

  /** Tells everything to daemons that hold nothing yet, when the commits before are done. */
  sync(): void {
    if (this.#syncAsked || this.#stopped) return
    this.#syncAsked = true
    this.#cancelAgain()
    this.#queue
      .run(async () => {
        this.#syncAsked = false
        await this.#syncAll()
      })
      .catch(error => this.#options.log.error({ error: messageOf(error) }, 'cannot distribute the configuration'))
  }

  /** No more is distributed; resolves when what is under way is done. */
  stop(): Promise<void> {
    this.#stopped = true
    this.#cancelAgain()
    return this.#queue.run(async () => {})
  }

  get #revision(): bigint {
    return BigInt(this.#options.store.records[0]?.revision ?? 0)
  }

  async #examine(tree: Branch) {
    const problems = validate(tree)
    refuse(problems)
    // The number that the commit will have when the disk takes it.
    const effective = inherit(tree)
    const over = this.#options.overlay?.(effective) ?? effective
    const version = { revision: this.#options.store.nextRevision, tree: over }
    const { agreed, warnings } = await checkAll(this.#options.partners.all, version)
    return { version, agreed, warnings: [...problems.map(toProblem), ...warnings] }
  }

  async #write(tree: Branch, request: CommitRequest): Promise<CommitRecord> {
    const { clock, store } = this.#options
    try {
      return await store.append({ ...request, time: clock.now(), configuration: formatText(tree) })
    } catch (error) {
      throw new CommandError(messageOf(error))
    }
  }

  async #syncAll(): Promise<void> {
    if (this.#stopped) return
    const { partners, onLateProblem, log } = this.#options
    const { version } = this.#committed
    const waiting = partners.all.filter(partner => !partner.held)
    await Promise.all(
      waiting.map(async partner => {
        const checked = await partner.check(version, partner.delta(version.tree) ?? [])
        if (checked.kind === 'failed') log.error({ daemon: partner.daemon }, checked.message)
        if (checked.kind !== 'answered') return
        for (const problem of checked.problems) onLateProblem(partner.daemon, 'check', problem)
        const problems = await partner.apply(version, checked.transaction)
        for (const problem of problems ?? []) onLateProblem(partner.daemon, 'apply', problem)
      }),
    )
    if (partners.all.some(partner => !partner.held) && !this.#stopped)
      this.#cancelAgain = this.#options.clock.after(syncAgain, () => this.sync())
  }
}

/** Throws `CommitFailed` when there is an error among them. */
function refuse(problems: readonly Problem[]): void {
  if (problems.some(problem => problem.severity === 'error'))
    throw new CommitFailed(problems.map(toProblem), refusalLine(problems)?.replace(/^error: /, ''))
}

function toProblem(problem: Problem): ConfigurationProblem {
  return {
    warning: problem.severity === 'warning',
    path: stepWords(problem.path).join(' '),
    element: problem.statement,
    message: problem.message,
  }
}
