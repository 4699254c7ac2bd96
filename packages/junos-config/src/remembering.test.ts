import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Branch,
  emptyRoot,
  formatText,
  inherit,
  loadSet,
  loadText,
  problemLines,
  textLines,
  validate,
} from './index.ts'
import { configuration, setLine } from './testing/arbitrary.ts'
import { config } from './testing/build.ts'

/** In any order: lists that the user orders may be reported as they were made. */
const problems = (root: Branch) => validate(root).flatMap(problemLines).sort()

test('what is remembered about the parts of a configuration never shows in its text or its problems', () => {
  fc.assert(
    fc.property(configuration, fc.array(setLine, { minLength: 1, maxLength: 5 }), (start, lines) => {
      let root = start
      for (const line of ['', ...lines]) {
        root = loadSet(root, line).root
        const text = formatText(root)
        expect(text).toBe(
          textLines(root)
            .map(one => `${one}\n`)
            .join(''),
        )
        const fresh = loadText(emptyRoot, text).root
        expect(problems(root)).toEqual(problems(fresh))
        expect(formatText(inherit(root))).toBe(formatText(inherit(fresh)))
      }
    }),
    { numRuns: 200 },
  )
})

test('problems that stay are found again, and one that another part makes is found', () => {
  const root = config('system login class ops permissions view', 'system login user a class ops')
  expect(validate(root)).toEqual([])
  const without = loadSet(root, 'delete system login class ops').root
  expect(validate(without)).toHaveLength(1)
  expect(validate(loadSet(without, 'set system host-name a').root)).toHaveLength(1)
})

test('entries keep their order when more come', () => {
  const root = config('interfaces lo0 unit 2', 'interfaces lo0 unit 1')
  expect(formatText(root)).toMatch(/unit 1;\s+unit 2;/)
  expect(formatText(loadSet(root, 'set interfaces lo0 unit 0').root)).toMatch(/unit 0;\s+unit 1;\s+unit 2;/)
})
