import { describe, expect, test } from 'vitest'
import { formatSet, loadSet, readChange, rootSchema, splitWords } from '../index.ts'
import { config } from '../testing/build.ts'

const policy = 'policy-options policy-statement p'
const before = config(
  `${policy} term a then accept`,
  `${policy} term b then reject`,
  `${policy} term c then accept`,
  'interfaces xe-0/0/0 mtu 1400',
  'interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
  'protocols bgp group g export [ one two three ]',
)

function after(line: string) {
  const { root, errors, warnings } = loadSet(before, line)
  expect(errors).toEqual([])
  return { lines: formatSet(root), warnings: warnings.map(({ message }) => message) }
}

describe('insert, rename, copy', () => {
  test.each([
    [`insert ${policy} term c before term a`, ['c', 'a', 'b']],
    [`insert ${policy} term a after term b`, ['b', 'a', 'c']],
    [`rename ${policy} term a to term z`, ['z', 'b', 'c']],
    [`copy ${policy} term a to term d`, ['a', 'b', 'c', 'd']],
  ])('%s', (line, order) => {
    const { lines, warnings } = after(line)
    expect(warnings).toEqual([])
    const terms = lines.flatMap(one => /policy-statement p term (\S+)/.exec(one)?.[1] ?? [])
    expect(terms).toEqual(order)
  })

  test('an interface with all that is in it', () => {
    expect(after('rename interfaces xe-0/0/0 to xe-0/0/1').lines).toContain(
      'set interfaces xe-0/0/1 unit 0 family inet address 10.0.0.1/24',
    )
    const { lines } = after('copy interfaces xe-0/0/0 unit 0 to unit 1')
    expect(lines).toContain('set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24')
    expect(lines).toContain('set interfaces xe-0/0/0 unit 1 family inet address 10.0.0.1/24')
  })

  test('values of a set', () => {
    const { lines } = after('insert protocols bgp group g export three before export one')
    expect(lines.filter(line => line.includes('export')).map(line => line.split(' ').at(-1))).toEqual([
      'three',
      'one',
      'two',
    ])
  })

  test.each([
    [`insert ${policy} term x before term a`, 'statement not found'],
    [`insert ${policy} term a before term x`, 'statement not found'],
    [`rename ${policy} term x to term y`, 'statement not found'],
    [`rename ${policy} term a to term b`, 'statement already exists'],
    ['copy interfaces xe-0/0/0 to xe-0/0/0', 'statement already exists'],
  ])('%s: %s', (line, message) => {
    const { lines, warnings } = after(line)
    expect(warnings).toEqual([message])
    expect(lines).toEqual(formatSet(before))
  })

  test.each([
    [`rename ${policy} term a`, 'missing argument', 6],
    [`rename ${policy} term a to`, 'syntax error', 7],
    [`rename ${policy} term a to term`, 'missing argument', 8],
    [`rename ${policy} term a to from`, 'syntax error', 7],
    ['insert interfaces xe-0/0/0 to xe-0/0/1', 'syntax error', 3],
    ['rename interfaces xe-0/0/0 unit 0 to unit x', "Invalid numeric value: 'x'", 7],
  ])('%s: %s', (line, message, word) => {
    const words = splitWords(line)
    const read = words.ok ? readChange(rootSchema, words.words) : undefined
    expect(read?.ok === false && [read.fault.message, read.fault.word]).toEqual([message, word])
  })
})
