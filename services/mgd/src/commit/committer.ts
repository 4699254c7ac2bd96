import type { SyslogInput } from '@hangar/daemon'
import { CommandError, type CommitOptions, type ConfigurationProblem, type RollbackIndex } from '@hangar/junos-cli'
import type { Branch } from '@hangar/junos-config'
import { type Clock, type Logger, messageOf } from '@hangar/runtime'
import type { Candidate } from '../database/candidate.ts'
import type { ConfigurationDatabase } from '../database/database.ts'
import { parseConfiguration } from '../database/parse.ts'
import type { Store } from '../database/store.ts'
import type { Rollbacks } from '../database/view.ts'
import { Confirmation } from './confirmation.ts'
import type { CommitEngine } from './engine.ts'

/** Characters of a comment. */
const longestComment = 512
/** ms until a rollback that could not be done is tried again. */
const rollbackAgain = 60_000

export interface CommitterOptions {
  engine: CommitEngine
  database: ConfigurationDatabase
  store: Store
  clock: Clock
  log: Logger
  syslog(message: SyslogInput): void
  /** Says something to everybody at a terminal. */
  broadcast(text: string): void
}

/** What users do with commits: check, commit, confirm, and the rollback of what nobody confirmed. */
export class Committer implements Rollbacks {
  readonly #options: CommitterOptions
  readonly #confirmation: Confirmation

  constructor(options: CommitterOptions) {
    this.#options = options
    this.#confirmation = new Confirmation(options.clock, revision => void this.#goBack(revision))
  }

  minutesToConfirm(): number | undefined {
    return this.#confirmation.minutesLeft()
  }

  /** Throws `CommitFailed`, `DatabaseLocked` or `CommandError`. */
  async commit(
    candidate: Candidate,
    by: { user: string; via: string },
    { check, confirmed, comment }: CommitOptions,
  ): Promise<readonly ConfigurationProblem[]> {
    const { engine, syslog, store } = this.#options
    if (comment !== undefined && comment.length > longestComment)
      throw new CommandError(`comment is longer than ${longestComment} characters`)
    syslog(
      commitEvent(by.user, check ? 'commit check' : confirmed === undefined ? 'commit' : 'commit confirmed', comment),
    )
    if (check) {
      const warnings = await engine.check(() => candidate.toCommit())
      await this.#confirm()
      return warnings
    }
    const current = store.records[0]?.revision ?? 0
    const goBackTo = confirmed === undefined ? undefined : (this.#confirmation.goBackTo ?? current)
    const { warnings } = await engine.commit(() => candidate.toCommit(), {
      ...by,
      ...(comment !== undefined && { comment }),
      ...(goBackTo !== undefined && { unconfirmed: goBackTo }),
      ...(confirmed !== undefined && { confirmMinutes: confirmed }),
    })
    candidate.committed()
    if (confirmed !== undefined) this.#confirmation.wait(confirmed, goBackTo!)
    else this.#confirmation.clear()
    syslog(completedEvent)
    return warnings
  }

  async rollback(n: RollbackIndex): Promise<Branch | undefined> {
    const { engine, store } = this.#options
    if (n === 0) return engine.committed
    const revision = n === 'rescue' ? await store.rescue() : await store.read(n)
    return revision && parseConfiguration(revision.configuration).tree
  }

  close(): void {
    this.#confirmation.clear()
  }

  async #confirm(): Promise<void> {
    if (this.#confirmation.goBackTo === undefined) return
    try {
      await this.#options.engine.confirm()
    } catch (error) {
      throw new CommandError(messageOf(error))
    }
    this.#confirmation.clear()
  }

  async #goBack(revision: number): Promise<void> {
    const { engine, store, clock, log, syslog, broadcast } = this.#options
    try {
      const old = await store.find(revision)
      if (!old) throw new Error(`the configuration ${revision} is not kept`)
      const { tree } = parseConfiguration(old.configuration)
      await engine.commit(() => tree, { user: 'root', via: 'other' })
    } catch (error) {
      log.error({ error: messageOf(error) }, 'cannot roll back a commit that was not confirmed')
      clock.after(rollbackAgain, () => void this.#goBack(revision))
      return
    }
    syslog({
      tag: 'UI_COMMIT_NOT_CONFIRMED',
      message: 'Commit was not confirmed; automatic rollback complete',
      severity: 'notice',
    })
    syslog(completedEvent)
    broadcast('Commit was not confirmed; automatic rollback complete.')
  }
}

const completedEvent: SyslogInput = {
  tag: 'UI_COMMIT_COMPLETED',
  message: 'commit complete',
  severity: 'notice',
  facility: 'interact-commands',
}

function commitEvent(username: string, command: string, comment: string | undefined): SyslogInput {
  return {
    tag: 'UI_COMMIT',
    message: `User '${username}' requested '${command}' operation (comment: ${comment ?? 'none'})`,
    severity: 'notice',
    facility: 'interact-commands',
    attributes: { username, command, message: comment ?? 'none' },
  }
}
