import { renderXml } from '@hangar/xml'
import { expect, test } from 'vitest'
import {
  compareText,
  configurationElement,
  configurationJson,
  emptyRoot,
  formatSet,
  formatText,
  load,
  loadSet,
} from '../index.ts'
import { config } from '../testing/build.ts'

const base = config('system host-name a', 'interfaces xe-0/0/0 mtu 1400', 'interfaces xe-0/0/0 unit 0 description x')

function after(...lines: string[]) {
  const { root, errors, warnings } = loadSet(base, lines.join('\n'))
  expect(errors).toEqual([])
  return { root, warnings: warnings.map(({ message }) => message) }
}

test('comments stand above statements in every format', () => {
  const { root } = after('annotate interfaces xe-0/0/0 "to the core"', 'annotate system host-name temporary')
  expect(formatText(root)).toBe(`system {
    /* temporary */
    host-name a;
}
interfaces {
    /* to the core */
    xe-0/0/0 {
        mtu 1400;
        unit 0 {
            description x;
        }
    }
}
`)
  expect(formatSet(root)).toContain('annotate interfaces xe-0/0/0 "to the core"')
  expect(renderXml(configurationElement(root, []))).toContain(
    '<junos:comment>/* to the core */</junos:comment>\n        <interface>',
  )
  const json = JSON.parse(configurationJson(root, [])).configuration
  expect(json.interfaces.interface[0]['@']).toEqual({ comment: '/* to the core */' })
  expect(json.system['@host-name']).toEqual({ comment: '/* temporary */' })
  expect(formatSet(loadSet(root, 'annotate system host-name ""').root)).not.toContain(
    'annotate system host-name temporary',
  )
  expect(compareText(base, root)).toEqual([
    '[edit system]',
    '!  /* temporary */ host-name a;',
    '[edit interfaces]',
    '!   /* to the core */ xe-0/0/0 { ... }',
  ])
})

test('comments of several lines become one, and none ends early', () => {
  const { root } = load(emptyRoot, 'merge', '/* one\n * two */ system { host-name a; }')
  expect(formatText(root)).toBe('/* one * two */\nsystem {\n    host-name a;\n}\n')
  const hostile = loadSet(root, 'annotate system "a */ b"').root
  expect(formatText(load(emptyRoot, 'merge', formatText(hostile)).root)).toBe(formatText(hostile))
})

test.each([
  'set interfaces xe-0/0/0 mtu 1500',
  'set interfaces xe-0/0/0 unit 1',
  'delete interfaces xe-0/0/0',
  'delete interfaces xe-0/0/0 unit 0',
  'deactivate interfaces xe-0/0/0 unit 0',
  'annotate interfaces xe-0/0/0 x',
  'rename interfaces xe-0/0/0 to xe-0/0/1',
  'copy interfaces xe-0/0/0 unit 0 to unit 1',
  'unprotect interfaces xe-0/0/0 unit 0 description',
])('what is protected is not changed by %s', line => {
  const opened = after('protect interfaces xe-0/0/0 unit 0 description', 'protect interfaces xe-0/0/0').root
  const { root, warnings } = loadSet(opened, line)
  expect(warnings.map(({ message }) => message)).toEqual(['statement is protected'])
  expect(root).toBe(opened)
})

test('a text over what is protected warns', () => {
  const { root } = after('protect interfaces xe-0/0/0')
  expect(formatText(root)).toContain('    protect: xe-0/0/0 {')
  for (const [action, text] of [
    ['merge', 'interfaces { xe-0/0/0 { mtu 9000; } }'],
    [
      'merge',
      '<configuration><interfaces><interface><name>xe-0/0/0</name><mtu>9000</mtu></interface></interfaces></configuration>',
    ],
    ['replace', 'interfaces { replace: xe-0/0/0 { mtu 9000; } }'],
    ['patch', '[edit interfaces xe-0/0/0]\n-   mtu 1400;'],
  ] as const) {
    const loaded = load(root, action, text)
    expect(loaded.warnings.map(({ level, message }) => [level, message])).toContainEqual([
      '[edit interfaces xe-0/0/0]',
      'statement is protected',
    ])
    expect(formatText(loaded.root)).toBe(formatText(root))
  }
})

test('deletion above it leaves what is protected', () => {
  const { root } = after('protect interfaces xe-0/0/0 mtu', 'delete interfaces')
  expect(formatSet(root)).toEqual([
    'set system host-name a',
    'set interfaces xe-0/0/0 mtu 1400',
    'protect interfaces xe-0/0/0 mtu',
  ])
})

test('what is not there can be neither protected nor annotated', () => {
  expect(after('protect protocols', 'annotate protocols x').warnings).toEqual([
    'statement not found',
    'statement not found',
  ])
})
