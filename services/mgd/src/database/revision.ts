/** A commit as it is remembered. */
export interface CommitRecord {
  /** Grows by one with each commit of the device, from 1. */
  readonly revision: number
  /** Unix milliseconds, whole seconds. */
  readonly time: number
  readonly user: string
  /** "cli", "netconf", "other" */
  readonly via: string
  readonly comment?: string
  /** Not confirmed: the revision to go back to. A device that starts with such a commit as its newest goes back. */
  readonly unconfirmed?: number
  /** The minutes of `commit confirmed`; stays when it was confirmed. */
  readonly confirmMinutes?: number
}

/** A commit with its configuration, as text. */
export interface Revision extends CommitRecord {
  readonly configuration: string
}

const magic = '## Hangar configuration'
const lastLine = '## End of configuration'

/** The file of a revision: a head that says who and when, the configuration as `show configuration` prints it, a last line that says it is whole. */
export function formatRevision(revision: Revision): string {
  const head = [
    `${magic} ${revision.revision}`,
    `## Last commit: ${formatTime(revision.time)} by ${revision.user} via ${revision.via}`,
  ]
  if (revision.comment !== undefined) head.push(`## Comment: ${JSON.stringify(revision.comment)}`)
  if (revision.unconfirmed !== undefined) head.push(`## Unconfirmed, goes back to: ${revision.unconfirmed}`)
  if (revision.confirmMinutes !== undefined) head.push(`## Minutes to confirm: ${revision.confirmMinutes}`)
  return `${head.join('\n')}\n${revision.configuration}${lastLine}\n`
}

const headPattern =
  /^## Hangar configuration (\d{1,15})\n## Last commit: (\S+ \S+) UTC by (\S+) via (\S+)\n(?:## Comment: ([^\n]*)\n)?(?:## Unconfirmed, goes back to: (\d{1,15})\n)?(?:## Minutes to confirm: (\d{1,5})\n)?/

/** Reads such a file; undefined when it is damaged: cut off, or not ours. The configuration itself is not looked at. */
export function parseRevision(text: string): Revision | undefined {
  const record = parseHead(text)
  if (!record || !text.endsWith(`${lastLine}\n`)) return undefined
  const start = headPattern.exec(text)![0].length
  return { ...record, configuration: text.slice(start, -lastLine.length - 1) }
}

/** Reads the head of such a file; undefined when it is none. */
export function parseHead(text: string): CommitRecord | undefined {
  const match = headPattern.exec(text)
  if (!match) return undefined
  const time = Date.parse(`${match[2]!.replace(' ', 'T')}Z`)
  if (Number.isNaN(time)) return undefined
  const comment = parseComment(match[5])
  return {
    revision: Number(match[1]),
    time,
    user: match[3]!,
    via: match[4]!,
    ...(comment !== undefined && { comment }),
    ...(match[6] !== undefined && { unconfirmed: Number(match[6]) }),
    ...(match[7] !== undefined && { confirmMinutes: Number(match[7]) }),
  }
}

/** "2020-03-05 16:04:34 UTC": the form of `show system commit` and of the head of `show configuration`. */
export function formatTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function parseComment(json: string | undefined): string | undefined {
  if (json === undefined) return undefined
  try {
    const comment: unknown = JSON.parse(json)
    return typeof comment === 'string' ? comment : undefined
  } catch {
    // A comment that a person mistyped in the file is no reason to lose a configuration.
    return json
  }
}
