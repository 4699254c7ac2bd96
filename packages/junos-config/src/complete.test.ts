import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompletionMode, complete, emptyRoot, splitWords } from './index.ts'
import { setLine } from './testing/arbitrary.ts'
import { config } from './testing/build.ts'

const root = config(
  'system login class ops permissions view',
  'system host-name r1',
  'interfaces xe-0/0/10 unit 0 family inet address 10.0.0.1/24',
  'interfaces xe-0/0/2 description core',
  'groups g1 system host-name g',
)

function offered(line: string, partial = '', mode: CompletionMode = 'set') {
  const split = splitWords(line)
  if (!split.ok) throw new Error(split.message)
  return complete(root, split.words, partial, { mode })
}

const texts = (...args: Parameters<typeof offered>) => offered(...args).items.map(item => item.text)

describe('set', () => {
  test('statements with their marks, help and ranges; hidden ones left out', () => {
    const { items, enter } = offered('system services extension-service request-response grpc')
    expect(enter).toBe(false)
    expect(items.map(({ mark, text }) => `${mark} ${text}`.trim())).toEqual([
      '+ apply-groups',
      '+ apply-groups-except',
      'grpc-keep-alive',
      'max-connections',
      'routing-instance',
      '> ssl',
    ])
    expect(items.find(item => item.text === 'max-connections')?.help).toBe('Maximum number of connections (1..30)')
  })

  test('a partial word narrows', () => {
    expect(texts('system', 'ho')).toEqual(['host-name'])
    expect(texts('sys logi', 'us')).toEqual(['user'])
  })

  test('names that exist, in their order, after the placeholder', () => {
    expect(texts('interfaces')).toEqual([
      '<interface-name>',
      'apply-groups',
      'apply-groups-except',
      'interface-range',
      'interface-set',
      'traceoptions',
      'xe-0/0/2',
      'xe-0/0/10',
    ])
    expect(offered('interfaces').items.map(item => item.mark)).toEqual(['', '+', '+', '>', '>', '>', '', ''])
    expect(texts('interfaces xe-0/0/10 unit')).toEqual(['<interface-unit-number>', '0'])
    expect(texts('apply-groups')).toEqual(['<name>', 'g1', '['])
    expect(texts('system login user u class')).toContain('ops')
    expect(texts('system login user u class')).toContain('super-user')
  })

  test('words of an enumeration, and the brackets of a set', () => {
    expect(texts('system services ssh root-login')).toEqual(['allow', 'deny', 'deny-password'])
    expect(texts('system login class c permissions', 'view')).toEqual(['view', 'view-configuration'])
    expect(texts('system login class c permissions [ view')).toContain(']')
  })

  test('words that are keys, and what they want', () => {
    const filter = 'policy-options policy-statement p from route-filter 10.0.0.0/8'
    expect(texts(filter, 'u')).toEqual(['upto'])
    expect(texts(`${filter} upto`)).toEqual(['<prefix-length>'])
    expect(offered(`${filter} upto`).enter).toBe(false)
    expect(offered(`${filter} exact`).enter).toBe(true)
    expect(texts('protocols ldp interface')).toEqual(['<interface-name>', 'all'])
    expect(texts('protocols ldp interface', 'a')).toContain('all')
  })

  test('names of what is defined elsewhere', () => {
    const defined = config('policy-options policy-statement p then accept', 'policy-options community c members 1:2')
    const after = (line: string) => {
      const split = splitWords(line)
      if (!split.ok) throw new Error(split.message)
      return complete(defined, split.words, '', { mode: 'set' }).items.map(item => item.text)
    }
    expect(after('routing-options forwarding-table export')).toEqual(['<name>', 'p', '['])
    expect(after('policy-options policy-statement q then community add')).toEqual(['<name>', 'c'])
  })

  test('Enter is possible when the statement is whole', () => {
    expect(offered('system host-name a').enter).toBe(true)
    expect(offered('system services ssh').enter).toBe(true)
    expect(offered('interfaces xe-0/0/0').enter).toBe(true)
    expect(offered('system host-name').enter).toBe(false)
    expect(offered('').enter).toBe(false)
  })
})

describe('delete, show and edit', () => {
  test('offer what is configured', () => {
    expect(texts('system', '', 'delete')).toEqual(['host-name', 'login'])
    expect(texts('interfaces', '', 'show')).toEqual(['xe-0/0/2', 'xe-0/0/10'])
    expect(offered('interfaces xe-0/0/2', '', 'show').enter).toBe(true)
    expect(texts('system login class ops permissions', '', 'delete')).toEqual(['view', '['])
    expect(texts('system host-name', '', 'show')).toEqual([])
    expect(offered('system host-name', '', 'show').enter).toBe(true)
  })

  test('edit leads to levels only', () => {
    expect(texts('interfaces xe-0/0/2 unit 0', '', 'edit')).toContain('family')
    expect(texts('interfaces xe-0/0/2 unit 0', '', 'edit')).not.toContain('vlan-id')
    expect(offered('interfaces xe-0/0/2', '', 'edit').enter).toBe(true)
  })
})

test('a word that is wrong is reported, and nothing offered', () => {
  const { items, fault } = offered('system bogus')
  expect(items).toEqual([])
  expect(fault).toMatchObject({ message: 'syntax error', word: 1 })
})

test('every beginning of a set line that is accepted can be completed to its next word', () => {
  fc.assert(
    fc.property(setLine, fc.nat(), (line, cut) => {
      const split = splitWords(line)
      if (!split.ok) throw new Error(split.message)
      const words = split.words.slice(1)
      const result = complete(emptyRoot, words.slice(0, cut % words.length), '', { mode: 'set' })
      if (!result.fault) expect(result.items.length).toBeGreaterThan(0)
    }),
  )
})
