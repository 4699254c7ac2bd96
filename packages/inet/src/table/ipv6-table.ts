import { checkLength, checkValue } from './check.ts'
import { Uint32Column } from './pages.ts'
import { PrefixRows } from './prefix-rows.ts'
import { NODE, ROW, TrieNodes } from './trie-nodes.ts'

/** Words before a node: the address by which it was reached, and how many bytes of that count. */
const LEAD = 5
const PATH = -5
const DEPTH = -1

/**
 * IPv6 prefixes with a number each, found by longest match: a trie of 16 bits, then 8 a step, where steps without a choice are left
 * out and compared instead. Addresses are four u32, the most significant first, and their bits beyond the length do not count;
 * values are 0 to 2^31-2, and -1 is none.
 */
export class Ipv6Table {
  #nodes = new TrieNodes(LEAD)
  #rows = new PrefixRows(this.#nodes)
  readonly #addresses = [new Uint32Column(), new Uint32Column(), new Uint32Column(), new Uint32Column()] as const

  get size(): number {
    return this.#rows.size
  }

  /** Bytes of the typed arrays that are held. */
  get bytes(): number {
    return this.#addresses.reduce((sum, column) => sum + column.bytes, this.#nodes.bytes + this.#rows.bytes)
  }

  clear(): void {
    this.#nodes = new TrieNodes(LEAD)
    this.#rows = new PrefixRows(this.#nodes)
    for (const column of this.#addresses) column.clear()
  }

  /** Adds a prefix, or changes its value; returns the value before. A length or value that there is not throws a RangeError. */
  set(a: number, b: number, c: number, d: number, length: number, value: number): number {
    checkLength(length, 128)
    checkValue(value)
    a &= mask(length)
    b &= mask(length - 32)
    c &= mask(length - 64)
    d &= mask(length - 96)
    let first = this.#cell(a, b, c, d, length)
    const found = first < 0 ? 0 : this.#rows.find(first, length)
    if (found !== 0) {
      const before = this.#rows.value(found)
      this.#rows.change(first, this.#last(first, a, b, c, d, length), found, value)
      return before
    }
    const row = this.#rows.take(length, value)
    this.#addresses[0].set(row, a)
    this.#addresses[1].set(row, b)
    this.#addresses[2].set(row, c)
    this.#addresses[3].set(row, d)
    if (length > 16) first = this.#enter(a, b, c, d, length)
    this.#rows.cover(first, this.#last(first, a, b, c, d, length), row)
    return -1
  }

  /** Removes a prefix; returns the value that it had. */
  delete(a: number, b: number, c: number, d: number, length: number): number {
    checkLength(length, 128)
    a &= mask(length)
    b &= mask(length - 32)
    c &= mask(length - 64)
    d &= mask(length - 96)
    const first = this.#cell(a, b, c, d, length)
    const row = first < 0 ? 0 : this.#rows.find(first, length)
    if (row === 0) return -1
    const value = this.#rows.value(row)
    this.#rows.uncover(first, this.#last(first, a, b, c, d, length), row)
    this.#rows.give(row)
    if (length > 16) this.#leave(a, b, c, d, length)
    return value
  }

  /** The value of exactly this prefix. */
  get(a: number, b: number, c: number, d: number, length: number): number {
    checkLength(length, 128)
    const cell = this.#cell(
      a & mask(length),
      b & mask(length - 32),
      c & mask(length - 64),
      d & mask(length - 96),
      length,
    )
    const row = cell < 0 ? 0 : this.#rows.find(cell, length)
    return row === 0 ? -1 : this.#rows.value(row)
  }

  /** The value of the longest prefix that contains the address. */
  match(a: number, b: number, c: number, d: number): number {
    const nodes = this.#nodes
    let found = nodes.read(nodes.top(a >>> 24))
    let word = nodes.read(nodes.root(a >>> 16))
    // The depth at which a node follows on the one above: nothing lies between them to be compared.
    let due = 2
    while (word < 0) {
      const node = word & ~NODE
      found = nodes.under(node) || found
      const depth = nodes.read(node + DEPTH)
      if (depth !== due && this.#agreement(node, a, b, c, d) < depth) return found - 1
      word = nodes.word(node, byteOf(depth, a, b, c, d))
      due = depth + 1
    }
    return (word || found) - 1
  }

  /** The length of the longest prefix that contains the address. */
  matchLength(a: number, b: number, c: number, d: number): number {
    const nodes = this.#nodes
    let row = nodes.read(nodes.top(a >>> 24) + ROW)
    let cell = nodes.root(a >>> 16)
    for (;;) {
      row = nodes.read(cell + ROW) || row
      const word = nodes.read(cell)
      if (word >= 0) break
      const node = word & ~NODE
      const depth = nodes.read(node + DEPTH)
      if (this.#agreement(node, a, b, c, d) < depth) break
      cell = nodes.cell(node, byteOf(depth, a, b, c, d))
    }
    return row === 0 ? -1 : this.#rows.length(row)
  }

  /** Each prefix once, in no order. The visitor may delete; of what it adds, it may or may not see something. */
  forEach(visit: (a: number, b: number, c: number, d: number, length: number, value: number) => void): void {
    this.scan(0, Number.POSITIVE_INFINITY, visit)
  }

  /**
   * As `forEach`, a part at a time, for tables that take too long at once: from 0, `count` or so, and gives where the next part begins, -1
   * after the last. What is there all the while is visited once.
   */
  scan(
    from: number,
    count: number,
    visit: (a: number, b: number, c: number, d: number, length: number, value: number) => void,
  ): number {
    const rows = this.#rows
    const [a, b, c, d] = this.#addresses
    const end = Math.min(from + count, rows.end)
    for (let row = Math.max(from, 1); row < end; row++) {
      if (!rows.isFree(row)) visit(a.get(row), b.get(row), c.get(row), d.get(row), rows.length(row), rows.value(row))
    }
    return end < rows.end ? end : -1
  }

  /** The cell of an address in the step of the trie that prefixes of a length end in; negative where there is no such node. */
  #cell(a: number, b: number, c: number, d: number, length: number): number {
    const nodes = this.#nodes
    if (length <= 8) return nodes.top(a >>> 24)
    let cell = nodes.root(a >>> 16)
    const last = (length - 1) >>> 3
    for (let depth = 1; depth < last; ) {
      const word = nodes.read(cell)
      if (word >= 0) return -1
      const node = word & ~NODE
      depth = nodes.read(node + DEPTH)
      if (depth > last || this.#agreement(node, a, b, c, d) < depth) return -1
      cell = nodes.cell(node, byteOf(depth, a, b, c, d))
    }
    return cell
  }

  /** The last cell of a prefix, the first being known. */
  #last(first: number, a: number, b: number, c: number, d: number, length: number): number {
    if (spanOf(length) === 1) return first
    return this.#cell(a | ~mask(length), b | ~mask(length - 32), c | ~mask(length - 64), d | ~mask(length - 96), length)
  }

  /** Gives a prefix that is longer than 16 bits cells of its own; returns the first. */
  #enter(a: number, b: number, c: number, d: number, length: number): number {
    const nodes = this.#nodes
    const last = (length - 1) >>> 3
    const slot = byteOf(last, a, b, c, d)
    let cell = nodes.root(a >>> 16)
    for (;;) {
      const word = nodes.read(cell)
      if (word >= 0) break
      let node = word & ~NODE
      let depth = nodes.read(node + DEPTH)
      const shared = Math.min(last, this.#agreement(node, a, b, c, d))
      if (shared < depth) {
        node = nodes.wedge(cell, (nodes.read(node + PATH + (shared >>> 2)) >>> ((~shared & 3) << 3)) & 0xff)
        depth = shared
        this.#setPath(node, a, b, c, d, depth)
      }
      if (depth === last) break
      const next = byteOf(depth, a, b, c, d)
      if (nodes.word(node, next) >= 0) node = nodes.enter(cell, next, 1)
      cell = nodes.cell(node, next)
    }
    const node = nodes.enter(cell, slot, spanOf(length))
    this.#setPath(node, a, b, c, d, last)
    return nodes.cell(node, slot)
  }

  #leave(a: number, b: number, c: number, d: number, length: number): void {
    const nodes = this.#nodes
    const last = (length - 1) >>> 3
    let above = -1
    let slotAbove = 0
    let cell = nodes.root(a >>> 16)
    for (;;) {
      const node = nodes.read(cell) & ~NODE
      const depth = nodes.read(node + DEPTH)
      if (depth === last) break
      above = cell
      slotAbove = byteOf(depth, a, b, c, d)
      cell = nodes.cell(node, slotAbove)
    }
    if (!nodes.leave(cell, byteOf(last, a, b, c, d), spanOf(length))) nodes.splice(cell)
    else if (above >= 0) {
      // It held something else besides: a node that holds one node and nothing else is spliced.
      nodes.leave(above, slotAbove, 1)
      nodes.splice(above)
    }
  }

  #setPath(node: number, a: number, b: number, c: number, d: number, depth: number): void {
    const nodes = this.#nodes
    nodes.write(node + PATH, a)
    nodes.write(node + PATH + 1, b)
    nodes.write(node + PATH + 2, c)
    nodes.write(node + PATH + 3, d)
    nodes.write(node + DEPTH, depth)
  }

  /** How many leading bytes of the address a node's path shares. */
  #agreement(node: number, a: number, b: number, c: number, d: number): number {
    const nodes = this.#nodes
    let difference = a ^ nodes.read(node + PATH)
    if (difference !== 0) return Math.clz32(difference) >>> 3
    difference = b ^ nodes.read(node + PATH + 1)
    if (difference !== 0) return 4 + (Math.clz32(difference) >>> 3)
    difference = c ^ nodes.read(node + PATH + 2)
    if (difference !== 0) return 8 + (Math.clz32(difference) >>> 3)
    return 12 + (Math.clz32(d ^ nodes.read(node + PATH + 3)) >>> 3)
  }
}

/** The part of a netmask that falls on a word, of the length that is left there. */
function mask(length: number): number {
  return length <= 0 ? 0 : length >= 32 ? -1 : -1 << (32 - length)
}

/** How many slots a prefix covers in the step that it ends in. */
function spanOf(length: number): number {
  return length === 0 ? 256 : 1 << (-length & 7)
}

function byteOf(depth: number, a: number, b: number, c: number, d: number): number {
  const word = depth < 8 ? (depth < 4 ? a : b) : depth < 12 ? c : d
  return (word >>> ((~depth & 3) << 3)) & 0xff
}
