/** Destinations in columns. */
export interface Destinations {
  readonly addresses: Uint32Array
  readonly lengths: Uint8Array
}

/** A sorted part, read from its beginning. */
export class Run {
  readonly addresses: Uint32Array
  readonly lengths: Uint8Array
  readonly width: number
  at = 0

  constructor({ addresses, lengths }: Destinations, width: number) {
    this.width = width
    const order = Uint32Array.from(lengths, (_, i) => i).sort((a, b) => {
      for (let i = 0; i < width; i++) {
        const difference = addresses[a * width + i]! - addresses[b * width + i]!
        if (difference !== 0) return difference
      }
      return lengths[a]! - lengths[b]!
    })
    this.addresses = new Uint32Array(addresses.length)
    this.lengths = new Uint8Array(lengths.length)
    order.forEach((from, to) => {
      this.addresses.set(addresses.subarray(from * width, (from + 1) * width), to * width)
      this.lengths[to] = lengths[from]!
    })
  }

  isBefore(other: Run): boolean {
    for (let i = 0; i < this.width; i++) {
      const own = this.addresses[this.at * this.width + i]!
      const others = other.addresses[other.at * this.width + i]!
      if (own !== others) return own < others
    }
    return this.lengths[this.at]! < other.lengths[other.at]!
  }
}

/** Runs by their next destination, the lowest on top. */
export class RunHeap {
  readonly #runs: Run[]

  constructor(runs: Run[]) {
    this.#runs = runs
    for (let i = (runs.length >> 1) - 1; i >= 0; i--) this.#sink(i)
  }

  get size(): number {
    return this.#runs.length
  }

  next(count: number, width: number): Destinations {
    const addresses = new Uint32Array(count * width)
    const lengths = new Uint8Array(count)
    let taken = 0
    while (taken < count && this.#runs.length > 0) {
      const run = this.#runs[0]!
      for (let i = 0; i < width; i++) addresses[taken * width + i] = run.addresses[run.at * width + i]!
      lengths[taken++] = run.lengths[run.at]!
      if (++run.at === run.lengths.length) this.#drop()
      this.#sink(0)
    }
    return { addresses: addresses.subarray(0, taken * width), lengths: lengths.subarray(0, taken) }
  }

  #drop(): void {
    const last = this.#runs.pop()!
    if (this.#runs.length > 0) this.#runs[0] = last
  }

  #sink(from: number): void {
    const runs = this.#runs
    let at = from
    for (;;) {
      let least = at
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < runs.length && runs[below]!.isBefore(runs[least]!)) least = below
      }
      if (least === at) return
      ;[runs[at], runs[least]] = [runs[least]!, runs[at]!]
      at = least
    }
  }
}
