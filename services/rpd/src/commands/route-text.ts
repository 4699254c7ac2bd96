import { child, children, textOf, type XmlElement } from '@hangar/xml'

/** Columns as recorded: destinations at 0, the mark of a route at 19, its next hops at 20. */
const column = { mark: 19, way: 20 } as const

/** The line that every table begins with. */
export function tableHeading(table: XmlElement): string {
  const [destinations, routes, active, holddown, hidden] = [
    'destination-count',
    'total-route-count',
    'active-route-count',
    'holddown-route-count',
    'hidden-route-count',
  ].map(name => textOf(table, name))
  const counts = `${destinations} destinations, ${routes} routes (${active} active, ${holddown} holddown, ${hidden} hidden)`
  return `\n${textOf(table, 'table-name')}: ${counts}\n`
}

export const key = '+ = Active Route, - = Last Active, * = Both\n'

/** One destination of `show route`: a line a route, below it a line a next hop. */
export function briefText(rt: XmlElement): string {
  const name = textOf(rt, 'rt-destination')
  let line = name.length < column.mark ? name.padEnd(column.mark) : `${name}\n${''.padEnd(column.mark)}`
  return children(rt, 'rt-entry')
    .map(entry => {
      const text = `${line}${mark(entry)}[${protocolText(entry)}] ${textOf(entry, 'age')}${valuesText(entry)}\n${waysText(entry)}`
      line = ''.padEnd(column.mark)
      return text
    })
    .join('')
}

/** One destination of `show route terse`: a line a next hop. */
export function terseText(rt: XmlElement): string {
  const lines = children(rt, 'rt-entry').flatMap((entry, nth) => {
    const name = nth === 0 ? textOf(rt, 'rt-destination') : ''
    const start = [
      `${mark(entry)} ?`,
      name.padEnd(18),
      textOf(entry, 'protocol-name')[0]!,
      textOf(entry, 'preference').padStart(3),
      numberColumn(entry, 'metric', 10),
      numberColumn(entry, 'metric2', 10),
    ].join(' ')
    return ways(entry).map((way, at) => `${(at === 0 ? start : '').padEnd(50)} ${way}`.trimEnd())
  })
  return lines.map(line => `${line}\n`).join('')
}

export const terseHeading = 'A V Destination        P Prf   Metric 1   Metric 2  Next hop        AS path\n'

function numberColumn(entry: XmlElement, name: string, width: number): string {
  return textOf(entry, name).padStart(width)
}

function ways(entry: XmlElement): string[] {
  const hops = children(entry, 'nh')
  const type = textOf(entry, 'nh-type')
  if (type === 'Local' || hops.length === 0) return [` ${type}`]
  return hops.map(hop => {
    const selected = child(hop, 'selected-next-hop') ? '>' : ' '
    return `${selected}${textOf(hop, 'to') || textOf(hop, 'via') || textOf(hop, 'nh-table')}`
  })
}

function mark(entry: XmlElement): string {
  return textOf(entry, 'active-tag') || ' '
}

/** "Static/5/100" */
export function protocolText(entry: XmlElement): string {
  const preference2 = textOf(entry, 'preference2')
  return `${textOf(entry, 'protocol-name')}/${textOf(entry, 'preference')}${preference2 === '' ? '' : `/${preference2}`}`
}

function valuesText(entry: XmlElement): string {
  const words = [
    ['med', 'MED'],
    ['metric', 'metric'],
    ['metric2', 'metric2'],
    ['tag', 'tag'],
    ['tag2', 'tag2'],
    ['color', 'color'],
    ['color2', 'color2'],
  ] as const
  return words
    .flatMap(([name, word]) => {
      const value = textOf(entry, name)
      return value === '' ? [] : [`, ${word} ${value}`]
    })
    .join('')
}

function waysText(entry: XmlElement): string {
  const indent = ''.padEnd(column.way)
  const type = textOf(entry, 'nh-type')
  const local = child(child(entry, 'nh'), 'nh-local-interface')
  if (local) return `${indent}   Local via ${local.text}\n`
  const hops = children(entry, 'nh')
  if (hops.length === 0) return `${indent}   ${type}\n`
  return hops.map(hop => `${indent}${wayText(hop)}\n`).join('')
}

/** ">  to 10.0.0.2 via xe-0/0/0.0, Push 17": the two blanks are those of releases from 19 on. */
function wayText(hop: XmlElement): string {
  const table = textOf(hop, 'nh-table')
  if (table !== '') return `   to table ${table}`
  const to = textOf(hop, 'to')
  const rest = [textOf(hop, 'mpls-label'), textOf(hop, 'weight') && `weight ${textOf(hop, 'weight')}`].filter(Boolean)
  const balance = textOf(hop, 'balance')
  const way = `${to === '' ? '' : `to ${to} `}via ${textOf(hop, 'via')}${rest.map(one => `, ${one}`).join('')}`
  return `${child(hop, 'selected-next-hop') ? '> ' : '  '} ${way}${balance === '' ? '' : `, balance ${balance}`}`
}
