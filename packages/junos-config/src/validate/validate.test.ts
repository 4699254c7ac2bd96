import { expect, test } from 'vitest'
import { problemLines, refusalLine, validate } from '../index.ts'
import { config } from '../testing/build.ts'

const lines = (...commands: string[]) => validate(config(...commands)).flatMap(problemLines)

test.each([
  [
    ['interfaces ge-0/0/1 unit 2'],
    ['[edit interfaces ge-0/0/1]', "  'unit 2'", '    Only unit 0 is valid for this encapsulation'],
  ],
  [
    ['interfaces ge-0/0/1 unit 2 vlan-id 2'],
    ['[edit interfaces ge-0/0/1]', "  'unit 2'", '    VLAN-ID can only be specified on tagged ethernet interfaces'],
  ],
  [
    ['interfaces ge-0/0/1 vlan-tagging', 'interfaces ge-0/0/1 unit 0'],
    ['[edit interfaces ge-0/0/1]', "  'unit 0'", '    VLAN-ID must be specified on tagged ethernet interfaces'],
  ],
  [['system login user x uid 2000'], ['[edit system login]', "  'user x'", "    Missing mandatory statement: 'class'"]],
  [
    ['system login user x class nobody'],
    ['[edit system login user x]', "  'class nobody'", "    undefined login class: 'nobody'"],
  ],
  [['apply-groups gone'], ['[edit]', "  'apply-groups gone'", "    apply-groups: group 'gone' is not defined"]],
  [
    ['routing-options static route 10.0.0.0/8 preference 5'],
    [
      '[edit routing-options static]',
      "  'route 10.0.0.0/8'",
      '    static route must have a next hop, or be discard, reject, receive or next-table',
    ],
  ],
  [
    [
      'interfaces lo0 unit 0 family inet address 10.0.0.1/32 primary',
      'interfaces lo0 unit 0 family inet address 10.0.0.2/32 primary',
    ],
    [
      '[edit interfaces lo0 unit 0]',
      "  'family inet'",
      '    Only one primary address is allowed: 10.0.0.1/32, 10.0.0.2/32',
    ],
  ],
])('%j', (commands, expected) => {
  expect(lines(...commands)).toEqual(expected)
})

test.each([
  [['interfaces ge-0/0/1 vlan-tagging', 'interfaces ge-0/0/1 unit 2 vlan-id 2']],
  [['interfaces lo0 unit 1 family inet']],
  [['system login class c permissions view', 'system login user x class c']],
  [['groups g system login user x class operator', 'apply-groups g', 'system login user x uid 2000']],
  [['interfaces ge-0/0/1 unit 2', 'deactivate interfaces ge-0/0/1']],
  [['groups g interfaces <*> vlan-tagging', 'apply-groups g', 'interfaces ge-0/0/1 unit 2 vlan-id 2']],
])('%j may be committed', commands => {
  expect(lines(...commands)).toEqual([])
})

test('the last line tells missing statements from other errors', () => {
  expect(refusalLine(validate(config('system login user x uid 2000')))).toBe(
    'error: commit failed: (missing mandatory statements)',
  )
  expect(refusalLine(validate(config('apply-groups gone')))).toBe('error: configuration check-out failed')
  expect(refusalLine([])).toBeUndefined()
})
