import { Interner } from './interner.ts'
import { NextHop, type NextHopSpec, nextHopKey } from './next-hop.ts'

/** Hears of next hops as they come and go: the resolver, the forwarding tables. */
export interface NextHopListener {
  /** A new one; sets where it leads before anybody uses it. */
  made(nextHop: NextHop): void
  /** Nobody uses it any more. Its id is given to another after `reuse`, which the forwarding side calls when the kernel has forgotten it. */
  freed(nextHop: NextHop, id: number): void
}

/** All next hops in use, each held once. */
export class NextHops {
  readonly #interner: Interner<NextHop>
  readonly #listeners: NextHopListener[] = []

  constructor() {
    this.#interner = new Interner(nextHop => {
      for (const listener of this.#listeners) listener.freed(nextHop, nextHop.id)
    })
  }

  listen(listener: NextHopListener): void {
    this.#listeners.push(listener)
  }

  /** A next hop of this kind, resolved; hold it (a route does) or sweep it. */
  intern(instance: string, spec: NextHopSpec): NextHop {
    const key = nextHopKey(instance, spec)
    let made: NextHop | undefined
    const nextHop = this.#interner.intern(key, id => {
      made = new NextHop(id, key, instance, spec)
      return made
    })
    if (made) for (const listener of this.#listeners) listener.made(made)
    return nextHop
  }

  at(id: number): NextHop {
    return this.#interner.at(id)
  }

  hold(nextHop: NextHop): void {
    this.#interner.hold(nextHop)
  }

  release(nextHop: NextHop): void {
    this.#interner.release(nextHop)
  }

  sweep(nextHop: NextHop): void {
    this.#interner.sweep(nextHop)
  }

  reuse(id: number): void {
    this.#interner.reuse(id)
  }

  [Symbol.iterator](): Iterator<NextHop> {
    return this.#interner[Symbol.iterator]()
  }
}
