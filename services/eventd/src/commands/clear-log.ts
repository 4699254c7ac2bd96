import type { OperationalCommand } from '@hangar/junos-cli'
import { element } from '@hangar/xml'
import type { LogFiles } from '../log/log-files.ts'
import { fileOption, unknownFile } from './log-words.ts'

/** `clear log <file>`: empties it. */
export function clearLog(files: LogFiles): OperationalCommand {
  return {
    words: [
      { name: 'clear', help: 'Clear information in the system' },
      { name: 'log', help: 'Clear contents of log file' },
    ],
    options: [{ ...fileOption, required: true }],
    permission: 'clear',
    rpc: 'clear-log',
    run({ options }) {
      const name = options.get('filename') ?? ''
      if (!files.clear(name)) throw unknownFile(name)
      return element('output')
    },
    text: () => '',
  }
}
