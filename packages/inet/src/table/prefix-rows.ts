import { Uint32Column } from './pages.ts'
import { CELL, ROW, type TrieNodes } from './trie-nodes.ts'

/** A link is the next row of the chain and, in its lower bits, the length of this row's prefix. */
const LENGTH = 8
const LENGTH_MASK = (1 << LENGTH) - 1
/** Instead of a length: the row is free. */
const FREE = LENGTH_MASK
const MOST = 1 << (32 - LENGTH)

/**
 * The prefixes of a table, a row each, from row 1. Rows that cover one cell of the trie form a chain from the longest to the shortest; a row's
 * successor is the same in all cells that it covers, so that a row needs one link. A chain stays within one node: it has 8 rows at most.
 */
export class PrefixRows {
  readonly #nodes: TrieNodes
  readonly #links = new Uint32Column()
  readonly #values = new Uint32Column()
  #free = 0
  /** Rows ever used: each is below. */
  end = 1
  size = 0

  constructor(nodes: TrieNodes) {
    this.#nodes = nodes
  }

  /** A row for a prefix that covers no cell yet. */
  take(length: number, value: number): number {
    let row = this.#free
    if (row !== 0) this.#free = this.#next(row)
    else if (this.end === MOST) throw new RangeError(`a table has at most ${MOST - 1} prefixes`)
    else row = this.end++
    this.#links.set(row, length)
    this.#values.set(row, value)
    this.size++
    return row
  }

  give(row: number): void {
    this.#link(row, this.#free, FREE)
    this.#free = row
    this.size--
  }

  isFree(row: number): boolean {
    return this.length(row) === FREE
  }

  length(row: number): number {
    return this.#links.get(row) & LENGTH_MASK
  }

  value(row: number): number {
    return this.#values.get(row)
  }

  /** The row of this length that covers a cell, 0 for none. */
  find(cell: number, length: number): number {
    let row = this.#nodes.read(cell + ROW)
    while (row !== 0) {
      const link = this.#links.get(row)
      if ((link & LENGTH_MASK) <= length) return (link & LENGTH_MASK) === length ? row : 0
      row = link >>> LENGTH
    }
    return 0
  }

  /** Puts a row into the chains of all cells from first to last. */
  cover(first: number, last: number, row: number): void {
    const nodes = this.#nodes
    const length = this.length(row)
    for (let cell = first; cell <= last; cell += CELL) {
      let before = 0
      let after = nodes.read(cell + ROW)
      while (after !== 0 && this.length(after) > length) {
        before = after
        after = this.#next(after)
      }
      if (after === row) continue
      this.#link(row, after, length)
      if (before !== 0) this.#link(before, row, this.length(before))
      else this.#lead(cell, row)
    }
  }

  /** Takes a row out of the chains of all cells from first to last. */
  uncover(first: number, last: number, row: number): void {
    const nodes = this.#nodes
    const after = this.#next(row)
    for (let cell = first; cell <= last; cell += CELL) {
      let before = nodes.read(cell + ROW)
      if (before === row) {
        this.#lead(cell, after)
        continue
      }
      // A chain that met this one in an earlier cell leads past the row already.
      while (before !== 0 && this.#next(before) !== row) before = this.#next(before)
      if (before !== 0) this.#link(before, after, this.length(before))
    }
  }

  /** Changes a row's value, in all cells from first to last where it is what a lookup finds. */
  change(first: number, last: number, row: number, value: number): void {
    this.#values.set(row, value)
    for (let cell = first; cell <= last; cell += CELL) {
      if (this.#nodes.read(cell + ROW) === row) this.#lead(cell, row)
    }
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#links.bytes + this.#values.bytes
  }

  #next(row: number): number {
    return this.#links.get(row) >>> LENGTH
  }

  #link(row: number, next: number, length: number): void {
    this.#links.set(row, (next << LENGTH) | length)
  }

  /** A row, or none, leads a cell's chain: it is what a lookup finds there. */
  #lead(cell: number, row: number): void {
    this.#nodes.write(cell + ROW, row)
    this.#nodes.show(cell, row === 0 ? 0 : this.#values.get(row) + 1)
  }
}
