import type { Branch } from '@hangar/junos-config'
import type { EditorSeat } from './editors.ts'

/** Where a candidate's tree is kept: shared by all, or one user's own. Writing and committing throw `DatabaseLocked`. */
export interface CandidatePlace {
  read(): Branch
  write(tree: Branch): void
  /** The whole configuration as it would be committed now. */
  toCommit(): Branch
  /** What it is compared with to see whether it was changed. */
  base(): Branch
  /** What was to be committed is. */
  committed(): void
  leave(): void
}

/** A candidate as one user sees it. */
export class Candidate {
  readonly seat: EditorSeat
  readonly #place: CandidatePlace
  #left = false

  constructor(seat: EditorSeat, place: CandidatePlace) {
    this.seat = seat
    this.#place = place
  }

  get tree(): Branch {
    return this.#place.read()
  }

  /** Throws `DatabaseLocked`. */
  set tree(tree: Branch) {
    this.seat.touch()
    this.#place.write(tree)
  }

  get base(): Branch {
    return this.#place.base()
  }

  toCommit(): Branch {
    this.seat.touch()
    return this.#place.toCommit()
  }

  committed(): void {
    this.#place.committed()
  }

  leave(): void {
    if (this.#left) return
    this.#left = true
    this.#place.leave()
  }
}
