import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareText, diff, emptyRoot, formatSet, formatText, loadSet, loadText } from './index.ts'
import { configuration, setLine } from './testing/arbitrary.ts'

describe('what one format writes is read back to the same configuration', () => {
  test('text', () => {
    fc.assert(
      fc.property(configuration, root => {
        const text = formatText(root)
        const read = loadText(emptyRoot, text)
        expect(read.errors).toEqual([])
        expect(formatText(read.root)).toBe(text)
        expect(diff(root, read.root)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('set', () => {
    fc.assert(
      fc.property(configuration, root => {
        const lines = formatSet(root)
        const read = loadSet(emptyRoot, lines.join('\n'))
        expect(read.errors).toEqual([])
        expect(read.warnings).toEqual([])
        expect(formatSet(read.root)).toEqual(lines)
        expect(formatText(read.root)).toBe(formatText(root))
        expect(diff(root, read.root)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})

describe('diff', () => {
  test('applied to a gives b, for any two configurations', () => {
    fc.assert(
      fc.property(configuration, configuration, (a, b) => {
        const lines = diff(a, b)
        const applied = loadSet(a, lines.join('\n'))
        expect(applied.errors).toEqual([])
        expect(formatText(applied.root)).toBe(formatText(b))
        expect(formatSet(applied.root)).toEqual(formatSet(b))
      }),
      { numRuns: 600 },
    )
  })

  test('applied after further lines gives b, for configurations that share most', () => {
    fc.assert(
      fc.property(configuration, fc.array(setLine, { maxLength: 5 }), (a, lines) => {
        const b = loadSet(a, lines.join('\n')).root
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          const applied = loadSet(from, diff(from, to).join('\n'))
          expect(formatText(applied.root)).toBe(formatText(to))
        }
        expect(compareText(a, b).length === 0).toBe(diff(a, b).length === 0)
      }),
      { numRuns: 400 },
    )
  })
})
