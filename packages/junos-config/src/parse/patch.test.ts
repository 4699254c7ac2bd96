import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Branch, compareText, emptyRoot, formatSet, formatText, loadPatch, loadSet } from '../index.ts'
import { configuration, setLine } from '../testing/arbitrary.ts'
import { config } from '../testing/build.ts'

function leads(a: Branch, b: Branch): void {
  const loaded = loadPatch(a, compareText(a, b).join('\n'))
  expect(loaded.errors).toEqual([])
  expect(formatText(loaded.root)).toBe(formatText(b))
}

describe('a patch', () => {
  test('is what show | compare prints, for any two configurations', () => {
    fc.assert(fc.property(configuration, configuration, leads), { numRuns: 400 })
  })

  test('and for configurations that share most', () => {
    fc.assert(
      fc.property(configuration, fc.array(setLine, { maxLength: 5 }), (a, lines) => {
        const b = loadSet(a, lines.join('\n')).root
        leads(a, b)
        leads(b, a)
      }),
      { numRuns: 400 },
    )
  })

  test('keeps the order of entries', () => {
    const terms = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'])
    const policy = (names: readonly string[]) =>
      config(...names.map(name => `policy-options policy-statement p term ${name} then accept`))
    fc.assert(fc.property(terms, terms, (a, b) => leads(policy(a), policy(b))))
  })

  test('says what is wrong with it, and where', () => {
    const base = config('system host-name a')
    const text =
      '[edit system]\n-  host-name a;\n+  host-nam b;\n[edit bogus]\n+  x;\n[edit interfaces]\n-   xe-0/0/9 { ... }\nx'
    const { root, errors, warnings } = loadPatch(base, text)
    expect(formatSet(root)).toEqual([])
    expect(errors.map(({ line, token, message }) => [line, token, message])).toEqual([
      [3, 'host-nam', 'syntax error'],
      [4, '[edit bogus]', 'syntax error'],
      [8, 'x', 'syntax error'],
    ])
    expect(warnings.map(({ level, message }) => [level, message])).toEqual([
      ['[edit interfaces]', 'statement not found'],
    ])
  })

  test('ends, whatever comes', () => {
    const piece = fc.constantFrom(
      '[edit',
      ']',
      ' system',
      '\n',
      '-',
      '+',
      '!',
      ' ',
      '{',
      '}',
      ';',
      'host-name',
      'inactive:',
      '"',
      '{ ... }',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), pieces => {
        expect(loadPatch(emptyRoot, pieces.join('')).root).toBeDefined()
      }),
      { numRuns: 1000 },
    )
  })
})
