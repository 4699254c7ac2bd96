import { renderXml, type XmlElement } from '@hangar/xml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadSet } from '../parse/set.ts'
import { configuration } from '../testing/arbitrary.ts'
import { emptyRoot } from '../tree/tree.ts'
import { diff } from './diff.ts'
import { patchElement } from './patch.ts'
import { patchJson } from './patch-json.ts'

const tree = (...lines: string[]) => loadSet(emptyRoot, lines.join('\n')).root
const patch = (before: string[], after: string[]) => {
  const found = patchElement(tree(...before), tree(...after))
  return found && renderXml({ ...found, attributes: {} })
}

test('what is made, taken away and changed says so, below the levels that lead there', () => {
  const before = ['set system host-name r1', 'set interfaces xe-0/0/0 mtu 1514', 'set interfaces xe-0/0/1 disable']
  const after = [
    'set system host-name r2',
    'set interfaces xe-0/0/0 mtu 1514',
    'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
  ]
  expect(patch(before, after)).toBe(`<configuration>
    <system>
        <host-name nc:operation="replace">r2</host-name>
    </system>
    <interfaces>
        <interface nc:operation="delete">
            <name>xe-0/0/1</name>
        </interface>
        <interface>
            <name>xe-0/0/0</name>
            <unit nc:operation="create">
                <name>0</name>
                <family>
                    <inet>
                        <address>
                            <name>10.0.0.1/24</name>
                        </address>
                    </inet>
                </family>
            </unit>
        </interface>
    </interfaces>
</configuration>
`)
})

test('an entry where order counts says after which it stands', () => {
  const term = (name: string) => `set policy-options policy-statement p term ${name} then accept`
  expect(patch([term('a'), term('c')], [term('a'), term('b'), term('c')])).toContain(
    `<term nc:operation="create" yang:insert="after" yang:key="[name='a']">\n                <name>b</name>`,
  )
  expect(patch([term('a'), term('b')], [term('b'), term('a')])).toContain(
    `<term nc:operation="merge" yang:insert="after" yang:key="[name='b']">\n                <name>a</name>`,
  )
  expect(patch([], [term('a')])).toContain('<policy-options nc:operation="create">')
})

test('values of a set come and go one by one; what is deactivated says so', () => {
  const groups = (...names: string[]) => [
    'set groups a',
    'set groups b',
    ...names.map(name => `set apply-groups ${name}`),
  ]
  expect(patch(groups('a'), groups('b'))).toBe(
    '<configuration>\n    <apply-groups nc:operation="delete">a</apply-groups>\n    <apply-groups nc:operation="create">b</apply-groups>\n</configuration>\n',
  )
  const name = 'set system host-name r1'
  expect(patch([name], [name, 'deactivate system host-name'])).toContain(
    '<host-name inactive="inactive">r1</host-name>',
  )
  expect(patch([name, 'deactivate system'], [name])).toContain('<system active="active"/>')
})

test('there is a patch exactly where there is a difference', () => {
  fc.assert(
    fc.property(configuration, configuration, (a, b) => {
      const found: XmlElement | undefined = patchElement(a, b)
      expect(found !== undefined).toBe(diff(a, b).length > 0)
      expect(patchElement(a, a)).toBeUndefined()
    }),
  )
})

test('as JSON it has the shape of a configuration', () => {
  const before = tree('set system host-name r1', 'set interfaces xe-0/0/1 disable')
  const after = tree('set system host-name r2', 'set interfaces xe-0/0/0 unit 0 family inet', 'set apply-groups g')
  expect(JSON.parse(patchJson(patchElement(before, after)!))).toEqual({
    configuration: {
      'apply-groups': ['g'],
      '@apply-groups': [{ operation: 'create' }],
      system: { 'host-name': 'r2', '@host-name': { operation: 'replace' } },
      interfaces: {
        interface: [
          { '@': { operation: 'delete' }, name: 'xe-0/0/1' },
          { '@': { operation: 'create' }, name: 'xe-0/0/0', unit: [{ name: '0', family: { inet: {} } }] },
        ],
      },
    },
  })
})
