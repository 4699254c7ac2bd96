import type { CandidateMode } from '@hangar/junos-cli'
import type { Candidate } from '../database/candidate.ts'
import type { ConfigurationDatabase } from '../database/database.ts'
import type { EditorIdentity } from '../database/editors.ts'
import { refusal } from './fault.ts'

/**
 * The candidate that a session works on: the shared one, of which it is an editor only while it does something; or, from `lock` and
 * `open-configuration` on, one that it holds. What it holds goes with the session.
 */
export class CandidateAccess {
  readonly #database: ConfigurationDatabase
  readonly #identity: EditorIdentity
  #held: { candidate: Candidate; by: 'lock' | 'open' } | undefined

  constructor(database: ConfigurationDatabase, identity: EditorIdentity) {
    this.#database = database
    this.#identity = identity
  }

  /** Throws `DatabaseLocked` or `DatabaseModified`. */
  lock(): void {
    if (this.#held) throw refusal('configuration database already open')
    this.#held = { candidate: this.#database.enter(this.#identity, 'exclusive'), by: 'lock' }
  }

  unlock(): void {
    if (this.#held?.by !== 'lock') throw refusal('configuration database not locked')
    this.release()
  }

  open(mode: CandidateMode): void {
    if (this.#held) throw refusal('configuration database already open')
    this.#held = { candidate: this.#database.enter(this.#identity, mode), by: 'open' }
  }

  close(): void {
    if (this.#held?.by !== 'open') throw refusal('configuration database not open')
    this.release()
  }

  /** Throws what `use` throws, and `DatabaseLocked`. */
  async with<T>(use: (candidate: Candidate) => T | Promise<T>): Promise<T> {
    if (this.#held) return use(this.#held.candidate)
    const candidate = this.#database.enter(this.#identity, 'shared')
    try {
      return await use(candidate)
    } finally {
      candidate.leave()
    }
  }

  release(): void {
    this.#held?.candidate.leave()
    this.#held = undefined
  }
}
