/** Reads that run at the same time; one more is told to try again. */
export const MOST_READS = 1000

/** How many reads of an API run. */
export class RunningReads {
  #running = 0

  /** False when there are too many already; otherwise `done` has to follow. */
  begin(): boolean {
    if (this.#running >= MOST_READS) return false
    this.#running++
    return true
  }

  done(): void {
    this.#running--
  }
}
