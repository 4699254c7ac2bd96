import type { ConfigurationFormat } from '@hangar/junos-cli'
import { type Branch, formatSet, formatText, type Step } from '@hangar/junos-config'

/** What stands above a whole configuration. */
export interface Head {
  /** "## Last commit: 2014-03-24 16:34:32 UTC by rick" */
  readonly line: string
  /** Of the software, for a configuration that names none: "23.4R1.10". */
  readonly version: string
}

/** A part of a configuration in the format asked for; text and set end each line in "\n". */
export function render(
  part: { branch: Branch; steps: readonly Step[]; path: readonly string[] },
  format: ConfigurationFormat,
  head: Head | undefined,
): string {
  const { branch, path } = part
  const version = head && !branch.children.has('version') ? head.version : undefined
  switch (format) {
    case 'text':
      return `${head ? `${head.line}\n` : ''}${version ? `version ${version};\n` : ''}${formatText(branch)}`
    case 'set': {
      if (branch.children.size === 0 && !head) return ''
      const lines = formatSet(branch, path).map(line => `${line}\n`)
      return `${version ? `set version ${version}\n` : ''}${lines.join('')}`
    }
    case 'xml':
    case 'json':
      throw new Error('to be written')
  }
}
