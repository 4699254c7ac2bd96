import type { Operations } from '../operations/operations.ts'

/** What the management APIs of both generations stand on. */
export interface Management {
  readonly operations: Operations
}
