import { renderXml } from '@hangar/xml'
import { describe, expect, test } from 'vitest'
import {
  compareText,
  configurationElement,
  configurationJson,
  emptyRoot,
  formatOf,
  formatSet,
  formatText,
  type LoadAction,
  load,
  readEditPath,
  rootSchema,
} from '../index.ts'
import { asWords } from '../statement/words.ts'
import { config } from '../testing/build.ts'

const before = config('system host-name a', 'interfaces xe-0/0/0 mtu 1400', 'interfaces xe-0/0/0 unit 0 description x')
const other = config('system host-name b', 'interfaces xe-0/0/0 mtu 1500')
const written = {
  text: formatText(other),
  set: formatSet(other).join('\n'),
  xml: renderXml(configurationElement(other, [])),
  json: configurationJson(other, []),
}
const merged = [
  'set system host-name b',
  'set interfaces xe-0/0/0 mtu 1500',
  'set interfaces xe-0/0/0 unit 0 description x',
]

describe('load', () => {
  for (const format of ['text', 'set', 'xml', 'json'] as const) {
    test(`tells ${format} by how it begins`, () => {
      expect(formatOf(written[format])).toBe(format)
      expect(formatOf(`\ufeff\n  ${written[format]}`)).toBe(format)
    })

    test.each<[LoadAction, string[]]>([
      ['merge', merged],
      ['override', formatSet(other)],
      ['update', formatSet(other)],
      ['replace', merged],
    ])(`${format}: %s`, (action, lines) => {
      const { root, errorCount } = load(before, action, written[format])
      expect(errorCount).toBe(0)
      expect(formatSet(root)).toEqual(lines)
    })
  }

  test.each<[LoadAction, string]>([
    ['replace', 'interfaces { replace: xe-0/0/0 { mtu 9000; } }'],
    [
      'replace',
      '<configuration><interfaces><interface replace="replace"><name>xe-0/0/0</name><mtu>9000</mtu></interface></interfaces></configuration>',
    ],
    [
      'replace',
      '{"configuration": {"interfaces": {"interface": [{"@": {"operation": "replace"}, "name": "xe-0/0/0", "mtu": 9000}]}}}',
    ],
  ])('%s %s', (action, text) => {
    expect(formatSet(load(before, action, text).root)).toEqual([
      'set system host-name a',
      'set interfaces xe-0/0/0 mtu 9000',
    ])
  })

  test('set and patch', () => {
    expect(formatSet(load(before, 'set', 'delete interfaces').root)).toEqual(['set system host-name a'])
    expect(formatSet(load(before, 'patch', compareText(before, other).join('\n')).root)).toEqual(formatSet(other))
  })

  test('stands at its level', () => {
    const at = readEditPath(rootSchema, asWords(['interfaces', 'xe-0/0/0']))
    const { root } = load(emptyRoot, 'merge', 'mtu 9000;', { at: at.ok ? at.value : [] })
    expect(formatSet(root)).toEqual(['set interfaces xe-0/0/0 mtu 9000'])
  })

  test.each<[LoadAction, string]>([
    ['override', '<configuration><system>'],
    ['override', '{"configuration": '],
    ['update', 'bogus { }'],
    ['merge', '{"configuration": 5}'],
  ])('%s %s changes nothing', (action, text) => {
    const { root, errorCount } = load(before, action, text)
    expect(errorCount).toBe(1)
    expect(root).toBe(before)
  })
})
