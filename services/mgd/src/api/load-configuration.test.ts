import {
  type Branch,
  configurationElement,
  configurationJson,
  diff,
  emptyRoot,
  formatSet,
  loadSet,
} from '@hangar/junos-config'
import { renderXml } from '@hangar/xml'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GivenConfiguration, type LoadType, loadConfiguration } from './load-configuration.ts'
import { LoadFailed } from './load-failed.ts'

const tree = (...lines: string[]) => loadSet(emptyRoot, lines.join('\n')).root
const load = (type: LoadType, format: GivenConfiguration['format'], text: string, before: Branch = emptyRoot) =>
  formatSet(loadConfiguration(before, { format, text }, type))

const before = tree('set system host-name r1', 'set interfaces xe-0/0/0 mtu 1500', 'set interfaces xe-0/0/0 disable')

describe('load types', () => {
  const merged = [
    'set system host-name r2',
    'set interfaces xe-0/0/0 disable',
    'set interfaces xe-0/0/0 mtu 1500',
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
  ]
  const given = {
    text: 'system { host-name r2; } interfaces { xe-0/0/0 { unit 0 { family inet { address 10.0.0.1/24; } } } }',
    xml: '<configuration><system><host-name>r2</host-name></system><interfaces><interface><name>xe-0/0/0</name><unit><name>0</name><family><inet><address><name>10.0.0.1/24</name></address></inet></family></unit></interface></interfaces></configuration>',
    json: '{"configuration":{"system":{"host-name":"r2"},"interfaces":{"interface":[{"name":"xe-0/0/0","unit":[{"name":0,"family":{"inet":{"address":[{"name":"10.0.0.1/24"}]}}}]}]}}}',
  }
  test.each(['text', 'xml', 'json'] as const)('%s', format => {
    const text = given[format]
    expect(load('merge', format, text, before).toSorted()).toEqual(merged.toSorted())
    expect(load('replace', format, text, before).toSorted()).toEqual(merged.toSorted())
    const alone = ['set system host-name r2', 'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24']
    expect(load('override', format, text, before)).toEqual(alone)
    expect(load('update', format, text, before)).toEqual(alone)
  })

  test('what is tagged replaces, in every format', () => {
    const replaced = ['set system host-name r1', 'set interfaces xe-0/0/0 mtu 9000']
    for (const [format, text] of [
      ['text', 'interfaces { replace: xe-0/0/0 { mtu 9000; } }'],
      [
        'xml',
        '<configuration><interfaces><interface operation="replace"><name>xe-0/0/0</name><mtu>9000</mtu></interface></interfaces></configuration>',
      ],
      [
        'xml',
        '<configuration><interfaces><interface replace="replace"><name>xe-0/0/0</name><mtu>9000</mtu></interface></interfaces></configuration>',
      ],
      [
        'json',
        '{"configuration":{"interfaces":{"interface":[{"@":{"operation":"replace"},"name":"xe-0/0/0","mtu":9000}]}}}',
      ],
    ] as const)
      expect(load('replace', format, text, before)).toEqual(replaced)
  })

  test('attributes delete, deactivate and activate', () => {
    expect(load('merge', 'xml', '<configuration><interfaces operation="delete"/></configuration>', before)).toEqual([
      'set system host-name r1',
    ])
    expect(
      load('merge', 'json', '{"configuration":{"system":{"host-name":"r1","@host-name":{"inactive":true}}}}', tree()),
    ).toEqual(['set system host-name r1', 'deactivate system host-name'])
    expect(
      load(
        'merge',
        'xml',
        '<configuration><interfaces><interface><name>xe-0/0/0</name><mtu delete="delete"/></interface></interfaces></configuration>',
        before,
      ),
    ).toEqual(['set system host-name r1', 'set interfaces xe-0/0/0 disable'])
  })
})

test('set commands come bare or wrapped, indented, from any level', () => {
  const wrapped = `
    <configuration-set>
        set system host-name r2
        edit interfaces xe-0/0/0
            delete mtu
            edit unit 0
                set family inet address 10.0.0.1/24
                set description &quot;a &lt;b&gt;&quot;
            up
            set mtu 9000
        top
        delete system host-name
        top edit interfaces xe-0/0/1
        set disable
        top set system host-name r3
        set mtu 1400
    </configuration-set>
  `
  expect(load('set', 'set', wrapped, before)).toEqual([
    'set system host-name r3',
    'set interfaces xe-0/0/0 disable',
    'set interfaces xe-0/0/0 mtu 9000',
    'set interfaces xe-0/0/0 unit 0 description "a <b>"',
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
    'set interfaces xe-0/0/1 disable',
    'set interfaces xe-0/0/1 mtu 1400',
  ])
  expect(load('set', 'set', 'set system host-name r9')).toEqual(['set system host-name r9'])
})

test.each([
  ['text', 'system { host-nam r2; }'],
  ['set', 'set system host-nam r2'],
  ['set', 'edit nowhere\nset x'],
  ['xml', '<configuration><system><host-nam>r2</host-nam></system></configuration>'],
  ['xml', '<configuration><interfaces><interface><mtu>1500</mtu></interface></interfaces></configuration>'],
  [
    'xml',
    '<configuration><interfaces><interface><name>xe-0/0/0</name><mtu>much</mtu></interface></interfaces></configuration>',
  ],
  ['xml', '<system/>'],
  ['xml', '<configuration>'],
  ['xml', '<!DOCTYPE x [<!ENTITY y "z">]><configuration/>'],
  ['json', '{'],
  ['json', '[]'],
  ['json', '{"configuration":{"system":{"host-nam":"r2"}}}'],
  ['json', '{"configuration":{"system":{"host-name":false}}}'],
] as const)('refused: %s %s', (format, text) => {
  expect(() => load(format === 'set' ? 'set' : 'merge', format, text)).toThrow(LoadFailed)
})

test('what the device prints as XML or JSON it reads back', () => {
  const root = tree(
    'set groups g interfaces <*> mtu 9000',
    'set apply-groups g',
    'set system login class c permissions [ view clear ]',
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
    'set interfaces xe-0/0/0 disable',
    'deactivate interfaces xe-0/0/0 unit 0',
    'set routing-options static route 0.0.0.0/0 next-hop 10.0.0.2',
    'set system services ssh',
  )
  for (const [format, printed] of [
    ['xml', renderXml(configurationElement(root, []))],
    ['json', configurationJson(root, [])],
  ] as const)
    expect(diff(root, loadConfiguration(emptyRoot, { format, text: printed }, 'override'))).toEqual([])
})

test('any text is loaded or refused', () => {
  const piece = fc.constantFrom(
    '<configuration>',
    '</configuration>',
    '<system>',
    '</system>',
    '{',
    '}',
    '"system"',
    ':',
    '[',
    ']',
    'null',
    '@',
    'set ',
    'edit ',
    'up 9',
    'top ',
    '\n',
    'system',
    'é',
  )
  const format = fc.constantFrom('xml' as const, 'json' as const, 'set' as const, 'text' as const)
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), format, (pieces, of) => {
      try {
        load(of === 'set' ? 'set' : 'merge', of, pieces.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(LoadFailed)
      }
    }),
    { numRuns: 500 },
  )
})
