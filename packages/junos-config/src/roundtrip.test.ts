import { renderXml } from '@hangar/xml'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Branch,
  compareText,
  configurationElement,
  configurationJson,
  configurationXml,
  diff,
  emptyRoot,
  formatSet,
  formatText,
  loadJson,
  loadSet,
  loadText,
  loadXml,
} from './index.ts'
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

describe('what XML and JSON say is read back to the same configuration', () => {
  const written: Record<string, [(root: Branch) => string, typeof loadXml]> = {
    XML: [root => renderXml(configurationElement(root, [])), loadXml],
    JSON: [root => configurationJson(root, []), loadJson],
  }
  for (const [name, [write, read]] of Object.entries(written)) {
    test(name, () => {
      fc.assert(
        fc.property(configuration, root => {
          const text = write(root)
          const again = read(emptyRoot, text)
          expect(again.errors).toEqual([])
          expect(formatText(again.root)).toBe(formatText(root))
          expect(write(again.root)).toBe(text)
        }),
        { numRuns: 400 },
      )
    })

    test(`${name} over another configuration replaces it`, () => {
      fc.assert(
        fc.property(configuration, configuration, (before, root) => {
          const top = root.children.size === 0 ? before : root
          const { root: merged, errors } = read(before, write(top), { operation: 'replace' })
          expect(errors).toEqual([])
          for (const [statement, node] of top.children)
            if (node.kind === 'branch')
              expect(
                formatText({ ...emptyRoot, children: new Map([[statement, merged.children.get(statement)!]]) }),
              ).toBe(formatText({ ...emptyRoot, children: new Map([[statement, node]]) }))
        }),
      )
    })
  }

  test('XML is the same piece by piece', () => {
    fc.assert(
      fc.property(configuration, root => {
        const attributes = { 'junos:commit-user': 'a"b' }
        expect([...configurationXml(root, attributes)].join('')).toBe(
          renderXml(configurationElement(root, [], attributes)),
        )
      }),
    )
  })

  test('anything that is no configuration ends in errors', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"system"',
      ':',
      ',',
      'null',
      '<system>',
      '</system>',
      '<x/>',
      '"@"',
      '1',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        for (const read of [loadXml, loadJson]) expect(read(emptyRoot, pieces.join('')).root).toBeDefined()
      }),
      { numRuns: 2000 },
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
