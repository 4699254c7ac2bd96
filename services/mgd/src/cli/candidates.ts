import type { DaemonHost } from '@hangar/daemon'
import type { CandidateMode, ConfigurationSession } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'
import type { Committer } from '../commit/committer.ts'
import { type ConfigurationDatabase, differs } from '../database/database.ts'
import type { EditorIdentity } from '../database/editors.ts'
import { changedHead, headOf } from '../database/head.ts'
import { loadEvent } from '../database/load-event.ts'
import { CandidateSession } from '../database/session.ts'
import type { Store } from '../database/store.ts'
import { TreeView } from '../database/view.ts'

/** Opens configuration mode for a CLI user. Throws `DatabaseLocked` or `DatabaseModified`. */
export function openCandidate(
  device: {
    database: ConfigurationDatabase
    committer: Committer
    store: Store
    clock: Clock
    host: Pick<DaemonHost, 'syslog'>
  },
  mode: CandidateMode,
  by: EditorIdentity,
  maySeeSecrets: () => boolean,
): ConfigurationSession {
  const { database, committer, store, host } = device
  const candidate = database.enter(by, mode)
  const event = (tag: string, message: string) =>
    host.syslog({
      tag,
      message,
      severity: 'notice',
      facility: 'interact-commands',
      attributes: { username: by.user },
    })
  event('UI_DBASE_LOGIN_EVENT', `User '${by.user}' entering configuration mode`)
  return new CandidateSession({
    database,
    candidate,
    view: new TreeView({
      tree: () => candidate.tree,
      head: () =>
        differs(candidate.base, candidate.tree) ? changedHead(candidate.seat.lastActive) : headOf(store.records[0]),
      // What a private candidate started from is what it is compared with: others' commits since then are not its changes.
      rollbacks: { rollback: async n => (n === 0 ? candidate.base : committer.rollback(n)) },
      maySeeSecrets,
    }),
    commit: options => committer.commit(candidate, { user: by.user, via: 'cli' }, options),
    minutesToConfirm: () => committer.minutesToConfirm(),
    performing: what => host.syslog(loadEvent(by.user, what)),
    onClose: () => event('UI_DBASE_LOGOUT_EVENT', `User '${by.user}' exiting configuration mode`),
  })
}
