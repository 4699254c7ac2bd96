import type { CandidateMode, Editor } from '@hangar/junos-cli'
import type { Clock } from '@hangar/runtime'

/** Who entered configuration mode. */
export interface EditorIdentity {
  readonly user: string
  readonly terminal: string
  readonly pid: number
}

/** Somebody in configuration mode, as long as that lasts. */
export class EditorSeat {
  readonly user: string
  readonly terminal: string
  readonly pid: number
  readonly mode: CandidateMode
  readonly since: number
  readonly #clock: Clock
  path: readonly string[] = []
  lastActive: number

  constructor(identity: EditorIdentity, mode: CandidateMode, clock: Clock) {
    this.user = identity.user
    this.terminal = identity.terminal
    this.pid = identity.pid
    this.mode = mode
    this.#clock = clock
    this.since = clock.now()
    this.lastActive = this.since
  }

  /** What others, and the user himself, are told of it. */
  seenBy(seat: EditorSeat | undefined): Editor {
    const { user, terminal, pid, since, lastActive, mode, path } = this
    return { user, terminal, pid, since, lastActive, mode, path, ...(seat === this && { self: true }) }
  }

  touch(): void {
    this.lastActive = this.#clock.now()
  }
}
