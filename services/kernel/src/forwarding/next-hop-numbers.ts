import type { ForwardingLeg } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Kind, type NextHop } from './next-hop.ts'

/** Where the kernel's own next hops end, and where those of several ways begin, as recorded: `ucst 582`, `ulst 1048574`. */
const first = { simple: 512, composite: 1_048_574 } as const

/** A number that forwarding tables show, and how many next hops have it. */
export interface NextHopNumber {
  readonly number: number
  uses: number
}

/** The numbers of next hops and of the ways in them. What forwards alike has one number. */
export class NextHopNumbers {
  readonly #numbers = new Map<string, NextHopNumber>()
  readonly #free = { simple: [] as number[], composite: [] as number[] }
  readonly #next = { ...first }

  take(nextHop: NextHop): void {
    for (const [key, space] of keysOf(nextHop)) {
      const known = this.#numbers.get(key)
      if (known) known.uses++
      else this.#numbers.set(key, { number: this.#free[space].pop() ?? this.#next[space]++, uses: 1 })
    }
  }

  give(nextHop: NextHop): void {
    for (const [key, space] of keysOf(nextHop)) {
      const known = this.#numbers.get(key)!
      if (--known.uses > 0) continue
      this.#numbers.delete(key)
      this.#free[space].push(known.number)
    }
  }

  /** The number under a key of a next hop that was taken. */
  get(key: string): NextHopNumber {
    return this.#numbers.get(key)!
  }
}

/** Under what a way is numbered. */
export function legKey({ gateway, interface: name, labelOperation }: ForwardingLeg): string {
  return `${gateway} ${name} ${labelOperation}`
}

/** Under what the list of ways of an indirect next hop is numbered. */
export function listKey({ key }: NextHop): string {
  return `list ${key}`
}

/** Whether the next hop stands above its ways, rather than being its one way. */
export function isComposite({ kind, legs }: NextHop): boolean {
  return kind === Kind.INDIRECT || legs.length > 1
}

function* keysOf(nextHop: NextHop): Iterable<[key: string, space: keyof typeof first]> {
  const { kind, legs, key } = nextHop
  if (isComposite(nextHop)) yield [key, 'composite']
  if (kind === Kind.INDIRECT && legs.length > 1) yield [listKey(nextHop), 'composite']
  if (isComposite(nextHop) || kind === Kind.UNICAST) for (const leg of legs) yield [legKey(leg), 'simple']
  else yield [key, 'simple']
}
