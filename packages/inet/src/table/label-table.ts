import { checkValue } from './check.ts'
import { Uint32Column } from './pages.ts'

/** Labels have 20 bits (RFC 3032 2.1). */
const LABELS = 1 << 20
/** Labels of one part at least: less than a millisecond. */
const SCAN = 1 << 16

/**
 * MPLS labels with a number each, and one for all others. Lengths as a forwarding table's columns have them: 20 for a label, 0 for the
 * default. Values are 0 to 2^31-2, and -1 is none.
 */
export class LabelTable {
  /** Value + 1; 0 is none. */
  readonly #words = new Uint32Column()
  #default = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Bytes of the typed arrays that are held. */
  get bytes(): number {
    return this.#words.bytes
  }

  clear(): void {
    this.#words.clear()
    this.#default = 0
    this.#size = 0
  }

  /** Adds an entry, or changes its value; returns the value before. What is no label, length or value throws a RangeError. */
  set(label: number, length: number, value: number): number {
    checkEntry(label, length)
    checkValue(value)
    return this.#change(label, length, value + 1)
  }

  /** Removes an entry; returns the value that it had. */
  delete(label: number, length: number): number {
    checkEntry(label, length)
    return this.#word(label, length) === 0 ? -1 : this.#change(label, length, 0)
  }

  /** The value of exactly this entry. */
  get(label: number, length: number): number {
    checkEntry(label, length)
    return this.#word(label, length) - 1
  }

  /** The value of the label, or of the default. */
  match(label: number): number {
    return (this.#words.get(label) || this.#default) - 1
  }

  /** 20 where the label itself is in the table, 0 where the default stands for it. */
  matchLength(label: number): number {
    if (this.#words.get(label) !== 0) return 20
    return this.#default === 0 ? -1 : 0
  }

  /** Each entry once, in no order; the default's label is 0. The visitor may delete; of what it adds, it may or may not see something. */
  forEach(visit: (label: number, length: number, value: number) => void): void {
    if (this.#default !== 0) visit(0, 0, this.#default - 1)
    this.#words.forEach((label, word) => {
      visit(label, 20, word - 1)
    })
  }

  /**
   * As `forEach`, a part at a time, for tables that take too long at once: from 0, `count` or so, and gives where the next part begins, -1
   * after the last. What is there all the while is visited once.
   */
  scan(from: number, count: number, visit: (label: number, length: number, value: number) => void): number {
    if (from === 0 && this.#default !== 0) visit(0, 0, this.#default - 1)
    // Labels are looked at whether they are there or not: many at a time, as mostly few are.
    const end = Math.min(from + Math.max(count, SCAN), LABELS)
    for (let label = from; label < end; label++) {
      const word = this.#words.get(label)
      if (word !== 0) visit(label, 20, word - 1)
    }
    return end < LABELS ? end : -1
  }

  #word(label: number, length: number): number {
    return length === 0 ? this.#default : this.#words.get(label)
  }

  #change(label: number, length: number, word: number): number {
    const before = this.#word(label, length)
    if (length === 0) this.#default = word
    else this.#words.set(label, word)
    this.#size += (word === 0 ? 0 : 1) - (before === 0 ? 0 : 1)
    return before - 1
  }
}

function checkEntry(label: number, length: number): void {
  if (length === 0) return
  if (length !== 20) throw new RangeError(`the length of a label is 20, of the default 0, not ${length}`)
  if (label >>> 0 !== label || label >= LABELS) throw new RangeError(`a label is 0 to ${LABELS - 1}, not ${label}`)
}
