import type { Prefix } from '@hangar/inet'
import { hashOf } from '../rib/destination-index.ts'
import { maskedWords, type Words, wordsOf } from '../rib/words.ts'

/** How a route's prefix has to lie to the filter's. */
export type PrefixMatch =
  | { readonly kind: 'exact' | 'longer' | 'orlonger' }
  | { readonly kind: 'upto'; readonly longest: number }
  | { readonly kind: 'prefix-length-range'; readonly shortest: number; readonly longest: number }
  /** On the way from the filter's prefix to this one, both included. */
  | { readonly kind: 'through'; readonly last: Prefix }

export interface PrefixRule<T> {
  readonly prefix: Prefix
  readonly match: PrefixMatch
  /** What matching it means. */
  readonly outcome: T
}

type Test = (k0: number, k1: number, k2: number, k3: number, length: number) => boolean

interface Node<T> {
  readonly family: 'inet' | 'inet6'
  readonly words: Words
  readonly length: number
  readonly rules: { readonly matches: Test; readonly outcome: T }[]
}

/**
 * A list of route filters. The longest prefix in it that covers the route is looked at alone: when its ways to match all fail, the list does,
 * whatever shorter prefixes would say. Of equal prefixes the first that matches counts.
 */
export class PrefixFilter<T> {
  readonly #nodes = new Map<number, Node<T>[]>()
  /** Longest first. */
  readonly #lengths: Record<'inet' | 'inet6', number[]> = { inet: [], inet6: [] }

  constructor(rules: Iterable<PrefixRule<T>>) {
    for (const { prefix, match, outcome } of rules)
      this.#nodeOf(prefix).rules.push({ matches: testOf(prefix, match), outcome })
    for (const lengths of Object.values(this.#lengths)) lengths.sort((a, b) => b - a)
  }

  /** What the rule that matches the route means; undefined when none does. */
  find(family: 'inet' | 'inet6', k0: number, k1: number, k2: number, k3: number, length: number): T | undefined {
    for (const bits of this.#lengths[family]) {
      if (bits > length) continue
      const node = this.#find(
        family,
        word(k0, bits),
        word(k1, bits - 32),
        word(k2, bits - 64),
        word(k3, bits - 96),
        bits,
      )
      if (node) return node.rules.find(rule => rule.matches(k0, k1, k2, k3, length))?.outcome
    }
    return undefined
  }

  #find(family: 'inet' | 'inet6', k0: number, k1: number, k2: number, k3: number, length: number): Node<T> | undefined {
    for (const node of this.#nodes.get(hashOf(k0, k1, k2, k3, length)) ?? []) {
      const { words } = node
      if (node.length !== length || node.family !== family) continue
      if (words[0] === k0 && words[1] === k1 && words[2] === k2 && words[3] === k3) return node
    }
    return undefined
  }

  #nodeOf({ address, length }: Prefix): Node<T> {
    const { family } = address
    const words = maskedWords(wordsOf(address), length)
    const known = this.#find(family, ...words, length)
    if (known) return known
    const node: Node<T> = { family, words, length, rules: [] }
    const hash = hashOf(...words, length)
    this.#nodes.set(hash, [...(this.#nodes.get(hash) ?? []), node])
    if (!this.#lengths[family].includes(length)) this.#lengths[family].push(length)
    return node
  }
}

/** What a route that the prefix covers has to fulfil besides. */
function testOf(prefix: Prefix, match: PrefixMatch): Test {
  switch (match.kind) {
    case 'exact':
      return (_0, _1, _2, _3, length) => length === prefix.length
    case 'longer':
      return (_0, _1, _2, _3, length) => length > prefix.length
    case 'orlonger':
      return () => true
    case 'upto':
      return (_0, _1, _2, _3, length) => length <= match.longest
    case 'prefix-length-range':
      return (_0, _1, _2, _3, length) => length >= match.shortest && length <= match.longest
    case 'through': {
      if (match.last.address.family !== prefix.address.family) return () => false
      const [l0, l1, l2, l3] = wordsOf(match.last.address)
      return (k0, k1, k2, k3, length) =>
        length <= match.last.length &&
        k0 === word(l0, length) &&
        k1 === word(l1, length - 32) &&
        k2 === word(l2, length - 64) &&
        k3 === word(l3, length - 96)
    }
  }
}

/** The first bits of a word. */
function word(value: number, bits: number): number {
  if (bits >= 32) return value
  return bits <= 0 ? 0 : (value & (0xffffffff << (32 - bits))) >>> 0
}
