import type { NextHop } from '../rib/next-hop.ts'

type Words = readonly [number, number, number, number]

interface Entry {
  readonly words: Words
  readonly nextHops: Set<NextHop>
}

/** Entries of a block. A full one is halved, so that a change moves few of them, however many there are. */
const BLOCK = 512

/** Which next hops have to be resolved anew when a destination changes: those with a gateway inside of it. Gateways of one family, in order. */
export class GatewayIndex {
  /** None of them is empty. */
  readonly #blocks: Entry[][] = []

  add(words: Words, nextHop: NextHop): void {
    const at = this.#blockOf(words)
    const block = this.#blocks[at]
    if (!block) {
      this.#blocks.push([{ words, nextHops: new Set([nextHop]) }])
      return
    }
    const place = firstFrom(block, words)
    const entry = block[place]
    if (entry && compare(entry.words, words) === 0) entry.nextHops.add(nextHop)
    else block.splice(place, 0, { words, nextHops: new Set([nextHop]) })
    if (block.length >= BLOCK) this.#blocks.splice(at + 1, 0, block.splice(BLOCK / 2))
  }

  remove(words: Words, nextHop: NextHop): void {
    const at = this.#blockOf(words)
    const block = this.#blocks[at]
    if (!block) return
    const place = firstFrom(block, words)
    const entry = block[place]
    if (!entry || compare(entry.words, words) !== 0) return
    entry.nextHops.delete(nextHop)
    if (entry.nextHops.size === 0) block.splice(place, 1)
    if (block.length === 0) this.#blocks.splice(at, 1)
  }

  /** Calls `visit` for each next hop with a gateway in the prefix. */
  within(k0: number, k1: number, k2: number, k3: number, length: number, visit: (nextHop: NextHop) => void): void {
    const first: Words = [k0, k1, k2, k3]
    const begin = this.#blockOf(first)
    for (let at = begin; at < this.#blocks.length; at++) {
      const block = this.#blocks[at]!
      for (let place = at === begin ? firstFrom(block, first) : 0; place < block.length; place++) {
        const { words, nextHops } = block[place]!
        if (!covers(first, length, words)) return
        for (const nextHop of nextHops) visit(nextHop)
      }
    }
  }

  /** The block in which an address stands or would stand: the last one that begins with it or before it, or the first. */
  #blockOf(words: Words): number {
    let low = 0
    let high = this.#blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (compare(this.#blocks[middle]![0]!.words, words) <= 0) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** Where the first entry stands that is not before an address. */
function firstFrom(block: readonly Entry[], words: Words): number {
  let low = 0
  let high = block.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(block[middle]!.words, words) < 0) low = middle + 1
    else high = middle
  }
  return low
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
