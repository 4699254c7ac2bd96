import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eachTouched, type Touched, TouchedDestinations } from './touched.ts'

type Change = [k0: number, k1: number, k2: number, k3: number, length: number, row: number]

const word = fc.integer({ min: 0, max: 0xffffffff })
const change: fc.Arbitrary<Change> = fc.tuple(word, word, word, word, fc.nat(128), fc.nat(1_000_000))

function all(touched: Touched, start?: number, end?: number): Change[] {
  const seen: Change[] = []
  eachTouched(touched, (...one) => seen.push(one), start, end)
  return seen
}

describe.each([
  ['one word', false],
  ['four words', true],
])('destinations of %s', (_name, wide) => {
  const asKept = ([k0, k1, k2, k3, length, row]: Change): Change =>
    wide ? [k0, k1, k2, k3, length, row] : [k0, 0, 0, 0, length, row]

  test('come out as they went in, and once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 40 }), { maxLength: 5 }), rounds => {
        const touched = new TouchedDestinations(wide)
        for (const round of rounds) {
          for (const one of round) touched.add(...one)
          expect(touched.count).toBe(round.length)
          expect(all(touched.take())).toEqual(round.map(asKept))
        }
        expect(touched.count).toBe(0)
        expect(all(touched.take())).toEqual([])
      }),
    )
  })

  test('are handed over for good: what is added later is not among them', () => {
    const touched = new TouchedDestinations(wide)
    touched.add(1, 0, 0, 0, 32, 1)
    const first = touched.take()
    touched.add(2, 0, 0, 0, 32, 2)
    expect(all(first)).toEqual([[1, 0, 0, 0, 32, 1]])
  })

  test('may be a great many, and looked at in parts', () => {
    const touched = new TouchedDestinations(wide)
    const COUNT = 150_000
    for (let i = 0; i < COUNT; i++) touched.add(i, i, i, i, i % 129, i)
    const taken = touched.take()
    expect(taken.lengths.length).toBe(COUNT)
    expect(all(taken, 99_999, 100_001)).toEqual([99_999, 100_000].map(i => asKept([i, i, i, i, i % 129, i])))
    expect(all(taken, COUNT - 1)).toEqual([
      asKept([COUNT - 1, COUNT - 1, COUNT - 1, COUNT - 1, (COUNT - 1) % 129, COUNT - 1]),
    ])
    touched.add(7, 7, 7, 7, 7, 7)
    expect(all(touched.take())).toEqual([asKept([7, 7, 7, 7, 7, 7])])
  })
})
