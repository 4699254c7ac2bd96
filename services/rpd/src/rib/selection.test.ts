import { parseAddress } from '@hangar/inet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AttributeSets, type AttributeValues } from './attributes.ts'
import type { BgpAttributes } from './bgp-attributes.ts'
import { NextHop } from './next-hop.ts'
import { type Contender, compareRoutes, inactiveReason } from './selection.ts'

const sets = new AttributeSets()
const bgp = (more: Partial<BgpAttributes>): Partial<AttributeValues> => ({
  bgp: { localPreference: 100, asPath: '', origin: 'I', type: 'internal', ...more },
})

function contender(
  more: Partial<AttributeValues> = {},
  hop: { usable?: boolean; metric2?: number; gateway?: string } = {},
): Contender {
  const { usable = true, metric2 = 0, gateway = '10.0.0.2' } = hop
  const address = parseAddress(gateway)
  const spec = { kind: 'gateways', gateways: [{ address, resolve: 'recursive' }] } as const
  const nextHop = new NextHop(1, '', 'master', address ? spec : { kind: 'discard' })
  Object.assign(nextHop, { usable, metric2 })
  const values = { preference: 5, preference2: 100, ...more }
  return { attributes: sets.intern(sets.source('Static', 'a'), values), nextHop }
}

describe('of two routes', () => {
  test.each<[string, Contender, Contender]>([
    ['Unusable path', contender({ preference: 200 }), contender({}, { usable: false })],
    ['Route Preference', contender(), contender({ preference: 6 })],
    ['Route Preference', contender({ preference2: -1 }), contender()],
    ['AIGP', contender(bgp({ aigp: 5n })), contender(bgp({ aigp: 6n }))],
    ['AIGP', contender(bgp({ aigp: 5n })), contender(bgp({}))],
    ['AS path', contender(bgp({ asPath: '1 2' })), contender(bgp({ asPath: '1 2 3' }))],
    ['AS path', contender(bgp({ asPath: '1 {2 3 4}' })), contender(bgp({ asPath: '1 2 3' }))],
    ['AS path', contender(bgp({ asPath: '(1 2 3) 4' })), contender(bgp({ asPath: '1 2' }))],
    ['Origin', contender(bgp({ origin: 'I' })), contender(bgp({ origin: 'E' }))],
    ['Origin', contender(bgp({ origin: 'E' })), contender(bgp({ origin: '?' }))],
    ['Not Best in its group', contender(bgp({ med: 1 })), contender(bgp({ med: 2 }))],
    ['Interior > Exterior > Exterior via Interior', contender(bgp({ type: 'external' })), contender(bgp({}))],
    ['Route Metric or MED comparison', contender({ metric: 1 }), contender({ metric: 2 })],
    ['IGP metric', contender({}, { metric2: 1 }), contender({}, { metric2: 2 })],
    ['Cluster list length', contender(bgp({ clusterList: [1] })), contender(bgp({ clusterList: [1, 2] }))],
    ['Nexthop address', contender({}, { gateway: '10.0.0.1' }), contender({}, { gateway: '10.0.0.2' })],
    ['Nexthop address', contender({}, { gateway: '10.0.0.3' }), contender({}, { gateway: '' })],
  ])('one loses by %s', (reason, winner, loser) => {
    expect(compareRoutes(winner, loser)).toBeLessThan(0)
    expect(compareRoutes(loser, winner)).toBeGreaterThan(0)
    expect(inactiveReason(loser, winner)).toBe(reason)
  })

  test('an earlier step decides', () => {
    const [winner, loser] = [contender({ metric: 9 }, { gateway: '10.0.0.9' }), contender({ preference: 6, metric: 1 })]
    expect(compareRoutes(winner, loser)).toBeLessThan(0)
  })

  test('that are alike the older one stays', () => {
    expect(compareRoutes(contender(), contender())).toBe(0)
    expect(inactiveReason(contender(), contender())).toBe('Active preferred')
  })
})

test('the order of routes is one, whatever they are', () => {
  const few = fc.constantFrom(undefined, 1, 2)
  const any = fc
    .record({
      values: fc.record({
        preference: fc.constantFrom(5, 6),
        metric: few,
        bgp: fc.option(
          fc.record({
            localPreference: fc.constant(100),
            asPath: fc.constantFrom('', '1', '1 2', '{1 2}', '(3) 1'),
            origin: fc.constantFrom('I' as const, 'E' as const, '?' as const),
            type: fc.constantFrom('internal' as const, 'external' as const),
            med: few,
            aigp: fc.constantFrom(undefined, 1n, 2n),
            clusterList: fc.subarray([1, 2]),
          }),
          { nil: undefined },
        ),
      }),
      hop: fc.record({ usable: fc.boolean(), metric2: fc.nat(1), gateway: fc.constantFrom('', '10.0.0.2', '::1') }),
    })
    .map(({ values, hop }) => contender(values, hop))
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      const order = (x: Contender, y: Contender) => Math.sign(compareRoutes(x, y))
      expect(order(a, b) + order(b, a)).toBe(0)
      if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
      if (order(a, b) === 0 && order(b, c) === 0) expect(order(a, c)).toBe(0)
    }),
    { numRuns: 2000 },
  )
})
