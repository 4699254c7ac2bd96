import { hashOf } from './destination-index.ts'

const BITS = 16
const PAGE = 1 << BITS
const MASK = PAGE - 1

/** What is known of a row besides its numbers. */
export const RowFlag = {
  /** The row is in use. */
  live: 1,
  /** Its next hop leads somewhere: it may become active. */
  usable: 2,
  /** It stands for its destination and forwards. */
  active: 4,
  /** It is counted as hidden: its next hop leads nowhere. */
  hidden: 8,
} as const

/**
 * The routes of one table in columns, a row a route (a path to a destination). Pages of 64 Ki rows are added one by one: nothing is
 * ever copied, and a route costs its columns and no object. `wide` tables have four words of address, others one.
 */
export class RouteRows {
  readonly wide: boolean
  readonly #k0: Uint32Array[] = []
  readonly #k1: Uint32Array[] = []
  readonly #k2: Uint32Array[] = []
  readonly #k3: Uint32Array[] = []
  readonly #length: Uint8Array[] = []
  readonly #flags: Uint8Array[] = []
  readonly #next: Uint32Array[] = []
  readonly #attributes: Uint32Array[] = []
  readonly #nextHop: Uint32Array[] = []
  readonly #cookieLow: Uint32Array[] = []
  readonly #cookieHigh: Uint32Array[] = []
  readonly #since: Uint32Array[] = []
  #free = 0
  /** Rows ever used: every live row is below. */
  end = 0
  live = 0

  constructor(wide: boolean) {
    this.wide = wide
  }

  /** A row for a new route; what it holds is not set. */
  take(): number {
    this.live++
    if (this.#free !== 0) {
      const row = this.#free - 1
      this.#free = this.#next[row >>> BITS]![row & MASK]!
      return row
    }
    if ((this.end & MASK) === 0) this.#grow()
    return this.end++
  }

  give(row: number): void {
    this.#flags[row >>> BITS]![row & MASK] = 0
    this.#next[row >>> BITS]![row & MASK] = this.#free
    this.#free = row + 1
    this.live--
  }

  setKey(row: number, k0: number, k1: number, k2: number, k3: number, length: number): void {
    const page = row >>> BITS
    const at = row & MASK
    this.#k0[page]![at] = k0
    if (this.wide) {
      this.#k1[page]![at] = k1
      this.#k2[page]![at] = k2
      this.#k3[page]![at] = k3
    }
    this.#length[page]![at] = length
  }

  isAt(row: number, k0: number, k1: number, k2: number, k3: number, length: number): boolean {
    const page = row >>> BITS
    const at = row & MASK
    if (this.#k0[page]![at] !== k0 || this.#length[page]![at] !== length) return false
    return !this.wide || (this.#k1[page]![at] === k1 && this.#k2[page]![at] === k2 && this.#k3[page]![at] === k3)
  }

  hash(row: number): number {
    return hashOf(this.k0(row), this.k1(row), this.k2(row), this.k3(row), this.length(row))
  }

  k0(row: number): number {
    return this.#k0[row >>> BITS]![row & MASK]!
  }
  k1(row: number): number {
    return this.wide ? this.#k1[row >>> BITS]![row & MASK]! : 0
  }
  k2(row: number): number {
    return this.wide ? this.#k2[row >>> BITS]![row & MASK]! : 0
  }
  k3(row: number): number {
    return this.wide ? this.#k3[row >>> BITS]![row & MASK]! : 0
  }
  length(row: number): number {
    return this.#length[row >>> BITS]![row & MASK]!
  }

  flags(row: number): number {
    return this.#flags[row >>> BITS]![row & MASK]!
  }
  setFlags(row: number, value: number): void {
    this.#flags[row >>> BITS]![row & MASK] = value
  }

  /** The next best route of the same destination, -1 after the last. */
  next(row: number): number {
    return this.#next[row >>> BITS]![row & MASK]! - 1
  }
  setNext(row: number, next: number): void {
    this.#next[row >>> BITS]![row & MASK] = next + 1
  }

  /** Id of its attribute set. */
  attributes(row: number): number {
    return this.#attributes[row >>> BITS]![row & MASK]!
  }
  setAttributes(row: number, id: number): void {
    this.#attributes[row >>> BITS]![row & MASK] = id
  }

  /** Id of its next hop. */
  nextHop(row: number): number {
    return this.#nextHop[row >>> BITS]![row & MASK]!
  }
  setNextHop(row: number, id: number): void {
    this.#nextHop[row >>> BITS]![row & MASK] = id
  }

  cookieLow(row: number): number {
    return this.#cookieLow[row >>> BITS]![row & MASK]!
  }
  cookieHigh(row: number): number {
    return this.#cookieHigh[row >>> BITS]![row & MASK]!
  }
  setCookie(row: number, low: number, high: number): void {
    this.#cookieLow[row >>> BITS]![row & MASK] = low
    this.#cookieHigh[row >>> BITS]![row & MASK] = high
  }

  /** When it came or last changed: seconds of the process's own count. */
  since(row: number): number {
    return this.#since[row >>> BITS]![row & MASK]!
  }
  setSince(row: number, seconds: number): void {
    this.#since[row >>> BITS]![row & MASK] = seconds
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#k0.length * PAGE * (this.wide ? 42 : 30)
  }

  #grow(): void {
    this.#k0.push(new Uint32Array(PAGE))
    if (this.wide) for (const column of [this.#k1, this.#k2, this.#k3]) column.push(new Uint32Array(PAGE))
    this.#length.push(new Uint8Array(PAGE))
    this.#flags.push(new Uint8Array(PAGE))
    for (const column of [this.#next, this.#attributes, this.#nextHop]) column.push(new Uint32Array(PAGE))
    for (const column of [this.#cookieLow, this.#cookieHigh, this.#since]) column.push(new Uint32Array(PAGE))
  }
}
