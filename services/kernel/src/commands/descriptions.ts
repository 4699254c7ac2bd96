import { element, textOf, type XmlElement } from '@hangar/xml'
import type { Selected } from '../interfaces/select.ts'
import { interfaceInformation, logicalStatus, physicalStatus } from './interface-information.ts'

const column = { admin: 16, link: 22, description: 27 } as const
const header = 'Interface       Admin Link Description\n'

/** `show interfaces descriptions` as data: ports and units that have one. */
export function descriptionsData(release: string, selection: readonly Selected[]): XmlElement {
  const described = selection.flatMap(({ ifd, whole, units }) => [
    ...(whole && ifd.description !== ''
      ? [element('physical-interface', [...physicalStatus(ifd), element('description', ifd.description)])]
      : []),
    ...units
      .filter(ifl => ifl.description !== '')
      .map(ifl => element('logical-interface', [...logicalStatus(ifd, ifl), element('description', ifl.description)])),
  ])
  return interfaceInformation(release, 'description', described)
}

/** `show interfaces descriptions` as text; nothing where there is none. */
export function descriptionsText(data: XmlElement): string {
  const rows = (data.children ?? []).map(one => {
    const admin = `${textOf(one, 'name').padEnd(column.admin - 1)} `
    const link = (admin + textOf(one, 'admin-status')).padEnd(column.link)
    return `${(link + textOf(one, 'oper-status')).padEnd(column.description)}${textOf(one, 'description')}\n`
  })
  return rows.length === 0 ? '' : header + rows.join('')
}
