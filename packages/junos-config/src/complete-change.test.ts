import { expect, test } from 'vitest'
import { completeChange, emptyRoot, loadSet, splitWords } from './index.ts'

const root = loadSet(
  emptyRoot,
  `set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24
set policy-options policy-statement p term one then accept
set policy-options policy-statement p term two then reject`,
).root

/** What `?` offers after a line, and whether Enter would do. */
function offered(line: string): string[] {
  const split = splitWords(line)
  if (!split.ok) throw new Error(split.message)
  const [verb, ...words] = split.words
  const partial = line.endsWith(' ') ? '' : words.pop()!.text
  const { items, enter } = completeChange(root, verb!.text as 'set', words, partial)
  return [...items.map(({ text }) => text), ...(enter ? ['Enter'] : [])]
}

test.each([
  ['rename interfaces ', ['xe-0/0/0']],
  ['rename interfaces xe-0/0/0 ', expect.arrayContaining(['unit', 'to'])],
  ['copy interfaces xe-0/0/0 t', ['to']],
  ['rename interfaces xe-0/0/0 to ', ['<identifier>']],
  ['rename interfaces xe-0/0/0 to xe-0/0/9 ', ['<identifier>', 'Enter']],
  ['insert policy-options policy-statement p term two ', expect.arrayContaining(['before', 'after'])],
  ['annotate interfaces ', expect.arrayContaining(['xe-0/0/0', '<comment>'])],
  ['protect interfaces xe-0/0/0 ', expect.arrayContaining(['unit', 'Enter'])],
  ['insert nothing ', []],
])('%s', (line, wanted) => {
  expect(offered(line)).toEqual(wanted)
})
