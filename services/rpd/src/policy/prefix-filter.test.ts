import { containsPrefix, network, type Prefix, parsePrefix } from '@hangar/inet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordsOf } from '../rib/words.ts'
import { PrefixFilter, type PrefixMatch, type PrefixRule } from './prefix-filter.ts'

const prefix = (text: string) => parsePrefix(text)!

function find<T>(filter: PrefixFilter<T>, { address, length }: Prefix): T | undefined {
  return filter.find(address.family, ...wordsOf(address), length)
}

/** The columns of the vendor's table of match types (Policy Framework, "Match Type Examples"), for 192.168.0.0/16. */
const ways: Record<string, PrefixMatch> = {
  exact: { kind: 'exact' },
  longer: { kind: 'longer' },
  orlonger: { kind: 'orlonger' },
  upto: { kind: 'upto', longest: 24 },
  through: { kind: 'through', last: prefix('192.168.16.0/20') },
  range: { kind: 'prefix-length-range', shortest: 18, longest: 20 },
}

describe('the ways to match 192.168.0.0/16', () => {
  test.each([
    ['192.168.0.0/16', 'exact orlonger upto through'],
    ['192.168.0.0/17', 'longer orlonger upto through'],
    ['192.168.0.0/18', 'longer orlonger upto through range'],
    ['192.168.0.0/19', 'longer orlonger upto through range'],
    ['192.168.4.0/24', 'longer orlonger upto'],
    ['192.168.5.4/30', 'longer orlonger'],
    ['192.168.12.128/32', 'longer orlonger'],
    ['192.168.16.0/20', 'longer orlonger upto through range'],
    ['192.168.192.0/18', 'longer orlonger upto range'],
    ['192.168.224.0/19', 'longer orlonger upto range'],
    ['10.169.1.0/24', ''],
    ['192.0.0.0/8', ''],
    ['2001:db8::/32', ''],
  ])('%s: %s', (route, matching) => {
    const found = Object.entries(ways).filter(
      ([, match]) =>
        find(new PrefixFilter([{ prefix: prefix('192.168.0.0/16'), match, outcome: true }]), prefix(route)) === true,
    )
    expect(found.map(([name]) => name).join(' ')).toBe(matching)
  })
})

describe('a list of route filters', () => {
  const list = (...rules: (readonly [string, PrefixMatch, string])[]) =>
    new PrefixFilter(rules.map(([text, match, outcome]) => ({ prefix: prefix(text), match, outcome })))

  test('looks at the longest prefix alone, whatever shorter ones would say', () => {
    const filter = list(
      ['192.168.0.0/16', { kind: 'orlonger' }, 'wide'],
      ['192.168.254.0/23', { kind: 'exact' }, 'narrow'],
    )
    expect(find(filter, prefix('192.168.254.0/24'))).toBeUndefined()
    expect(find(filter, prefix('192.168.254.0/23'))).toBe('narrow')
    expect(find(filter, prefix('192.168.1.0/24'))).toBe('wide')
  })

  test('takes the first that matches of equal prefixes', () => {
    const filter = list(
      ['0.0.0.0/0', { kind: 'upto', longest: 7 }, 'first'],
      ['0.0.0.0/0', { kind: 'upto', longest: 24 }, 'second'],
      ['0.0.0.0/0', { kind: 'orlonger' }, 'third'],
    )
    expect(find(filter, prefix('0.0.0.0/0'))).toBe('first')
    expect(find(filter, prefix('0.0.0.0/8'))).toBe('second')
    expect(find(filter, prefix('0.0.0.0/25'))).toBe('third')
  })

  test('keeps the families apart', () => {
    const filter = list(['0.0.0.0/0', { kind: 'orlonger' }, 'inet'], ['::/0', { kind: 'orlonger' }, 'inet6'])
    expect(find(filter, prefix('0.0.0.0/0'))).toBe('inet')
    expect(find(filter, prefix('::/0'))).toBe('inet6')
  })

  /** Few bits, so that prefixes meet. */
  const prefixes = fc
    .record({ inet6: fc.boolean(), bits: fc.integer({ min: 0, max: 255 }), length: fc.integer({ min: 0, max: 10 }) })
    .map(({ inet6, bits, length }) =>
      network({ ...prefix(inet6 ? `${bits.toString(16)}00::/0` : `${bits}.0.0.0/0`), length }),
    )
  const anyMatch: fc.Arbitrary<PrefixMatch> = fc.oneof(
    fc.constantFrom<PrefixMatch>({ kind: 'exact' }, { kind: 'longer' }, { kind: 'orlonger' }),
    fc.record({ kind: fc.constant('upto' as const), longest: fc.integer({ min: 0, max: 10 }) }),
    fc.record({
      kind: fc.constant('prefix-length-range' as const),
      shortest: fc.integer({ min: 0, max: 10 }),
      longest: fc.integer({ min: 0, max: 10 }),
    }),
    fc.record({ kind: fc.constant('through' as const), last: prefixes }),
  )
  const rules = fc
    .array(fc.record({ prefix: prefixes, match: anyMatch }), { maxLength: 12 })
    .map(all => all.map((rule, outcome) => ({ ...rule, outcome })))

  test('finds what looking at every rule finds', () => {
    fc.assert(
      fc.property(rules, fc.array(prefixes, { minLength: 1, maxLength: 20 }), (list, routes) => {
        const filter = new PrefixFilter(list)
        for (const route of routes) expect(find(filter, route)).toBe(naive(list, route))
      }),
      { numRuns: 500 },
    )
  })
})

/** By the words of the documentation, one rule after the other. */
function naive(rules: readonly PrefixRule<number>[], route: Prefix): number | undefined {
  const covering = rules.filter(rule => containsPrefix(rule.prefix, route))
  const longest = Math.max(...covering.map(rule => rule.prefix.length))
  return covering.find(rule => rule.prefix.length === longest && matches(rule, route))?.outcome
}

function matches({ prefix: own, match }: PrefixRule<number>, route: Prefix): boolean {
  switch (match.kind) {
    case 'exact':
      return route.length === own.length
    case 'longer':
      return route.length > own.length
    case 'orlonger':
      return true
    case 'upto':
      return route.length <= match.longest
    case 'prefix-length-range':
      return route.length >= match.shortest && route.length <= match.longest
    case 'through':
      return containsPrefix(route, match.last)
  }
}
