import type { SyslogInput } from '@hangar/daemon'
import type { Clock } from '@hangar/runtime'
import type { Committer } from '../commit/committer.ts'
import type { ConfigurationDatabase } from '../database/database.ts'
import type { Store } from '../database/store.ts'
import type { Operations } from '../operations/operations.ts'
import type { Terminals } from '../users/terminals.ts'

/** What all NETCONF sessions of the device have in common. */
export interface NetconfServices {
  readonly database: ConfigurationDatabase
  readonly committer: Committer
  readonly store: Store
  readonly operations: Operations
  readonly terminals: Terminals
  readonly clock: Clock
  may(loginClass: string, permission: string): boolean
  syslog(message: SyslogInput): void
}
