export interface HistoryEntry {
  readonly line: string
  /** Unix milliseconds. */
  readonly at: number
}

/** Lines that were entered, the oldest dropped. */
export class History {
  readonly #entries: HistoryEntry[] = []
  readonly #limit: number
  readonly #now: () => number

  constructor(now: () => number, limit = 500) {
    this.#now = now
    this.#limit = limit
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries
  }

  /** Empty lines, and the same line once more, aren't kept. */
  add(line: string): void {
    if (line.trim() === '' || this.#entries.at(-1)?.line === line) return
    this.#entries.push({ line, at: this.#now() })
    if (this.#entries.length > this.#limit) this.#entries.shift()
  }
}
