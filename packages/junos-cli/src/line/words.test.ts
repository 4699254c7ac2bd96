import { quote } from '@hangar/junos-config'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCommands, splitWords } from './words.ts'

const texts = (line: string) => splitWords(line).words.map(word => word.text)

describe('words', () => {
  it.each([
    ['show  version\t', ['show', 'version']],
    ['match "a b"', ['match', 'a b']],
    ['match "\\.1883|\\.32767"', ['match', '\\.1883|\\.32767']],
    ['"say \\"hi\\"" x', ['say "hi"', 'x']],
    ['show|match x', ['show', '|', 'match', 'x']],
    ['[a b]', ['[', 'a', 'b', ']']],
    ['""', ['']],
    ['"open end', ['open end']],
  ])('of %j', (line, expected) => {
    expect(texts(line)).toEqual(expected)
  })

  it('stand where they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '|', '[', ']', '\t') }), line => {
        const { words } = splitWords(line)
        let end = 0
        for (const word of words) {
          expect(line.slice(end, word.start).trim()).toBe('')
          if (!word.quoted) expect(line.slice(word.start, word.end)).toBe(word.text)
          end = word.end
        }
        expect(line.slice(end).trim()).toBe('')
      }),
    )
  })

  it('come back from the quotes that the configuration puts them in', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), value => {
        fc.pre(!/[|[\]]/.test(value) || quote(value).startsWith('"'))
        expect(texts(`set ${quote(value)}`)).toEqual(['set', value])
      }),
    )
  })
})

describe('commands of a script', () => {
  it.each([
    ['a; b\nc', ['a', 'b', 'c']],
    ['set x "a;b\\";c"; d', ['set x "a;b\\";c"', 'd']],
    [';;\n\n ', []],
    ['x "open\ny; z', ['x "open', 'y', 'z']],
  ])('%j', (script, expected) => {
    expect(splitCommands(script)).toEqual(expected)
  })
})
