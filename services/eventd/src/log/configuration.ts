import type { ConfigView } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import type { Selection } from './selector.ts'

export interface FileConfiguration extends Selection {
  name: string
  /** Bytes, where `archive size` says so. */
  size?: number
}

export interface SyslogConfiguration {
  files: readonly FileConfiguration[]
  /** What a router would refuse at commit, by file. */
  problems: readonly { file: string; message: string }[]
}

/** Reads `system syslog` from the root of a configuration. What matches expressions is loaded when there is one. */
export async function readSyslog(root: ConfigView): Promise<SyslogConfiguration> {
  const problems: { file: string; message: string }[] = []
  const syslog = root.at('system', 'syslog')
  const list = syslog.list('file')
  const patterns = list.some(file => file.has('match')) ? await import('@hangar/junos-cli/pattern') : undefined
  const files = list.map((file): FileConfiguration => {
    const rules = new Map<string, string>()
    for (const facility of file.list()) {
      const [severity] = facility.branch!.children.keys()
      if (severity !== undefined) rules.set(facility.key, severity)
    }
    const expression = file.leaf('match')
    let match: FileConfiguration['match']
    try {
      if (expression !== undefined) match = patterns?.patternTest(expression)
    } catch (error) {
      problems.push({ file: file.key, message: `match: ${messageOf(error)}` })
    }
    const size = bytesOf(file.at('archive').leaf('size') ?? syslog.at('archive').leaf('size'))
    return {
      name: file.key,
      rules,
      matchStrings: file.values('match-strings'),
      ...(match && { match }),
      ...(size !== undefined && { size }),
    }
  })
  return { files, problems }
}

/** `64k`, `1m`, `1g` or a number of bytes. */
function bytesOf(text: string | undefined): number | undefined {
  const parts = text?.match(/^(\d+)([kmg]?)$/)
  if (!parts) return undefined
  return Number(parts[1]) * { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[parts[2] as '' | 'k' | 'm' | 'g']
}
