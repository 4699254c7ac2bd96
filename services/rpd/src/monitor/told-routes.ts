import { Uint8Column, Uint32Column } from '@hangar/inet'
import type { AttributeSet } from '../rib/attributes.ts'
import { DestinationIndex, hashOf } from '../rib/destination-index.ts'
import type { NextHop } from '../rib/next-hop.ts'

/** What an entry is: its destination's route was told, and there is something to look at again. */
const TOLD = 1
const PENDING = 2

/**
 * What one client was told of one table, and the destinations that it has to be told of: columns, about 40 bytes a destination, with
 * pending ones in the order in which they came. An entry that is neither told nor pending is gone.
 */
export class ToldRoutes {
  readonly #wide: boolean
  readonly #index: DestinationIndex
  readonly #k0 = new Uint32Column()
  readonly #k1 = new Uint32Column()
  readonly #k2 = new Uint32Column()
  readonly #k3 = new Uint32Column()
  readonly #length = new Uint8Column()
  readonly #flags = new Uint8Column()
  /** Serial numbers, as ids are given again. */
  readonly #attributes = new Uint32Column()
  readonly #nextHop = new Uint32Column()
  readonly #cookieLow = new Uint32Column()
  readonly #cookieHigh = new Uint32Column()
  /** The pending ones as a chain both ways, by entry + 1; the free ones by `#after` alone. */
  readonly #before = new Uint32Column()
  readonly #after = new Uint32Column()
  #first = 0
  #last = 0
  #free = 0
  /** Every entry is below. */
  end = 0
  pending = 0
  told = 0

  constructor(wide: boolean) {
    this.#wide = wide
    this.#index = new DestinationIndex(this)
  }

  isAt(entry: number, k0: number, k1: number, k2: number, k3: number, length: number): boolean {
    if (this.#k0.get(entry) !== k0 || this.#length.get(entry) !== length) return false
    return !this.#wide || (this.k1(entry) === k1 && this.k2(entry) === k2 && this.k3(entry) === k3)
  }

  hash(entry: number): number {
    return hashOf(this.k0(entry), this.k1(entry), this.k2(entry), this.k3(entry), this.length(entry))
  }

  find(k0: number, k1: number, k2: number, k3: number, length: number): number {
    return this.#index.find(k0, k1, k2, k3, length)
  }

  /** A new entry, for a destination that has none; neither told nor pending, so that it has to become one of them. */
  add(k0: number, k1: number, k2: number, k3: number, length: number): number {
    const entry = this.#free === 0 ? this.end++ : this.#free - 1
    if (this.#free !== 0) this.#free = this.#after.get(entry)
    this.#k0.set(entry, k0)
    if (this.#wide) {
      this.#k1.set(entry, k1)
      this.#k2.set(entry, k2)
      this.#k3.set(entry, k3)
    }
    this.#length.set(entry, length)
    this.#flags.set(entry, 0)
    this.#index.insert(entry)
    return entry
  }

  isTold(entry: number): boolean {
    return (this.#flags.get(entry) & TOLD) !== 0
  }

  /** Whether it was told, and just this. */
  isToldAs(entry: number, attributes: AttributeSet, nextHop: NextHop, cookieLow: number, cookieHigh: number): boolean {
    return (
      this.isTold(entry) &&
      this.#attributes.get(entry) === attributes.serial >>> 0 &&
      this.#nextHop.get(entry) === nextHop.serial >>> 0 &&
      this.#cookieLow.get(entry) === cookieLow &&
      this.#cookieHigh.get(entry) === cookieHigh
    )
  }

  /** It is told, and no longer pending. */
  tell(entry: number, attributes: AttributeSet, nextHop: NextHop, cookieLow: number, cookieHigh: number): void {
    this.settle(entry)
    if (!this.isTold(entry)) this.told++
    this.#flags.set(entry, TOLD)
    this.#attributes.set(entry, attributes.serial)
    this.#nextHop.set(entry, nextHop.serial)
    this.#cookieLow.set(entry, cookieLow)
    this.#cookieHigh.set(entry, cookieHigh)
  }

  /** There is nothing to tell of it, and nothing that was told: it is gone. */
  drop(entry: number): void {
    this.settle(entry)
    if (this.isTold(entry)) this.told--
    this.#index.remove(entry)
    this.#flags.set(entry, 0)
    this.#after.set(entry, this.#free)
    this.#free = entry + 1
  }

  /** Behind all that are pending already. */
  await(entry: number): void {
    const flags = this.#flags.get(entry)
    if ((flags & PENDING) !== 0) return
    this.#flags.set(entry, flags | PENDING)
    this.#before.set(entry, this.#last)
    this.#after.set(entry, 0)
    if (this.#last === 0) this.#first = entry + 1
    else this.#after.set(this.#last - 1, entry + 1)
    this.#last = entry + 1
    this.pending++
  }

  /** Nothing is pending of it any more. */
  settle(entry: number): void {
    const flags = this.#flags.get(entry)
    if ((flags & PENDING) === 0) return
    const before = this.#before.get(entry)
    const after = this.#after.get(entry)
    if (before === 0) this.#first = after
    else this.#after.set(before - 1, after)
    if (after === 0) this.#last = before
    else this.#before.set(after - 1, before)
    this.#flags.set(entry, flags & ~PENDING)
    this.pending--
  }

  /** The one that is pending the longest, -1 when none is. */
  get firstPending(): number {
    return this.#first - 1
  }

  k0(entry: number): number {
    return this.#k0.get(entry)
  }
  k1(entry: number): number {
    return this.#k1.get(entry)
  }
  k2(entry: number): number {
    return this.#k2.get(entry)
  }
  k3(entry: number): number {
    return this.#k3.get(entry)
  }
  length(entry: number): number {
    return this.#length.get(entry)
  }
  cookieLow(entry: number): number {
    return this.#cookieLow.get(entry)
  }
  cookieHigh(entry: number): number {
    return this.#cookieHigh.get(entry)
  }

  /** Bytes held. */
  get bytes(): number {
    const columns = [this.#k0, this.#k1, this.#k2, this.#k3, this.#length, this.#flags, this.#attributes]
    const more = [this.#nextHop, this.#cookieLow, this.#cookieHigh, this.#before, this.#after]
    return [...columns, ...more].reduce((sum, column) => sum + column.bytes, this.#index.bytes)
  }
}
