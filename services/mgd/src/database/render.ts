import type { ConfigurationFormat } from '@hangar/junos-cli'
import {
  type Branch,
  configurationElement,
  configurationJson,
  formatTargetSet,
  formatTargetText,
  type Remarks,
  type Target,
} from '@hangar/junos-config'
import { renderXml } from '@hangar/xml'
import { partOf } from './place.ts'

/** What stands above a whole configuration. */
export interface Head {
  /** "## Last commit: 2014-03-24 16:34:32 UTC by rick" */
  readonly line: string
  /** The same for XML and JSON: junos:commit-user and its like. */
  readonly attributes: Readonly<Record<string, string>>
  /** Of the software, for a configuration that names none: "23.4R1.10". */
  readonly version: string
}

/** What the text says above things: above the whole of it, and above what came out of groups. */
export interface Above {
  readonly head?: Head | undefined
  readonly remarks?: Remarks | undefined
}

/** A part of a configuration in the format asked for; text and set end each line in "\n". */
export function render(
  root: Branch,
  target: Target,
  format: ConfigurationFormat,
  { head, remarks }: Above = {},
): string {
  const version = head && !root.children.has('version') ? head.version : undefined
  const text = (lines: readonly string[]) => lines.map(line => `${line}\n`).join('')
  switch (format) {
    case 'text':
      return `${head ? `${head.line}\n` : ''}${version ? `version ${version};\n` : ''}${text(formatTargetText(root, target, remarks))}`
    case 'set':
      return `${version ? `set version ${version}\n` : ''}${text(formatTargetSet(root, target))}`
    case 'xml': {
      const { branch, steps } = partOf(root, target)
      return renderXml(configurationElement(branch, steps, head?.attributes))
    }
    case 'json': {
      const { branch, steps } = partOf(root, target)
      return configurationJson(branch, steps, head?.attributes)
    }
  }
}
