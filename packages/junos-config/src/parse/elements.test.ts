import { describe, expect, it } from 'vitest'
import { emptyRoot, formatSet, type Loaded, loadJson, loadSet, loadXml } from '../index.ts'

const base = loadSet(
  emptyRoot,
  `set system host-name r1
set system services ssh
set interfaces xe-0/0/0 mtu 1500
set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24
set policy-options prefix-list a 10.0.0.0/8
set policy-options policy-statement p term one then accept
set policy-options policy-statement p term two then reject
set policy-options policy-statement p term three then accept`,
).root

const inside = (text: string) => loadXml(base, `<configuration>${text}</configuration>`)
const interfaces = (text: string) =>
  inside(`<interfaces><interface><name>xe-0/0/0</name>${text}</interface></interfaces>`)
const terms = (text: string) =>
  inside(`<policy-options><policy-statement><name>p</name>${text}</policy-statement></policy-options>`)

/** Lines that the base has not, and those that it had. */
function changes({ root, errors }: Loaded): string[] {
  expect(errors).toEqual([])
  const [before, after] = [formatSet(base), formatSet(root)]
  return [
    ...before.filter(line => !after.includes(line)).map(line => `- ${line}`),
    ...after.filter(line => !before.includes(line)).map(line => `+ ${line}`),
  ]
}

function refusal({ root, errors }: Loaded) {
  expect(formatSet(root)).toEqual(formatSet(base))
  return errors.map(({ level, token, message }) => `${level} ${token}: ${message}`)
}

describe('elements', () => {
  it('merge, unless told otherwise, whatever spaces a router puts around values', () => {
    expect(
      changes(inside('<system><host-name>\n  r2\n</host-name><services><netconf><ssh/></netconf></services></system>')),
    ).toEqual(['- set system host-name r1', '+ set system host-name r2', '+ set system services netconf ssh'])
  })

  it.each(['operation="replace"', 'replace="replace"'])('%s puts what is there in place of what was', said => {
    expect(
      changes(inside(`<interfaces ${said}><interface><name>lo0</name><disable/></interface></interfaces>`)),
    ).toEqual([
      '- set interfaces xe-0/0/0 mtu 1500',
      '- set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
      '+ set interfaces lo0 disable',
    ])
  })

  it('delete and remove take things away, whole lists and single values', () => {
    const unit = '<unit operation="delete"><name>0</name></unit>'
    expect(changes(interfaces(`<mtu operation="remove"/>${unit}`))).toHaveLength(3)
    expect(changes(inside('<interfaces><interface operation="delete"/></interfaces>'))).toHaveLength(2)
    expect(changes(interfaces('<mtu delete="delete">1500</mtu>'))).toEqual(['- set interfaces xe-0/0/0 mtu 1500'])
    expect(changes(interfaces('<mtu operation="remove">9000</mtu>'))).toEqual([])
  })

  it('tell of what is to be deleted and is not there as each of the words for it does', () => {
    expect(refusal(interfaces('<description operation="delete"/>'))).toEqual([
      '[edit interfaces xe-0/0/0] description: statement not found',
    ])
    expect(changes(interfaces('<description operation="remove"/>'))).toEqual([])
    const warned = interfaces('<description delete="delete"/>')
    expect(changes(warned)).toEqual([])
    expect(warned.warnings).toEqual([
      { level: '[edit interfaces xe-0/0/0]', statement: 'description', message: 'statement not found' },
    ])
  })

  it('create what is not there yet', () => {
    expect(changes(interfaces('<description operation="create">up</description>'))).toHaveLength(1)
    expect(refusal(interfaces('<mtu operation="create">9000</mtu>'))).toEqual([
      '[edit interfaces xe-0/0/0] mtu: statement already exists',
    ])
    expect(refusal(inside('<system operation="create"><host-name>x</host-name></system>'))).toHaveLength(1)
  })

  it('change nothing by themselves where nothing is the rule', () => {
    const text =
      '<configuration><system><host-name>x</host-name><services operation="delete"/></system></configuration>'
    expect(changes(loadXml(base, text, { operation: 'none' }))).toEqual(['- set system services ssh'])
  })

  it('become inactive and active', () => {
    const off = interfaces('<unit inactive="inactive"><name>0</name></unit>')
    expect(changes(off)).toEqual(['+ deactivate interfaces xe-0/0/0 unit 0'])
    const text = '<unit active="active"><name>0</name></unit>'
    const on = loadXml(
      off.root,
      `<configuration><interfaces><interface><name>xe-0/0/0</name>${text}</interface></interfaces></configuration>`,
    )
    expect(changes(on)).toEqual([])
  })

  it.each([
    ['insert="first"', 'three', 'three one two'],
    ['insert="last"', 'one', 'two three one'],
    ['insert="before" name="two"', 'three', 'one three two'],
    [`insert="after" key="[name='two']"`, 'one', 'two one three'],
    ['rename="rename" name="four"', 'two', 'one four three'],
  ])('%s', (said, term, order) => {
    const { root, errors } = terms(`<term ${said}><name>${term}</name></term>`)
    expect(errors).toEqual([])
    const names = formatSet(root).flatMap(line => / term (\S+) /.exec(line)?.[1] ?? [])
    expect(names.join(' ')).toBe(order)
  })

  it.each([
    ['<term insert="before" name="six"><name>one</name></term>', 'term: statement not found'],
    ['<term insert="beside" name="two"><name>one</name></term>', 'term: statement not found'],
    ['<term rename="rename" name="two"><name>one</name></term>', 'term: statement cannot be renamed'],
    ['<term rename="rename"><name>one</name></term>', 'term: statement cannot be renamed'],
    ['<term><then/></term>', 'term: missing argument'],
    ['<term operation="explode"><name>one</name></term>', 'term: invalid operation'],
    ['<turm><name>one</name></turm>', 'turm: syntax error'],
  ])('%s is refused', (text, words) => {
    expect(refusal(terms(text))).toEqual([`[edit policy-options policy-statement p] ${words}`])
  })

  it('leave out what is wrong, and say where it stands', () => {
    const { root, errors } = inside(
      '<system>\n<host-name>r2</host-name>\n<foo/>\n<services><ssh><bar>1</bar></ssh></services></system>',
    )
    expect(formatSet(root)).toContain('set system host-name r2')
    expect(errors.map(({ line, token, level }) => [line, token, level])).toEqual([
      [3, 'foo', '[edit system]'],
      [4, 'bar', '[edit system services ssh]'],
    ])
  })
})

describe('text around a configuration', () => {
  it('is that of `| display xml`, or none', () => {
    const system = '<system><host-name>r2</host-name></system>'
    for (const text of [
      system,
      `<rpc-reply xmlns:junos="x"><configuration junos:changed="y">${system}</configuration><cli><banner/></cli></rpc-reply>`,
    ])
      expect(changes(loadXml(base, text))).toHaveLength(2)
  })

  it('is said to be wrong where it is', () => {
    expect(loadXml(base, '<configuration>\n<system>\n</configuration>').errors).toMatchObject([{ line: 3 }])
    expect(loadJson(base, '{"configuration": {\n"system": }').errors).toMatchObject([{ line: 2 }])
    for (const text of ['[]', '1', '', '{"configuration": 1}']) expect(loadJson(base, text).errorCount).toBe(1)
  })
})

describe('JSON', () => {
  it('takes one object for a list of one, numbers for values, and what is said by an @', () => {
    const unit = { name: 0, '@': { operation: 'delete' } }
    const json = {
      configuration: [
        {
          interfaces: {
            interface: { name: 'xe-0/0/0', mtu: 9000, '@mtu': { inactive: true }, unit: [unit], disable: [null] },
          },
        },
      ],
    }
    expect(changes(loadJson(base, JSON.stringify(json)))).toEqual([
      '- set interfaces xe-0/0/0 mtu 1500',
      '- set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24',
      '+ set interfaces xe-0/0/0 disable',
      '+ set interfaces xe-0/0/0 mtu 9000',
      '+ deactivate interfaces xe-0/0/0 mtu',
    ])
  })
})
