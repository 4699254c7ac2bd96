import { children, textOf, type XmlElement } from '@hangar/xml'

const column = { type: 19, nextHop: 30, nextHopType: 49 } as const
const columns = 'Destination        Type RtRef Next hop           Type Index    NhRef Netif\n'
const plainTypes = new Set([
  'ucst',
  'dscd',
  'rjct',
  'locl',
  'recv',
  'rslv',
  'rtbl',
  'ulst',
  'indr',
  'mdsc',
  'mcst',
  'bcst',
])

/** The lines above a table's routes, or its summary. */
export function tableHeading(table: XmlElement): string {
  const protocols = textOf(table, 'enabled-protocols')
  return (
    `Routing table: ${textOf(table, 'table-name')}\n${textOf(table, 'address-family')}:\n` +
    (protocols === '' ? '' : `Enabled protocols: ${protocols}\n`)
  )
}

/** The columns' names, and routes below them. */
export function routesHeading(table: XmlElement): string {
  return tableHeading(table) + columns
}

/** A route: one line for each next hop, and more where a text is wider than its column. */
export function routeText(entry: XmlElement): string {
  const destination = textOf(entry, 'rt-destination')
  const start =
    destination.length < column.type ? destination.padEnd(column.type) : `${destination}\n${' '.repeat(column.type)}`
  const type = `${textOf(entry, 'destination-type')} ${textOf(entry, 'route-reference-count').padStart(5)} `
  const [first, ...others] = children(entry, 'nh').map(nextHopText)
  const indent = ' '.repeat(column.nextHop)
  return `${start}${type}${first}\n${others.map(other => `${indent}${other}\n`).join('')}`
}

function nextHopText(nextHop: XmlElement): string {
  const width = column.nextHopType - column.nextHop
  const to = textOf(nextHop, 'to')
  const type = textOf(nextHop, 'nh-type')
  // Label operations begin a column earlier, as recorded, and push the rest to the right.
  const shown = plainTypes.has(type) ? ` ${type}` : type.padEnd(5)
  const address = to.length < width ? to.padEnd(width - 1) : `${to}\n${' '.repeat(column.nextHopType - 1)}`
  const numbers = `${textOf(nextHop, 'nh-index').padStart(8)} ${textOf(nextHop, 'nh-reference-count').padStart(5)}`
  return `${address}${shown} ${numbers} ${textOf(nextHop, 'via')}`.trimEnd()
}

/** `show route forwarding-table summary`. */
export function summaryText(table: XmlElement): string {
  const rows = children(table, 'route-table-summary').map(
    one => `        ${textOf(one, 'route-table-type')}:         ${textOf(one, 'route-count').padStart(2)} routes\n`,
  )
  return tableHeading(table) + rows.join('')
}
