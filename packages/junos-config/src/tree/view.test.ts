import { describe, expect, test } from 'vitest'
import {
  formatTargetSet,
  formatTargetText,
  naturalCompare,
  readTarget,
  rootSchema,
  splitWords,
  viewOf,
} from '../index.ts'
import { config } from '../testing/build.ts'

const root = config(
  'system host-name r1',
  'system services extension-service notification allow-clients address [ 10.0.0.0/8 192.0.2.1 ]',
  'interfaces xe-0/0/10 disable',
  'interfaces xe-0/0/2 unit 1 family inet address 10.0.0.1/24',
)

describe('a view', () => {
  test('reads leaves, sets, flags, lists and defaults', () => {
    const notification = viewOf(root).at('system', 'services', 'extension-service', 'notification')
    expect(notification.exists).toBe(true)
    expect(notification.number('port')).toBe(1883)
    expect(notification.has('port')).toBe(false)
    expect(notification.at('allow-clients').values('address')).toEqual(['10.0.0.0/8', '192.0.2.1/32'])
    expect(
      viewOf(root)
        .at('interfaces')
        .list()
        .map(entry => entry.key),
    ).toEqual(['xe-0/0/2', 'xe-0/0/10'])
    expect(viewOf(root).at('interfaces', 'xe-0/0/10').has('disable')).toBe(true)
    expect(viewOf(root).at('interfaces', 'xe-0/0/2').list('unit')[0]?.key).toBe('1')
  })

  test('of what is not configured is empty', () => {
    const grpc = viewOf(root).at('system', 'services', 'extension-service', 'request-response', 'grpc')
    expect(grpc.exists).toBe(false)
    expect(grpc.number('max-connections')).toBe(5)
    expect(grpc.at('ssl').values('local-certificate')).toEqual([])
  })

  test('a name that the schema does not have is a programming error', () => {
    expect(() => viewOf(root).at('system', 'bogus')).toThrow("no 'bogus'")
    expect(() => viewOf(root).leaf('bogus')).toThrow("no 'bogus'")
  })
})

test('a target is shown as text and as commands', () => {
  const target = (line: string) => {
    const split = splitWords(line)
    const read = split.ok ? readTarget(rootSchema, split.words) : undefined
    if (!read?.ok) throw new Error(line)
    return read.value
  }
  expect(formatTargetText(root, target('system host-name'))).toEqual(['host-name r1;'])
  expect(formatTargetText(root, target('interfaces xe-0/0/10'))).toEqual(['disable;'])
  expect(formatTargetText(root, target('interfaces lo0'))).toEqual([])
  expect(formatTargetSet(root, target('interfaces xe-0/0/2 unit'))).toEqual([
    'set interfaces xe-0/0/2 unit 1 family inet address 10.0.0.1/24',
  ])
})

test('names are ordered as people count', () => {
  expect(['xe-0/0/10', 'xe-0/0/2', 'xe-0/0/1'].sort(naturalCompare)).toEqual(['xe-0/0/1', 'xe-0/0/2', 'xe-0/0/10'])
  expect(naturalCompare('a', 'a')).toBe(0)
  expect(naturalCompare('7', '007')).not.toBe(0)
})
