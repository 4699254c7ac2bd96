/**
 * Destinations whose routes changed, in the order of their changes; one may be named more than once. Words of four (or one) and a
 * length each, taken from the front.
 */
export class TouchedDestinations {
  readonly #wide: boolean
  #words: Uint32Array
  #lengths: Uint8Array
  #rows: Uint32Array
  #count = 0

  constructor(wide: boolean) {
    this.#wide = wide
    this.#words = new Uint32Array(wide ? 4096 : 1024)
    this.#lengths = new Uint8Array(1024)
    this.#rows = new Uint32Array(1024)
  }

  get count(): number {
    return this.#count
  }

  /** `row` is that of the route that changed. */
  add(k0: number, k1: number, k2: number, k3: number, length: number, row: number): void {
    if (this.#count === this.#lengths.length) this.#grow()
    const at = this.#count++
    this.#lengths[at] = length
    this.#rows[at] = row
    if (!this.#wide) {
      this.#words[at] = k0
      return
    }
    this.#words[4 * at] = k0
    this.#words[4 * at + 1] = k1
    this.#words[4 * at + 2] = k2
    this.#words[4 * at + 3] = k3
  }

  /** Hands over all that is there, and begins anew. */
  take(): Touched {
    const words = this.#words.slice(0, (this.#wide ? 4 : 1) * this.#count)
    const lengths = this.#lengths.slice(0, this.#count)
    const rows = this.#rows.slice(0, this.#count)
    if (this.#lengths.length > 65536) {
      this.#words = new Uint32Array(this.#wide ? 4096 : 1024)
      this.#lengths = new Uint8Array(1024)
      this.#rows = new Uint32Array(1024)
    }
    this.#count = 0
    return { words, lengths, rows, wide: this.#wide }
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    const lengths = new Uint8Array(this.#lengths.length * 2)
    lengths.set(this.#lengths)
    this.#lengths = lengths
    const rows = new Uint32Array(this.#rows.length * 2)
    rows.set(this.#rows)
    this.#rows = rows
  }
}

/** Destinations in columns: `words` has one word (or, wide, four) a destination. */
export interface Touched {
  readonly words: Uint32Array
  readonly lengths: Uint8Array
  /** Where the route was that changed; by the time somebody looks it may be another's. */
  readonly rows: Uint32Array
  readonly wide: boolean
}

/** Calls `visit` with each destination of `touched` from the one numbered `start` up to `end`. */
export function eachTouched(
  touched: Touched,
  visit: (k0: number, k1: number, k2: number, k3: number, length: number, row: number) => void,
  start = 0,
  end = touched.lengths.length,
): void {
  const { words, lengths, rows, wide } = touched
  for (let i = start; i < end; i++) {
    const row = rows[i]!
    if (wide) visit(words[4 * i]!, words[4 * i + 1]!, words[4 * i + 2]!, words[4 * i + 3]!, lengths[i]!, row)
    else visit(words[i]!, 0, 0, 0, lengths[i]!, row)
  }
}
