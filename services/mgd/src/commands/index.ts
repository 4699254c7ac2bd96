import type { DaemonHost } from '@hangar/daemon'
import type { Committer } from '../commit/committer.ts'
import { formatTime } from '../database/revision.ts'
import type { Store } from '../database/store.ts'
import type { Authenticator } from '../users/authenticator.ts'
import type { Terminals } from '../users/terminals.ts'
import { rescueCommands } from './rescue.ts'
import { chassisCommands } from './show-chassis.ts'
import { showSystemCommit } from './show-system-commit.ts'
import { showSystemInformation } from './show-system-information.ts'
import { showSystemRollback } from './show-system-rollback.ts'
import { showSystemUptime } from './show-system-uptime.ts'
import { showSystemUsers } from './show-system-users.ts'
import { showVersion } from './show-version.ts'

/** The operational commands of mgd, and the names that it completes. */
export function contributeCommands(
  host: DaemonHost,
  device: {
    booted: number
    store: Store
    committer: Committer
    terminals: Terminals
    authenticator: Authenticator
    hostName(): string
  },
): void {
  const { booted, store, committer, terminals, authenticator, hostName } = device
  const { clock } = host
  const atTerminals = () => terminals.all.filter(one => one.tty !== '')
  host.command(showVersion(hostName))
  for (const command of chassisCommands({ clock, booted })) host.command(command)
  for (const command of rescueCommands(store, () => committer.rollback('rescue'))) host.command(command)
  host.command(showSystemInformation(hostName))
  host.command(showSystemCommit(() => store.records))
  host.command(showSystemRollback(n => committer.rollback(n)))
  host.command(showSystemUsers({ clock, booted, terminals: atTerminals }))
  host.command(
    showSystemUptime({ clock, booted, users: () => atTerminals().length, lastCommit: () => store.records[0] }),
  )
  host.completion('rollback', () =>
    store.records.map((record, n) => ({
      name: String(n),
      help: `${formatTime(record.time)} by ${record.user} via ${record.via}`,
    })),
  )
  host.completion('user', () => authenticator.accounts.names().map(name => ({ name })))
}
