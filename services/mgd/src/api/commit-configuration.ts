import type { Caller, DaemonHost } from '@hangar/daemon'
import {
  CommandError,
  CommitFailed,
  type ConfigurationProblem,
  DatabaseLocked,
  DatabaseModified,
  errorText,
} from '@hangar/junos-cli'
import type { Branch } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import type { Committer } from '../commit/committer.ts'
import type { ConfigurationDatabase } from '../database/database.ts'
import { loadEvent } from '../database/load-event.ts'
import { LoadFailed } from './load-failed.ts'

export interface CommitDevice {
  readonly database: ConfigurationDatabase
  readonly committer: Committer
  readonly host: Pick<DaemonHost, 'syslog' | 'clock'>
  may(loginClass: string, permission: string): boolean
}

/** How a request ended: done, wrong by its configuration, or not possible now. */
export type Outcome =
  | { readonly kind: 'done'; readonly warnings: readonly ConfigurationProblem[] }
  | { readonly kind: 'configuration' | 'refused'; readonly message: string }

/**
 * Loads and commits in one step, in a candidate of its own: nothing that others have not committed goes along, and what fails leaves
 * nothing behind.
 */
export async function commitConfiguration(
  { database, committer, host, may }: CommitDevice,
  { user, loginClass }: Pick<Caller, 'user' | 'loginClass'>,
  change: (tree: Branch) => Branch,
  { what, comment }: { what: string; comment: string },
): Promise<Outcome> {
  if (!may(loginClass, 'configure')) return { kind: 'refused', message: 'permission denied' }
  try {
    const candidate = database.enter({ user, terminal: '', pid: 0 }, 'private')
    try {
      host.syslog(loadEvent(user, what))
      candidate.tree = change(candidate.tree)
      const options = { check: false, ...(comment !== '' && { comment }) }
      return { kind: 'done', warnings: await committer.commit(candidate, { user, via: 'other' }, options) }
    } finally {
      candidate.leave()
    }
  } catch (thrown) {
    return outcomeOf(thrown, host.clock.now())
  }
}

/** What a request answers to what was thrown; what nobody foresaw is thrown on. */
export function outcomeOf(thrown: unknown, now: number): Exclude<Outcome, { kind: 'done' }> {
  if (thrown instanceof LoadFailed) return { kind: 'configuration', message: messageOf(thrown) }
  const message = errorText(thrown, now).trimEnd()
  if (thrown instanceof CommitFailed) return { kind: 'configuration', message }
  if (thrown instanceof CommandError || isDatabaseError(thrown)) return { kind: 'refused', message }
  throw thrown
}

function isDatabaseError(thrown: unknown): boolean {
  return thrown instanceof DatabaseLocked || thrown instanceof DatabaseModified
}
