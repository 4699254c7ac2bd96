import { child, children, textOf, type XmlElement } from '@hangar/xml'
import { detailAge } from './age.ts'

const indent = ''.padEnd(16)

/** One destination of `show route detail` and `show route extensive`, with the blank line that ends it. */
export function detailText(rt: XmlElement): string {
  const entries = child(rt, 'rt-entry-count')?.attributes?.['junos:format'] ?? ''
  const head = `${textOf(rt, 'rt-destination')} (${entries}, ${textOf(rt, 'rt-announced-count')} announced)\n`
  const state = textOf(rt, 'rt-state')
  const krt = textOf(child(rt, 'tsi'), 'krt')
  const above = (state === '' ? '' : `        State: <${state}>\n`) + (krt === '' ? '' : `TSI:\n${krt}\n`)
  return `${head}${above}${children(rt, 'rt-entry').map(entryText).join('')}\n`
}

function entryText(entry: XmlElement): string {
  const preference2 = textOf(entry, 'preference2')
  const mark = textOf(entry, 'active-tag') || ' '
  const preferences = `Preference: ${textOf(entry, 'preference')}${preference2 === '' ? '' : `/${preference2}`}`
  const seconds = Number(child(entry, 'age')?.attributes?.['junos:seconds'] ?? 0)
  const metrics = [
    ['metric', 'Metric'],
    ['metric2', 'Metric2'],
  ].flatMap(([name, word]) => (textOf(entry, name!) === '' ? [] : [`\t${word}: ${textOf(entry, name!)}`]))
  const tags = ['tag', 'tag2', 'color', 'color2'].flatMap(name => {
    const value = textOf(entry, name)
    return value === '' ? [] : [`    ${name[0]!.toUpperCase()}${name.slice(1)}: ${value}`]
  })
  const communities = children(child(entry, 'communities'), 'community').map(one => one.text)
  const reason = textOf(entry, 'inactive-reason')
  const bits = textOf(entry, 'announce-bits')
  const preference = textOf(entry, 'local-preference')
  const lines = [
    `Next hop type: ${textOf(entry, 'nh-type')}${ownIndex(entry)}`,
    `Next-hop reference count: ${textOf(entry, 'nh-reference-count')}`,
    ...nextHops(entry),
    ...children(child(entry, 'protocol-nh'), 'to').map(one => `Protocol next hop: ${one.text}`),
    `State: <${textOf(entry, 'rt-entry-state')}>`,
    ...(reason === '' ? [] : [`Inactive reason: ${reason}`]),
    `Age: ${detailAge(seconds)} ${metrics.join('')}`.trimEnd(),
    `Validation State: ${textOf(entry, 'validation-state')} `,
    ...tags,
    `Task: ${textOf(entry, 'task-name')}`,
    ...(bits === '' ? [] : [`Announcement bits (${bits}): ${textOf(entry, 'announce-tasks')} `]),
    `${textOf(entry, 'as-path')} `,
    ...(communities.length === 0 ? [] : [`Communities: ${communities.join(' ')}`]),
    ...(preference === '' ? [] : [`Localpref: ${preference}`]),
    ...(textOf(entry, 'client-id') === '' ? [] : [`Programmed by: ${textOf(entry, 'client-id')}`]),
  ]
  const name = `${mark}${textOf(entry, 'protocol-name').padEnd(6)} `
  return `        ${name}${preferences}\n${lines.map(line => `${indent}${line}\n`).join('')}`
}

/** Discard and its like have no index. */
function ownIndex(entry: XmlElement): string {
  const plain = ['Router', 'Indirect', 'Interface', 'Table'].includes(textOf(entry, 'nh-type'))
  return plain ? `, Next hop index: ${textOf(entry, 'nh-index')}` : ''
}

function nextHops(entry: XmlElement): string[] {
  return children(entry, 'nh').map(hop => {
    const local = textOf(hop, 'nh-local-interface')
    if (local !== '') return `Interface: ${local}`
    const table = textOf(hop, 'nh-table')
    if (table !== '') return `Next table: ${table}`
    const to = textOf(hop, 'to')
    const weight = textOf(hop, 'weight')
    const balance = textOf(hop, 'balance')
    const label = textOf(hop, 'mpls-label')
    return [
      `Next hop: ${to === '' ? '' : `${to} `}via ${textOf(hop, 'via')}`,
      weight === '' ? '' : ` weight ${weight}`,
      balance === '' ? '' : ` balance ${balance}`,
      child(hop, 'selected-next-hop') ? ', selected' : '',
      label === '' ? '' : `\n${indent}Label operation: ${label}`,
    ].join('')
  })
}
