import { turn } from '@hangar/runtime'

/** So much work is done before others get their turn: about a millisecond's. */
const SLICE = 2048

/** Work that is done in slices. A unit is a route that is encoded; looking at one, and handing over a message, have prices of their own. */
export class Turns {
  static readonly looking = 1 / 64
  static readonly message = 64
  #done = 0

  /** Whether others have to get their turn now. */
  isDue(work: number): boolean {
    this.#done += work
    if (this.#done < SLICE) return false
    this.#done = 0
    return true
  }

  /** Undefined, or what to wait for when others have their turn. */
  spend(work: number): Promise<void> | undefined {
    return this.isDue(work) ? turn() : undefined
  }
}
