/** Gives the thread to others after every so much work: about a millisecond's. */
const SLICE = 2048

/** Work that is done in slices. A unit is a route that is encoded; looking at one, and handing over a message, have prices of their own. */
export class Turns {
  static readonly looking = 1 / 64
  static readonly message = 64
  #done = 0

  /** Undefined, or a promise to wait for when others have their turn. */
  spend(work: number): Promise<void> | undefined {
    this.#done += work
    if (this.#done < SLICE) return undefined
    this.#done = 0
    return new Promise(resolve => setImmediate(resolve))
  }
}
