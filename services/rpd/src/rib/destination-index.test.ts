import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DestinationIndex, hashOf } from './destination-index.ts'
import { RouteRows } from './route-rows.ts'

type Key = readonly [k0: number, k1: number, k2: number, k3: number, length: number]

function indexed(wide: boolean) {
  const rows = new RouteRows(wide)
  const index = new DestinationIndex(rows)
  return {
    index,
    put(key: Key): number {
      const row = rows.take()
      rows.setKey(row, ...key)
      index.insert(row)
      return row
    },
    remove(row: number): void {
      index.remove(row)
      rows.give(row)
    },
    /** Another row of the same destination, which is not in the index. */
    twin(key: Key): number {
      const row = rows.take()
      rows.setKey(row, ...key)
      return row
    },
  }
}

/** Spreads numbers over all words; the same for the same number. */
const key = (i: number, wide: boolean): Key => {
  const word = (n: number) => Math.imul(i * 4 + n + 1, 0x9e3779b1) >>> 0
  return wide ? [word(0), word(1), word(2), word(3), i % 129] : [word(0), 0, 0, 0, i % 33]
}

describe.each([
  ['IPv4', false],
  ['IPv6', true],
])('%s destinations', (_name, wide) => {
  test('200,000 of them are found, replaced and removed, and only they', () => {
    const COUNT = 200_000
    const { index, put, remove, twin } = indexed(wide)
    const rows = Array.from({ length: COUNT }, (_, i) => put(key(i, wide)))
    expect(index.size).toBe(COUNT)
    let wrong = 0
    for (let i = 0; i < COUNT; i++) {
      if (index.find(...key(i, wide)) !== rows[i]) wrong++
      if (index.find(...key(COUNT + i, wide)) !== -1) wrong++
    }
    for (let i = 0; i < COUNT; i += 3) {
      const before = rows[i]!
      rows[i] = twin(key(i, wide))
      index.replace(before, rows[i]!)
    }
    for (let i = 0; i < COUNT; i += 2) remove(rows[i]!)
    for (let i = 0; i < COUNT; i++) if (index.find(...key(i, wide)) !== (i % 2 === 0 ? -1 : rows[i])) wrong++
    expect(wrong).toBe(0)
    expect(index.size).toBe(COUNT / 2)
  })

  test('are those of a map, after any insertions and removals', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(400))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000, size: 'max' }), steps => {
        const { index, put, remove } = indexed(wide)
        const map = new Map<number, number>()
        for (const [add, i] of steps) {
          const row = map.get(i)
          if (add && row === undefined) map.set(i, put(key(i, wide)))
          else if (!add && row !== undefined) {
            remove(row)
            map.delete(i)
          }
        }
        expect(index.size).toBe(map.size)
        for (let i = 0; i <= 400; i++) expect(index.find(...key(i, wide))).toBe(map.get(i) ?? -1)
      }),
      { numRuns: 30 },
    )
  })
})

/** Destinations whose hashes begin with the same bits, as nobody meets by chance. */
function alike(count: number, bits: number): Key[] {
  const found: Key[] = []
  for (let k0 = 0; found.length < count; k0++)
    if (hashOf(k0, 0, 0, 0, 32) >>> (32 - bits) === 0) found.push([k0, 0, 0, 0, 32])
  return found
}

describe('destinations whose hashes are alike', () => {
  test('share a segment, wherever in it they end up', () => {
    const { index, put, remove } = indexed(false)
    const keys = alike(900, 14)
    const rows = keys.map(put)
    expect(keys.map(one => index.find(...one))).toEqual(rows)
    rows.slice(0, 450).forEach(remove)
    expect(keys.map(one => index.find(...one))).toEqual(rows.map((row, i) => (i < 450 ? -1 : row)))
  })

  test('are refused when they are too many for one, and nothing else changes', () => {
    // A table for each segment would be needed to tell them apart: only rows that say they hash alike make so many.
    const rows = { isAt: (row: number, k0: number) => row === k0, hash: () => 0 }
    const index = new DestinationIndex(rows)
    for (let row = 0; row < 1023; row++) index.insert(row)
    expect(() => index.insert(1023)).toThrow(RangeError)
    expect(index.size).toBe(1023)
  })
})
