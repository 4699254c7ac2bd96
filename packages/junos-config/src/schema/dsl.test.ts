import { describe, expect, test } from 'vitest'
import { diff, formatSet, formatText, loadSet, loadText } from '../index.ts'
import { emptyBranch } from '../tree/node.ts'
import { viewOf } from '../tree/tree.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { prefixLength } from '../values/routing.ts'
import { choiceKey, container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import { keySchemas, nextKey } from './keys.ts'

const match = choiceKey('How', { exact: 'Alone', upto: ['With a length', key('length', 'Length', prefixLength)] })
const filter = list('filter', 'Filters', [key('name', 'Name', identifier), match], [flag('accept', 'Accept')], {
  oneLine: 'single',
})
const action = list('tag', 'Tags', [match, key('name', 'Name', identifier)], [], { oneLine: 'always' })

const schema = container('', 'Everything', () => [
  filter,
  action,
  container(
    'metric',
    'Metric',
    () =>
      oneOf('metric', [
        leaf('metric', 'Value', integer(0, 99), { keyword: false }),
        leaf('add', 'More', integer(0, 99)),
      ]),
    { oneLine: 'single' },
  ),
  container(
    'file',
    'File',
    [
      leaf('name', 'Name', identifier, { keyword: false }),
      leaf('size', 'Size', integer(1, 99)),
      leafList('words', 'Words', identifier),
      container('then', 'Last', [leaf('count', 'Count', integer(1, 9))], { presence: true, oneLine: 'always' }),
    ],
    { oneLine: 'always' },
  ),
  container('purge', 'Purge', [leaf('timeout', 'Seconds', integer(1, 99), { keyword: false, named: true })], {
    oneLine: 'always',
  }),
  list('pair', 'Two numbers', [key('a', 'A', integer(0, 7)), key('b', 'B', integer(0, 7))], [], {
    oneLine: 'always',
    single: true,
  }),
])
const empty = emptyBranch(schema)

function made(...lines: string[]) {
  const loaded = loadSet(empty, lines.map(line => `set ${line}`).join('\n'))
  expect(loaded.errors).toEqual([])
  return loaded.root
}

/** What the text format makes of it, and that both formats bring it back. */
function written(...lines: string[]): string {
  const root = made(...lines)
  const text = formatText(root)
  expect(formatText(loadText(empty, text).root)).toBe(text)
  expect(formatText(loadSet(empty, formatSet(root).join('\n')).root)).toBe(text)
  return text
}

describe('keys that take an argument', () => {
  test('are as many as their values want', () => {
    expect(nextKey(filter, ['a'])?.name).toBe('choice-ident')
    expect(nextKey(filter, ['a', 'exact'])).toBeUndefined()
    expect(nextKey(filter, ['a', 'upto'])?.name).toBe('length')
    expect(nextKey(action, ['exact'])?.name).toBe('name')
    expect(nextKey(action, ['upto', '/9'])?.name).toBe('name')
    expect(keySchemas(filter, ['a', 'upto', '/9']).map(({ name }) => name)).toEqual(['name', 'choice-ident', 'length'])
    expect(keySchemas(action, ['exact', 'a']).map(({ name }) => name)).toEqual(['choice-ident', 'name'])
  })

  test('are written on the line, and entries that differ in one are different entries', () => {
    expect(written('filter a exact', 'filter a upto /9 accept', 'filter a upto /8', 'tag upto /7 x')).toBe(
      'filter a exact;\nfilter a upto /9 accept;\nfilter a upto /8;\ntag upto /7 x;\n',
    )
  })

  test('are read by a view', () => {
    const view = viewOf(made('filter a exact', 'filter a upto /9 accept'))
    expect(view.list('filter').map(entry => entry.keys)).toEqual([
      ['a', 'exact'],
      ['a', 'upto', '/9'],
    ])
    expect(view.at('filter', 'a', 'upto', '/9').has('accept')).toBe(true)
    expect(view.at('filter', 'a', 'exact').exists).toBe(true)
    expect(() => view.at('filter', 'a', 'upto')).toThrow()
  })

  test.each([
    ['set filter a upto', 'missing argument'],
    ['set filter a', 'missing argument'],
    ['set filter a upto 9', "Should be number with prefix '/'"],
    ['set filter a below', 'syntax error'],
    ['set filter a exact /9', 'syntax error'],
  ])('%s is refused', (line, message) => {
    expect(loadSet(empty, line).errors.map(error => error.message)).toEqual([message])
  })

  test('are deleted with all their words', () => {
    const { root, warnings } = loadSet(made('filter a exact', 'filter a upto /9'), 'delete filter a upto /9')
    expect(warnings).toEqual([])
    expect(formatSet(root)).toEqual(['set filter a exact'])
  })
})

describe('containers on one line', () => {
  test('hold a single leaf, with or without a keyword', () => {
    expect(written('metric 5')).toBe('metric 5;\n')
    expect(written('metric add 5')).toBe('metric add 5;\n')
    expect(written('metric 5', 'metric add 7')).toBe('metric add 7;\n')
  })

  test('hold everything where they always do', () => {
    expect(written('file "a b" size 5 words x words y then count 2')).toBe(
      'file "a b" size 5 words [ x y ] then count 2;\n',
    )
    expect(written('file f then')).toBe('file f then;\n')
  })

  test('take braces where a part is inactive', () => {
    const { root } = loadSet(made('file f size 5', 'metric 5'), 'deactivate file size\ndeactivate metric')
    const text = 'inactive: metric 5;\nfile {\n    f;\n    inactive: size 5;\n}\n'
    expect(formatText(root)).toBe(text)
    expect(formatText(loadText(empty, text).root)).toBe(text)
  })

  test('have no groups of their own when they are always one line', () => {
    expect(loadSet(empty, 'set file f apply-groups g').errorCount).toBe(1)
    expect(loadSet(empty, 'set metric apply-groups g').errorCount).toBe(0)
  })
})

test('a value that needs no name may have it', () => {
  expect(written('purge timeout 5')).toBe('purge 5;\n')
  expect(written('purge 5')).toBe('purge 5;\n')
})

test('a list of one entry holds the last', () => {
  const before = made('pair 1 2')
  const after = loadSet(before, 'set pair 3 4').root
  expect(formatText(after)).toBe('pair 3 4;\n')
  expect(formatText(loadSet(before, diff(before, after).join('\n')).root)).toBe('pair 3 4;\n')
})
