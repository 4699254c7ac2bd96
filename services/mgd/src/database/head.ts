import { softwareVersion } from '../version.ts'
import type { Head } from './render.ts'
import { type CommitRecord, formatTime } from './revision.ts'

/** What stands above a committed configuration: when it was committed, and by whom. */
export function headOf(record: CommitRecord | undefined): Head {
  const line = record ? `## Last commit: ${formatTime(record.time)} by ${record.user}` : '## Last commit: none'
  return { line, version: softwareVersion }
}

/** What stands above a candidate with changes. */
export function changedHead(time: number): Head {
  return { line: `## Last changed: ${formatTime(time)}`, version: softwareVersion }
}
