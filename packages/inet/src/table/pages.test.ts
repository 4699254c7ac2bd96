import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Uint8Column, Uint32Column } from '../index.ts'

/** Where pages begin and end, and where the first one grows. */
const index = fc.oneof(
  fc.constantFrom(0, 255, 256, 1023, 0x3fff, 0x4000, 0x7fff, 0x8000, 0x30005),
  fc.nat(0x3ffff),
  fc.nat(600),
)

describe.each([
  ['Uint32Column', () => new Uint32Column(), 0xffff_ffff, 4],
  ['Uint8Column', () => new Uint8Column(), 0xff, 1],
] as const)('%s', (_name, create, largest, width) => {
  test('what is written is read back, and everything else is 0', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(index, fc.integer({ min: 0, max: largest }))), fc.array(index), (writes, reads) => {
        const column = create()
        const model = new Map<number, number>()
        for (const [at, value] of writes) {
          column.set(at, value)
          model.set(at, value)
        }
        for (const at of [...reads, ...model.keys()]) expect(column.get(at)).toBe(model.get(at) ?? 0)
      }),
      { numRuns: 50 },
    )
  })

  test('a small column is small, a large one has full pages only, a cleared one holds nothing', () => {
    const column = create()
    expect(column.bytes).toBe(0)
    column.set(3, 1)
    expect(column.bytes).toBe(256 * width)
    column.set(256, 1)
    expect(column.bytes).toBe(512 * width)
    column.set(5 * 0x4000, 1)
    expect(column.bytes).toBe((512 + 0x4000) * width)
    column.clear()
    expect([column.bytes, column.get(3), column.get(5 * 0x4000)]).toEqual([0, 0, 0])
  })
})
