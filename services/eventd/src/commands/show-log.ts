import type { OperationalCommand } from '@hangar/junos-cli'
import { child, children, element, textOf } from '@hangar/xml'
import type { LogFiles } from '../log/log-files.ts'
import { logTime } from '../log/log-line.ts'
import { fileOption, unknownFile } from './log-words.ts'

/** `show log`: which files there are. `show log <file>`: what one holds. */
export function showLog(files: LogFiles): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'log', help: 'Show contents of log file' },
    ],
    options: [fileOption],
    permission: 'trace',
    rpc: 'get-log',
    run({ options }) {
      const name = options.get('filename')
      if (name === undefined) return element('directory', files.list().map(entry))
      const file = files.get(name)
      if (!file) throw unknownFile(name)
      return element('file-content', file.lines.map(line => `${line}\n`).join(''), { filename: `/var/log/${name}` })
    },
    text(data) {
      if (data.name === 'file-content') return data.text ?? ''
      const entries = children(data, 'file-information')
      const total = entries.reduce((sum, one) => sum + Number(textOf(one, 'file-size')), 0)
      const lines = entries.map(one => {
        const modified = child(one, 'file-date')?.attributes?.format ?? ''
        return `-rw-r-----  1 root  wheel ${textOf(one, 'file-size').padStart(11)} ${modified} ${textOf(one, 'file-name')}\n`
      })
      return `total ${Math.ceil(total / 512)}\n${lines.join('')}`
    },
  }
}

function entry([name, file]: [string, { bytes: number; modified: number }]) {
  return element('file-information', [
    element('file-name', name),
    element('file-size', file.bytes),
    element('file-date', Math.floor(file.modified / 1000), { format: logTime(file.modified).slice(0, 12) }),
  ])
}
