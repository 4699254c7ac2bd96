import type { EphemeralDatabase } from '../ephemeral/database.ts'
import type { Operations } from '../operations/operations.ts'
import type { CommitDevice } from './commit-configuration.ts'

/** What the management APIs of both generations stand on. */
export interface Management extends CommitDevice {
  readonly operations: Operations
  readonly ephemeral: EphemeralDatabase
}
