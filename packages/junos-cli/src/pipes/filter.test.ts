import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chain, counting, type Filter, finding, lastOf, matching, trimming } from './filter.ts'
import { patternTest } from './pattern.ts'

function through(filters: Filter[], lines: readonly string[]): string[] {
  const out: string[] = []
  const filter = chain(filters)
  for (const line of lines) filter.take(line, one => out.push(one))
  filter.end?.(one => out.push(one))
  return out
}

const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'C', ' ', '1') }), { maxLength: 20 })
const has = (line: string) => line.includes('a')

describe('filters', () => {
  it('are what an array would do', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 30 }), (all, n) => {
        expect(through([], all)).toEqual(all)
        expect(through([matching(has)], all)).toEqual(all.filter(has))
        expect(through([lastOf(n)], all)).toEqual(all.slice(-n))
        expect(through([matching(has), counting()], all)).toEqual([`Count: ${all.filter(has).length} lines`])
        const first = all.findIndex(has)
        expect(through([finding(has)], all)).toEqual(first < 0 ? [] : all.slice(first))
        expect(through([lastOf(n), trimming(1), counting()], all)).toEqual([`Count: ${Math.min(n, all.length)} lines`])
      }),
    )
  })
})

describe('patterns', () => {
  it.each([
    ['listen', 'x LISTEN', true],
    ['\\.1883|\\.32767', '*.32767 ', true],
    ['\\.1883|\\.32767', '*.1888', false],
    ['^xe-[0-3]', 'xe-2/0/0', true],
    ['up +up$', 'xe-0/0/0   up    up', true],
    ['', 'anything', true],
  ])('%j in %j: %s', (pattern, line, expected) => {
    expect(patternTest(pattern)(line)).toBe(expected)
  })

  it('take time that is linear in the line', () => {
    expect(patternTest('(a+)+(a+)+$')(`${'a'.repeat(50_000)}!`)).toBe(false)
  })

  it('that are none are an error, and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, line) => {
        try {
          patternTest(pattern)(line)
        } catch (error) {
          expect((error as Error).message).toContain('invalid regular expression')
        }
      }),
    )
  })
})
