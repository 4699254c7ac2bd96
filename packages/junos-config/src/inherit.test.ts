import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globMatches } from './glob.ts'
import { formatSet, formatTargetText, formatText, inherit, Origins } from './index.ts'
import { configuration } from './testing/arbitrary.ts'
import { config } from './testing/build.ts'

const effective = (...lines: string[]) => formatSet(inherit(config(...lines)))

describe('groups', () => {
  test('lie under what is explicit, with wildcards over names that exist', () => {
    expect(
      effective(
        'groups g system host-name from-g',
        'groups g interfaces <xe-*> mtu 9000',
        'groups g interfaces <xe-*> unit <*> description from-g',
        'groups g interfaces lo0 unit 0',
        'apply-groups g',
        'interfaces xe-0/0/0 unit 0',
        'interfaces xe-0/0/1 mtu 1500',
        'interfaces em0 unit 0',
      ),
    ).toEqual([
      'set system host-name from-g',
      'set interfaces xe-0/0/0 mtu 9000',
      'set interfaces xe-0/0/0 unit 0 description from-g',
      'set interfaces xe-0/0/1 mtu 1500',
      'set interfaces em0 unit 0',
      'set interfaces lo0 unit 0',
    ])
  })

  test('the first named wins, the inner before the outer', () => {
    const groups = ['a', 'b', 'c'].map(name => `groups ${name} interfaces <*> description ${name}`)
    expect(effective(...groups, 'apply-groups [ a b ]', 'interfaces lo0 unit 0')).toContain(
      'set interfaces lo0 description a',
    )
    expect(
      effective(...groups, 'apply-groups [ a b ]', 'interfaces lo0 unit 0', 'interfaces lo0 apply-groups c'),
    ).toContain('set interfaces lo0 description c')
  })

  test('are kept away by apply-groups-except, from that level on', () => {
    const lines = [
      'groups g interfaces <*> description g',
      'apply-groups g',
      'interfaces lo0 unit 0',
      'interfaces em0 unit 0',
    ]
    expect(effective(...lines, 'interfaces em0 apply-groups-except g')).toEqual([
      'set interfaces em0 unit 0',
      'set interfaces lo0 description g',
      'set interfaces lo0 unit 0',
    ])
  })

  test('add their values to sets of values, and give way in a choice', () => {
    expect(
      effective(
        'groups g system login class c permissions [ clear view ]',
        'apply-groups g',
        'system login class c permissions view',
      ),
    ).toEqual(['set system login class c permissions view', 'set system login class c permissions clear'])
    const grpc = 'system services extension-service request-response grpc'
    expect(effective(`groups g ${grpc} ssl port 1`, 'apply-groups g', `${grpc} clear-text port 2`)).toEqual([
      `set ${grpc} clear-text port 2`,
    ])
  })

  test('that are inactive or unknown say nothing', () => {
    expect(effective('groups g system host-name g', 'deactivate groups g', 'apply-groups [ g nobody ]')).toEqual([])
  })
})

test('inactive parts are gone', () => {
  expect(
    effective(
      'system host-name a',
      'interfaces lo0 unit 0 family inet address 10.0.0.1/32',
      'interfaces em0 mtu 1500',
      'deactivate interfaces lo0 unit 0',
      'deactivate interfaces em0',
      'deactivate system host-name',
    ),
  ).toEqual(['set interfaces lo0'])
})

test('what inherits nothing and hides nothing is shared', () => {
  const root = config('system host-name a', 'interfaces lo0 unit 0')
  expect(inherit(root)).toBe(root)
})

test('inheriting twice is inheriting once', () => {
  fc.assert(
    fc.property(configuration, root => {
      const once = inherit(root)
      expect(inherit(once)).toBe(once)
      expect(formatText(once)).not.toMatch(/inactive: /)
    }),
  )
})

test.each([
  ['*', 'anything', true],
  ['*', '', true],
  ['xe-*', 'xe-0/0/0', true],
  ['xe-*', 'ge-0/0/0', false],
  ['ge-0/0/[0-3]', 'ge-0/0/2', true],
  ['ge-0/0/[0-3]', 'ge-0/0/4', false],
  ['ge-0/0/[!0-3]', 'ge-0/0/4', true],
  ['?e-*0', 'xe-0/0/10', true],
  ['a*a*a*a*a*a*a*a*a*b', 'a'.repeat(200), false],
])('%s against %s', (pattern, text, matches) => {
  expect(globMatches(pattern, text)).toBe(matches)
})

test('what came out of a group is said above it, in the words recorded', () => {
  const root = config(
    'groups isis-if interfaces <*> mtu 9100',
    'groups isis-if interfaces <*> unit <*> family inet mtu 9000',
    'groups isis-if interfaces <*> unit <*> family iso',
    'groups other interfaces lo0 unit 0 description spare',
    'groups other system login class c permissions [ view clear ]',
    'apply-groups [ isis-if other ]',
    'interfaces xe-0/0/0 description to-R2',
    'interfaces xe-0/0/0 unit 0 family inet address 10.200.0.0/31',
    'system login class c permissions view',
  )
  const origins = new Origins()
  const lines = formatTargetText(inherit(root, origins), { steps: [] }, origins.remarks)
  expect(`${lines.join('\n')}\n`).toBe(`system {
    login {
        class c {
            ##
            ## 'clear' was inherited from group 'other'
            ##
            permissions [ view clear ];
        }
    }
}
interfaces {
    xe-0/0/0 {
        description to-R2;
        ##
        ## '9100' was inherited from group 'isis-if'
        ##
        mtu 9100;
        unit 0 {
            family inet {
                ##
                ## '9000' was inherited from group 'isis-if'
                ##
                mtu 9000;
                address 10.200.0.0/31;
            }
            ##
            ## 'iso' was inherited from group 'isis-if'
            ##
            family iso;
        }
    }
    ##
    ## 'lo0' was inherited from group 'other'
    ##
    lo0 {
        ##
        ## '9100' was inherited from group 'isis-if'
        ##
        mtu 9100;
        ##
        ## '0' was inherited from group 'other'
        ##
        unit 0 {
            ##
            ## 'spare' was inherited from group 'other'
            ##
            description spare;
            ##
            ## 'inet' was inherited from group 'isis-if'
            ##
            family inet {
                ##
                ## '9000' was inherited from group 'isis-if'
                ##
                mtu 9000;
            }
            ##
            ## 'iso' was inherited from group 'isis-if'
            ##
            family iso;
        }
    }
}
`)
})
