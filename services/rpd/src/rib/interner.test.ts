import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AttributeSets, type AttributeValues } from './attributes.ts'
import type { NextHop, NextHopSpec } from './next-hop.ts'
import { NextHops } from './next-hops.ts'

const plain: AttributeValues = { preference: 5, preference2: 100 }
const discard: NextHopSpec = { kind: 'discard' }

describe('attribute sets', () => {
  test('are one for equal values of one source', () => {
    const sets = new AttributeSets()
    const mine = sets.source('Static', 'a')
    const set = sets.intern(mine, { ...plain, tag: 1 })
    expect(sets.intern(mine, { preference: 5, preference2: 100, tag: 1, communities: [] })).toBe(set)
    expect(sets.at(set.id)).toBe(set)
    for (const other of [
      sets.intern(mine, { ...plain, tag2: 1 }),
      sets.intern(mine, { ...plain, color: 1 }),
      sets.intern(mine, { ...plain, noReadvertise: true, tag: 1 }),
      sets.intern(sets.source('Static', 'b'), { ...plain, tag: 1 }),
      sets.intern(sets.source('Static'), { ...plain, tag: 1 }),
      sets.intern(sets.source('Static', ''), { ...plain, tag: 1 }),
    ])
      expect(other).not.toBe(set)
  })

  test('are different where any value is', () => {
    const number = fc.option(fc.nat(2), { nil: undefined })
    const values: fc.Arbitrary<AttributeValues> = fc.record({
      preference: fc.nat(2),
      preference2: fc.integer({ min: -2, max: 2 }),
      metric: number,
      metric2: number,
      tag: number,
      tag2: number,
      color: number,
      color2: number,
      noReadvertise: fc.boolean(),
      noInstall: fc.boolean(),
      enableStats: fc.boolean(),
      communities: fc.subarray(['65000:1', 'no-export']),
    })
    fc.assert(
      fc.property(values, values, (a, b) => {
        const sets = new AttributeSets()
        const source = sets.source('Static', 'a')
        const same = JSON.stringify(a) === JSON.stringify(b)
        expect(sets.intern(source, a) === sets.intern(source, b)).toBe(same)
      }),
    )
  })

  test('count their routes, also by source, and are forgotten with the last one', () => {
    const sets = new AttributeSets()
    const source = sets.source('Static', 'a')
    const set = sets.intern(source, plain)
    const { id, serial } = set
    sets.hold(set)
    sets.hold(set)
    expect([set.uses, source.routes]).toEqual([2, 2])
    sets.release(set)
    expect([set.uses, source.routes, set.id]).toEqual([1, 1, id])
    sets.release(set)
    expect([set.uses, source.routes, set.id]).toEqual([0, 0, 0])
    const next = sets.intern(source, plain)
    expect(next).not.toBe(set)
    expect(next.id).toBe(id)
    expect(next.serial).not.toBe(serial)
  })

  test('that are not used are swept; those in use stay', () => {
    const sets = new AttributeSets()
    const source = sets.source('Static', 'a')
    const unused = sets.intern(source, plain)
    sets.sweep(unused)
    sets.sweep(unused)
    expect(unused.id).toBe(0)
    const used = sets.intern(source, plain)
    sets.hold(used)
    sets.sweep(used)
    expect(used.id).not.toBe(0)
  })
})

describe('next hops', () => {
  function listened() {
    const nextHops = new NextHops()
    const heard: string[] = []
    nextHops.listen({
      made: nextHop => heard.push(`made ${nextHop.id}`),
      freed: (nextHop, id) => heard.push(`freed ${nextHop.id} ${id}`),
    })
    return { nextHops, heard }
  }

  test('are one for what is asked for in one instance', () => {
    const { nextHops, heard } = listened()
    const nextHop = nextHops.intern('master', discard)
    expect(nextHops.intern('master', { kind: 'discard' })).toBe(nextHop)
    expect(nextHops.intern('red', discard)).not.toBe(nextHop)
    expect(nextHops.intern('master', { kind: 'reject' })).not.toBe(nextHop)
    expect([...nextHops]).toHaveLength(3)
    expect(heard).toEqual(['made 1', 'made 2', 'made 3'])
  })

  test('give their number back when whoever keeps it says so', () => {
    const { nextHops, heard } = listened()
    const nextHop = nextHops.intern('master', discard)
    nextHops.hold(nextHop)
    nextHops.release(nextHop)
    expect(heard).toEqual(['made 1', 'freed 1 1'])
    expect(nextHop.id).toBe(0)
    expect(nextHops.intern('master', discard).id).toBe(2)
    nextHops.reuse(1)
    expect(nextHops.intern('red', discard).id).toBe(1)
  })

  test('are held as often as they are used, whatever is added and removed', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(5))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), steps => {
        const nextHops = new NextHops()
        const held: NextHop[] = []
        for (const [add, which] of steps) {
          if (add) {
            const nextHop = nextHops.intern(`i${which}`, discard)
            nextHops.hold(nextHop)
            held.push(nextHop)
          } else {
            const [nextHop] = held.splice(which % Math.max(1, held.length), 1)
            if (nextHop) nextHops.release(nextHop)
          }
        }
        expect(new Set(nextHops)).toEqual(new Set(held))
        for (const nextHop of held) {
          expect(nextHops.at(nextHop.id)).toBe(nextHop)
          expect(nextHop.uses).toBe(held.filter(one => one === nextHop).length)
        }
      }),
    )
  })
})
