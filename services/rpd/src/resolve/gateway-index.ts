import type { NextHop } from '../rib/next-hop.ts'

type Words = readonly [number, number, number, number]

interface Entry {
  readonly words: Words
  readonly nextHops: Set<NextHop>
}

/** Which next hops have to be resolved anew when a destination changes: those with a gateway inside of it. Gateways of one family, in order. */
export class GatewayIndex {
  readonly #entries: Entry[] = []

  add(words: Words, nextHop: NextHop): void {
    const at = this.#firstFrom(words)
    const entry = this.#entries[at]
    if (entry && compare(entry.words, words) === 0) entry.nextHops.add(nextHop)
    else this.#entries.splice(at, 0, { words, nextHops: new Set([nextHop]) })
  }

  remove(words: Words, nextHop: NextHop): void {
    const at = this.#firstFrom(words)
    const entry = this.#entries[at]
    if (!entry || compare(entry.words, words) !== 0) return
    entry.nextHops.delete(nextHop)
    if (entry.nextHops.size === 0) this.#entries.splice(at, 1)
  }

  /** Calls `visit` for each next hop with a gateway in the prefix. */
  within(k0: number, k1: number, k2: number, k3: number, length: number, visit: (nextHop: NextHop) => void): void {
    if (this.#entries.length === 0) return
    const first: Words = [k0, k1, k2, k3]
    for (let i = this.#firstFrom(first); i < this.#entries.length; i++) {
      const { words, nextHops } = this.#entries[i]!
      if (!covers(first, length, words)) return
      for (const nextHop of nextHops) visit(nextHop)
    }
  }

  #firstFrom(words: Words): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(this.#entries[middle]!.words, words) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function compare(a: Words, b: Words): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}

function covers(prefix: Words, length: number, address: Words): boolean {
  for (let i = 0; i < 4; i++) {
    const bits = Math.min(32, length - 32 * i)
    if (bits <= 0) return true
    if ((prefix[i]! ^ address[i]!) >>> (32 - bits) !== 0) return false
  }
  return true
}
