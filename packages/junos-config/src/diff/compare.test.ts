import { expect, test } from 'vitest'
import { compareText, diff, loadSet } from '../index.ts'
import { config } from '../testing/build.ts'

const before = config(
  'system host-name a',
  'interfaces xe-0/0/0 mtu 1400',
  'interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
  'interfaces lo0 unit 0 description lo0.0',
  'routing-options static route 192.168.77.0/24 discard',
)

function after(...lines: string[]) {
  return loadSet(before, lines.join('\n')).root
}

// Indents and context lines as in recorded `show | compare` output of several releases.
test.each([
  [['set system host-name b'], ['[edit system]', '-  host-name a;', '+  host-name b;']],
  [
    ['set interfaces ge-0/0/4 unit 0 family inet address 192.0.2.1/29'],
    [
      '[edit interfaces]',
      '+   ge-0/0/4 {',
      '+       unit 0 {',
      '+           family inet {',
      '+               address 192.0.2.1/29;',
      '+           }',
      '+       }',
      '+   }',
    ],
  ],
  [['delete interfaces xe-0/0/0 mtu'], ['[edit interfaces xe-0/0/0]', '-   mtu 1400;']],
  [
    ['delete interfaces lo0 unit 0', 'set interfaces lo0 unit 1 description "new loopback"'],
    [
      '[edit interfaces lo0]',
      '-    unit 0 {',
      '-        description lo0.0;',
      '-    }',
      '+    unit 1 {',
      '+        description "new loopback";',
      '+    }',
    ],
  ],
  [
    ['set interfaces xe-0/0/0 unit 0 family inet address 10.0.1.1/24'],
    [
      '[edit interfaces xe-0/0/0 unit 0 family inet]',
      '        address 10.0.0.1/24 { ... }',
      '+       address 10.0.1.1/24;',
    ],
  ],
  [
    ['set interfaces xe-0/0/0 unit 0 family inet6 address 2001:db8::1/64'],
    ['[edit interfaces xe-0/0/0 unit 0]', '+     family inet6 {', '+         address 2001:db8::1/64;', '+     }'],
  ],
  [
    ['set routing-options static route 100.0.0.0/16 next-hop 192.0.2.2'],
    [
      '[edit routing-options static]',
      '     route 192.168.77.0/24 { ... }',
      '+    route 100.0.0.0/16 next-hop 192.0.2.2;',
    ],
  ],
  [
    ['set system login user viewer class read-only'],
    ['[edit system]', '+   login {', '+       user viewer {', '+           class read-only;', '+       }', '+   }'],
  ],
  [
    ['set security certificates local c "x"'],
    [
      '[edit]',
      '+  security {',
      '+      certificates {',
      '+          local {',
      '+              c {',
      '+                  "x"; ## SECRET-DATA',
      '+              }',
      '+          }',
      '+      }',
      '+  }',
    ],
  ],
  [['deactivate interfaces lo0'], ['[edit interfaces]', '!   inactive: lo0 { ... }']],
])('%j', (lines, expected) => {
  expect(compareText(before, after(...lines))).toEqual(expected)
})

test('equal configurations have no difference', () => {
  const same = after('set system host-name a')
  expect(compareText(before, same)).toEqual([])
  expect(diff(before, same)).toEqual([])
})

test('a reordered list is taken down from where the order breaks', () => {
  const route = 'routing-options static route'
  const a = config(`${route} 10.1.0.0/16 discard`, `${route} 10.2.0.0/16 discard`)
  const b = config(`${route} 10.2.0.0/16 discard`, `${route} 10.1.0.0/16 discard`)
  expect(diff(a, b)).toEqual([`delete ${route} 10.1.0.0/16`, `set ${route} 10.1.0.0/16 discard`])
})

test('an inactive container that is emptied and filled again stays inactive', () => {
  const a = config('routing-options static route 10.1.0.0/16 discard', 'deactivate routing-options static')
  const b = config('routing-options static route 10.2.0.0/16 discard', 'deactivate routing-options static')
  expect(diff(a, b)).toEqual([
    'delete routing-options static route 10.1.0.0/16',
    'set routing-options static route 10.2.0.0/16 discard',
    'deactivate routing-options static',
  ])
})

test('what is one setting on one line is shown whole, at the level of which it is', () => {
  const level = 'policy-options policy-statement p then'
  const a = config(`${level} metric 10`, `${level} next-hop self`, `${level} accept`)
  const b = config(`${level} metric add 5`, `${level} next-hop discard`, `${level} reject`)
  expect(compareText(a, b)).toEqual([
    `[edit ${level}]`,
    '-    accept;',
    '-     metric 10;',
    '+     metric add 5;',
    '-     next-hop self;',
    '+     next-hop discard;',
    '+    reject;',
  ])
  const filter = 'policy-options policy-statement p from route-filter 10.0.0.0/8'
  expect(compareText(config(`${filter} exact`), config(`${filter} exact`, `${filter} upto /9 accept`))).toEqual([
    '[edit policy-options policy-statement p from]',
    '      route-filter 10.0.0.0/8 exact { ... }',
    '+     route-filter 10.0.0.0/8 upto /9 accept;',
  ])
})
