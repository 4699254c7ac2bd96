import { checkLength, checkValue } from './check.ts'
import { Uint32Column } from './pages.ts'
import { PrefixRows } from './prefix-rows.ts'
import { ifNone, NODE, ROW, TrieNodes } from './trie-nodes.ts'

/**
 * IPv4 prefixes with a number each, found by longest match: a trie of 16, 8 and 8 bits. Addresses are u32, and their bits beyond the
 * length do not count; values are 0 to 2^31-2, and -1 is none.
 */
export class Ipv4Table {
  #nodes = new TrieNodes()
  #rows = new PrefixRows(this.#nodes)
  readonly #addresses = new Uint32Column()

  get size(): number {
    return this.#rows.size
  }

  /** Bytes of the typed arrays that are held. */
  get bytes(): number {
    return this.#nodes.bytes + this.#rows.bytes + this.#addresses.bytes
  }

  clear(): void {
    this.#nodes = new TrieNodes()
    this.#rows = new PrefixRows(this.#nodes)
    this.#addresses.clear()
  }

  /** Adds a prefix, or changes its value; returns the value before. A length or value that there is not throws a RangeError. */
  set(address: number, length: number, value: number): number {
    checkLength(length, 32)
    checkValue(value)
    const network = address & mask(length)
    let first = this.#cell(network, length)
    const found = first < 0 ? 0 : this.#rows.find(first, length)
    if (found !== 0) {
      const before = this.#rows.value(found)
      this.#rows.change(first, this.#last(first, network, length), found, value)
      return before
    }
    const row = this.#rows.take(length, value)
    this.#addresses.set(row, network)
    if (length > 16) first = this.#enter(network, length)
    this.#rows.cover(first, this.#last(first, network, length), row)
    return -1
  }

  /** Removes a prefix; returns the value that it had. */
  delete(address: number, length: number): number {
    checkLength(length, 32)
    const network = address & mask(length)
    const first = this.#cell(network, length)
    const row = first < 0 ? 0 : this.#rows.find(first, length)
    if (row === 0) return -1
    const value = this.#rows.value(row)
    this.#rows.uncover(first, this.#last(first, network, length), row)
    this.#rows.give(row)
    if (length > 16) this.#leave(network, length)
    return value
  }

  /** The value of exactly this prefix. */
  get(address: number, length: number): number {
    checkLength(length, 32)
    const cell = this.#cell(address & mask(length), length)
    const row = cell < 0 ? 0 : this.#rows.find(cell, length)
    return row === 0 ? -1 : this.#rows.value(row)
  }

  /** The value of the longest prefix that contains the address. */
  match(address: number): number {
    const nodes = this.#nodes
    const top = nodes.read(nodes.top(address >>> 24))
    let word = nodes.read(nodes.root(address >>> 16))
    if (word < 0) {
      const second = word & ~NODE
      word = nodes.word(second, (address >>> 8) & 0xff)
      if (word < 0) word = nodes.word(word & ~NODE, address & 0xff) || nodes.under(second)
    }
    return (word | (ifNone(word) & top)) - 1
  }

  /** The length of the longest prefix that contains the address. */
  matchLength(address: number): number {
    const nodes = this.#nodes
    let row = nodes.read(nodes.top(address >>> 24) + ROW)
    let cell = nodes.root(address >>> 16)
    for (let shift = 8; ; shift -= 8) {
      row = nodes.read(cell + ROW) || row
      const word = nodes.read(cell)
      if (word >= 0) return row === 0 ? -1 : this.#rows.length(row)
      cell = nodes.cell(word & ~NODE, (address >>> shift) & 0xff)
    }
  }

  /** Each prefix once, in no order. The visitor may delete; of what it adds, it may or may not see something. */
  forEach(visit: (address: number, length: number, value: number) => void): void {
    this.scan(0, Number.POSITIVE_INFINITY, visit)
  }

  /**
   * As `forEach`, a part at a time, for tables that take too long at once: from 0, `count` or so, and gives where the next part begins, -1
   * after the last. What is there all the while is visited once.
   */
  scan(from: number, count: number, visit: (address: number, length: number, value: number) => void): number {
    const rows = this.#rows
    const end = Math.min(from + count, rows.end)
    for (let row = Math.max(from, 1); row < end; row++) {
      if (!rows.isFree(row)) visit(this.#addresses.get(row), rows.length(row), rows.value(row))
    }
    return end < rows.end ? end : -1
  }

  /** The cell of an address in the step of the trie that prefixes of a length end in; negative where there is no such node. */
  #cell(address: number, length: number): number {
    const nodes = this.#nodes
    if (length <= 8) return nodes.top(address >>> 24)
    const root = nodes.root(address >>> 16)
    if (length <= 16) return root
    const second = nodes.read(root)
    if (second >= 0) return -1
    const cell = nodes.cell(second & ~NODE, (address >>> 8) & 0xff)
    if (length <= 24) return cell
    const third = nodes.read(cell)
    return third >= 0 ? -1 : nodes.cell(third & ~NODE, address & 0xff)
  }

  /** The last cell of a prefix, the first being known. */
  #last(first: number, network: number, length: number): number {
    return spanOf(length) === 1 ? first : this.#cell(network | ~mask(length), length)
  }

  /** Gives a prefix that is longer than 16 bits cells of its own; returns the first. */
  #enter(network: number, length: number): number {
    const nodes = this.#nodes
    const root = nodes.root(network >>> 16)
    const slot = (network >>> 8) & 0xff
    if (length <= 24) return nodes.cell(nodes.enter(root, slot, spanOf(length)), slot)
    const word = nodes.read(root)
    let second = word & ~NODE
    if (word >= 0 || nodes.word(second, slot) >= 0) second = nodes.enter(root, slot, 1)
    return nodes.cell(nodes.enter(nodes.cell(second, slot), network & 0xff, spanOf(length)), network & 0xff)
  }

  #leave(network: number, length: number): void {
    const nodes = this.#nodes
    const root = nodes.root(network >>> 16)
    const slot = (network >>> 8) & 0xff
    if (length <= 24) nodes.leave(root, slot, spanOf(length))
    else if (nodes.leave(nodes.cell(nodes.read(root) & ~NODE, slot), network & 0xff, spanOf(length)))
      nodes.leave(root, slot, 1)
  }
}

function mask(length: number): number {
  return length === 0 ? 0 : -1 << (32 - length)
}

/** How many slots a prefix covers in the step that it ends in. */
function spanOf(length: number): number {
  return length === 0 ? 256 : 1 << (-length & 7)
}
