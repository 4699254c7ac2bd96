import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NextHop } from '../rib/next-hop.ts'
import { GatewayIndex } from './gateway-index.ts'

test('finds those inside a prefix, in order, whatever came and went', () => {
  // Thousands of neighbouring addresses, so that blocks are halved and go.
  const address = fc.integer({ min: 0, max: 4095 })
  const run = fc.record({
    from: address,
    count: fc.integer({ min: 1, max: 2000 }),
    step: fc.constantFrom(1, 7, 4095),
    gone: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), address, fc.integer({ min: 18, max: 32 }), (runs, asked, length) => {
      const index = new GatewayIndex()
      const held = new Set<number>()
      const nextHops = Array.from({ length: 4096 }, (_, id) => ({ id }) as NextHop)
      for (const { from, count, step, gone } of runs)
        for (let i = 0; i < count; i++) {
          const one = (from + i * step) % 4096
          if (gone) index.remove([one, 0, 0, 0], nextHops[one]!)
          else index.add([one, 0, 0, 0], nextHops[one]!)
          if (gone) held.delete(one)
          else held.add(one)
        }
      const size = 2 ** (32 - length)
      const first = asked - (asked % size)
      const found: number[] = []
      index.within(first, 0, 0, 0, length, nextHop => found.push(nextHop.id))
      expect(found).toEqual([...held].filter(one => one >= first && one < first + size).sort((a, b) => a - b))
    }),
  )
})

test('an address has as many next hops as rest on it', () => {
  const index = new GatewayIndex()
  const [one, other] = [{ id: 1 } as NextHop, { id: 2 } as NextHop]
  const found = () => {
    const ids: number[] = []
    index.within(0, 0, 0, 0, 0, nextHop => ids.push(nextHop.id))
    return ids
  }
  index.add([5, 0, 0, 0], one)
  index.add([5, 0, 0, 0], other)
  expect(found()).toEqual([1, 2])
  index.remove([5, 0, 0, 0], one)
  index.remove([6, 0, 0, 0], other)
  expect(found()).toEqual([2])
  index.remove([5, 0, 0, 0], other)
  expect(found()).toEqual([])
})
