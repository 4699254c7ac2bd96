import type { NextHop } from './next-hop.ts'
import { NextHopNumbers } from './next-hop-numbers.ts'

/**
 * The next hops of the forwarding tables. Routes hold places, not rpd's numbers: when a snapshot begins, the numbers mean something
 * new, and what routes had before keeps its place until the last of them has left it. A place without a number is stale.
 */
export class NextHops {
  readonly numbers = new NextHopNumbers()
  readonly #places = new Map<number, number>()
  readonly #nextHops: (NextHop | undefined)[] = []
  /** Routes that use the place. */
  readonly #uses: number[] = []
  readonly #numbered: boolean[] = []
  readonly #free: number[] = []
  /** By place: where it led before the present request. */
  readonly #before = new Map<number, NextHop>()
  #staleUses = 0

  /** How many routes lead to stale places. */
  get staleUses(): number {
    return this.#staleUses
  }

  knows(id: number): boolean {
    return this.#places.has(id)
  }

  /** The place of a number; -1 for one that means nothing. */
  placeOf(id: number): number {
    return this.#places.get(id) ?? -1
  }

  /** The next hop at a place that routes use or a number has. */
  at(place: number): NextHop {
    return this.#nextHops[place]!
  }

  /** Where it led before the present request: what a route that leaves it had. */
  before(place: number): NextHop {
    return (this.#before.size > 0 && this.#before.get(place)) || this.at(place)
  }

  /** A request begins. */
  begin(): void {
    this.#before.clear()
  }

  isStale(place: number): boolean {
    return !this.#numbered[place]
  }

  /** How many routes use the place. */
  uses(place: number): number {
    return this.#uses[place]!
  }

  /** Makes the number lead there, for the routes that use it too. */
  put(id: number, nextHop: NextHop): void {
    const known = this.#places.get(id)
    const place = known ?? this.#free.pop() ?? this.#nextHops.length
    const before = this.#nextHops[place]
    this.numbers.take(nextHop)
    if (before) {
      this.numbers.give(before)
      if (!this.#before.has(place)) this.#before.set(place, before)
    }
    this.#nextHops[place] = nextHop
    if (known !== undefined) return
    this.#places.set(id, place)
    this.#uses[place] = 0
    this.#numbered[place] = true
  }

  /** The number means nothing any more. Routes that still use it, which is the sender's error, go on leading there. */
  remove(id: number): void {
    const place = this.#places.get(id)
    if (place === undefined) return
    this.#places.delete(id)
    this.#forgetNumber(place)
  }

  /** A snapshot begins: no number means anything any more. */
  forgetNumbers(): void {
    for (const place of this.#places.values()) this.#forgetNumber(place)
    this.#places.clear()
  }

  hold(place: number): void {
    this.#uses[place]!++
  }

  release(place: number): void {
    const left = --this.#uses[place]!
    if (this.#numbered[place]) return
    this.#staleUses--
    if (left === 0) this.#vacate(place)
  }

  #forgetNumber(place: number): void {
    this.#numbered[place] = false
    this.#staleUses += this.#uses[place]!
    if (this.#uses[place] === 0) this.#vacate(place)
  }

  #vacate(place: number): void {
    this.numbers.give(this.#nextHops[place]!)
    this.#nextHops[place] = undefined
    this.#free.push(place)
  }
}
