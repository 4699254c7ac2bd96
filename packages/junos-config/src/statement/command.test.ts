import { describe, expect, test } from 'vitest'
import {
  applyChange,
  caretColumn,
  cliMessage,
  emptyRoot,
  findBranch,
  formatSet,
  readChange,
  readEditPath,
  rootSchema,
  splitWords,
  TreeEdit,
  viewOf,
} from '../index.ts'
import { config } from '../testing/build.ts'

function wordsOf(line: string) {
  const split = splitWords(line)
  if (!split.ok) throw new Error(split.message)
  return split.words
}

function change(root: typeof emptyRoot, line: string) {
  const read = readChange(rootSchema, wordsOf(line), { abbreviations: true })
  if (!read.ok) throw new Error(read.fault.message)
  const edit = new TreeEdit(root)
  const applied = applyChange(edit, read.value)
  return { root: edit.finish(), applied }
}

/** The message under the caret, and the word that the caret points at. */
function refusal(line: string): [string, string] {
  const words = wordsOf(line)
  const read = readChange(rootSchema, words, { abbreviations: true })
  if (read.ok) throw new Error(`accepted: ${line}`)
  return [cliMessage(read.fault), line.slice(caretColumn(line, words, read.fault)).split(' ')[0]!]
}

describe('set', () => {
  test('several leaves and containers on one line', () => {
    const root = config(
      'system login user a class super-user authentication encrypted-password "$6$s$h"',
      'system services extension-service notification port 1883 allow-clients address 0.0.0.0/0',
      'interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24 primary preferred',
    )
    expect(formatSet(root)).toEqual([
      'set system login user a class super-user',
      'set system login user a authentication encrypted-password "$6$s$h"',
      'set system services extension-service notification port 1883',
      'set system services extension-service notification allow-clients address 0.0.0.0/0',
      'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24 primary',
      'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24 preferred',
    ])
  })

  test('sets of values, quotes and escapes', () => {
    const root = config(
      'system login class c permissions [ view clear ] idle-timeout 5',
      'system login message "a \\"b\\"\\n c"',
    )
    const view = viewOf(root).at('system', 'login')
    expect(view.at('class', 'c').values('permissions')).toEqual(['view', 'clear'])
    expect(view.leaf('message')).toBe('a "b"\n c')
  })

  test('one alternative replaces the other', () => {
    const grpc = 'system services extension-service request-response grpc'
    const root = config(`${grpc} ssl port 50051`, `${grpc} clear-text port 32767`)
    expect(formatSet(root)).toEqual([`set ${grpc} clear-text port 32767`])
  })

  test('unambiguous beginnings are enough at a terminal', () => {
    const { root } = change(emptyRoot, 'set sys ho r1')
    expect(formatSet(root)).toEqual(['set system host-name r1'])
    const file = readChange(rootSchema, wordsOf('set sys ho r1'))
    expect(file.ok).toBe(false)
  })

  test('a change makes its path anew and shares the rest', () => {
    const before = config('interfaces xe-0/0/0 mtu 1500', 'interfaces xe-0/0/1 mtu 1500', 'system host-name a')
    const after = change(before, 'set interfaces xe-0/0/0 mtu 9000').root
    const at = (root: typeof before, ...path: string[]) => viewOf(root).at(...path).branch
    expect(at(after, 'interfaces', 'xe-0/0/0')).not.toBe(at(before, 'interfaces', 'xe-0/0/0'))
    expect(at(after, 'interfaces', 'xe-0/0/1')).toBe(at(before, 'interfaces', 'xe-0/0/1'))
    expect(at(after, 'system')).toBe(at(before, 'system'))
    expect(viewOf(before).at('interfaces', 'xe-0/0/0').leaf('mtu')).toBe('1500')
  })
})

describe('delete, deactivate, activate', () => {
  const root = config('interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24', 'interfaces xe-0/0/0 mtu 1500')

  test('what it leaves empty and without meaning goes too', () => {
    const { root: rest } = change(config('system ports console insecure'), 'delete system ports console insecure')
    expect(rest.children.size).toBe(0)
    expect(formatSet(change(root, 'delete interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24').root)).toEqual([
      'set interfaces xe-0/0/0 mtu 1500',
      'set interfaces xe-0/0/0 unit 0 family inet',
    ])
  })

  test('a whole list, one value, a leaf without its value', () => {
    expect(formatSet(change(root, 'delete interfaces xe-0/0/0 unit').root)).toEqual([
      'set interfaces xe-0/0/0 mtu 1500',
    ])
    expect(change(root, 'delete interfaces xe-0/0/0 mtu').applied).toBe('changed')
    const values = config('system login class c permissions [ view clear ]')
    expect(formatSet(change(values, 'delete system login class c permissions view').root)).toEqual([
      'set system login class c permissions clear',
    ])
  })

  test('what is not there is not found, and nothing changes', () => {
    for (const line of [
      'delete interfaces xe-0/0/9',
      'delete system host-name',
      'deactivate interfaces lo0',
      'delete interfaces nonsense',
    ]) {
      const done = change(root, line)
      expect(done.applied).toBe('not-found')
      expect(done.root).toBe(root)
    }
  })

  test('deactivate and activate', () => {
    const off = change(root, 'deactivate interfaces xe-0/0/0 unit 0 family inet').root
    expect(formatSet(off)).toContain('deactivate interfaces xe-0/0/0 unit 0 family inet')
    expect(change(off, 'deactivate interfaces xe-0/0/0 unit 0 family inet').applied).toBe('unchanged')
    expect(formatSet(change(off, 'activate interfaces xe-0/0/0 unit 0 family inet').root)).toEqual(formatSet(root))
  })
})

describe('edit paths', () => {
  test('lead to levels, and commands are read from there', () => {
    const path = readEditPath(rootSchema, wordsOf('interfaces xe-0/0/0 unit 0'))
    if (!path.ok) throw new Error(path.fault.message)
    const read = readChange(rootSchema, wordsOf('set vlan-id 5'), { at: path.value })
    if (!read.ok) throw new Error(read.fault.message)
    const edit = new TreeEdit(emptyRoot)
    applyChange(edit, read.value)
    expect(formatSet(edit.finish())).toEqual(['set interfaces xe-0/0/0 unit 0 vlan-id 5'])
    expect(findBranch(edit.finish(), path.value)).toBeDefined()
  })

  test.each([
    'system host-name',
    'interfaces xe-0/0/0 unit',
    'system host-name a',
    'interfaces xe-0/0/0 unit 0 family',
  ])('do not lead to %s', words => {
    expect(readEditPath(rootSchema, wordsOf(words)).ok).toBe(false)
  })
})

test.each([
  ['set foo', 'syntax error.', 'foo'],
  ['set system hos-name a', 'syntax error.', 'hos-name'],
  ['set system host-name', 'missing argument.', ''],
  ['set system s', "'s' is ambiguous.", 's'],
  ['set system services', 'syntax error, expecting <statement> or <identifier>.', ''],
  ['set interfaces xe-0/0/0 mtu 9228', 'Value 9228 is not within range (256..9192)', '9228'],
  ['set interfaces xe-0/0/0 mtu big', "Invalid numeric value: 'big'", 'big'],
  [
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.300/24',
    "invalid value '300' in ip address: '10.0.0.300'",
    '10.0.0.300/24',
  ],
  [
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/33',
    "prefix length '33' is larger than 32 in address '10.0.0.1/33'",
    '10.0.0.1/33',
  ],
  ['set interfaces foo-1 disable', "invalid interface type in 'foo-1'", 'foo-1'],
  ['set routing-options static route 10.0.0.1/24 discard', 'host portion is not zero (10.0.0.0/24)', '10.0.0.1/24'],
  ['set system services ssh root-login maybe', 'syntax error.', 'maybe'],
  ['set system login class c permissions [ view', 'missing argument.', ''],
  ['set system login class c permissions [ ]', 'missing argument.', ']'],
  ['delete system host-name a b', 'syntax error.', 'b'],
  [
    'set system login user a authentication plain-text-password',
    "'plain-text-password' can only be set from a terminal",
    'plain-text-password',
  ],
])('%s is refused', (line, message, word) => {
  expect(refusal(line)).toEqual([message, word])
})

test('a statement for which a terminal must ask says where it stands', () => {
  const read = readChange(rootSchema, wordsOf('set system login user a authentication plain-text-password'))
  expect(!read.ok && read.fault.prompted?.steps.map(step => step.keys[0] ?? step.schema.name)).toEqual([
    'system',
    'login',
    'a',
    'authentication',
  ])
})
