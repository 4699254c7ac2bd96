import { product } from '@hangar/daemon'
import type { Head } from './render.ts'
import { type CommitRecord, formatTime } from './revision.ts'

const namespace = { 'xmlns:junos': `http://xml.juniper.net/junos/${product.release}/junos` }

/** What stands above a committed configuration: when it was committed, and by whom. */
export function headOf(record: CommitRecord | undefined): Head {
  if (!record) return { line: '## Last commit: none', attributes: {}, version: product.softwareVersion }
  return {
    line: `## Last commit: ${formatTime(record.time)} by ${record.user}`,
    attributes: { ...namespace, ...moment('commit', record.time), 'junos:commit-user': record.user },
    version: product.softwareVersion,
  }
}

/** What stands above a candidate with changes. */
export function changedHead(time: number): Head {
  return {
    line: `## Last changed: ${formatTime(time)}`,
    attributes: { ...namespace, ...moment('changed', time) },
    version: product.softwareVersion,
  }
}

function moment(what: 'commit' | 'changed', time: number): Readonly<Record<string, string>> {
  return {
    [`junos:${what}-seconds`]: String(Math.floor(time / 1000)),
    [`junos:${what}-localtime`]: formatTime(time),
  }
}
