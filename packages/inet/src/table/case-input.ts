import fc from 'fast-check'
import type { Entry } from './naive-table.ts'

/** Addresses that share their beginnings: two ends of the space, with a few bytes changed. */
export function addresses(bits: number): fc.Arbitrary<bigint> {
  const change = fc.tuple(fc.integer({ min: 0, max: bits - 1 }), fc.constantFrom(1n, 1n, 3n, 0x80n, 0xffn))
  const ones = (1n << BigInt(bits)) - 1n
  return fc
    .tuple(fc.constantFrom(0n, ones), fc.array(change, { maxLength: 3 }))
    .map(([start, changes]) => changes.reduce((at, [shift, by]) => (at ^ (by << BigInt(shift))) & ones, start))
}

/** The ends of a prefix, what lies right outside of them, and the address itself. */
export function edges(address: bigint, length: number, bits: number): bigint[] {
  const rest = (1n << BigInt(bits - length)) - 1n
  const ones = (1n << BigInt(bits)) - 1n
  const first = address & ~rest
  const last = first | rest
  return [address, first, last, (first - 1n) & ones, (last + 1n) & ones]
}

/** A prefix as text: the same for all addresses in it. */
export function keyOf(bits: number): (entry: Entry) => string {
  return ([at, length]) => `${at >> BigInt(bits - length)}/${length}`
}

export function shuffled<T>(list: readonly T[], by: fc.Stream<number>): T[] {
  const keys = [...by.take(list.length)]
  return list
    .map((item, i) => ({ item, key: keys[i]! }))
    .sort((x, y) => x.key - y.key)
    .map(({ item }) => item)
}

/** Marsaglia's xorshift: the same numbers in each run. */
export function xorshift(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
