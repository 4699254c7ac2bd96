import { CommandError } from '../command.ts'
import type { ReadResult } from '../editor/line-editor.ts'

/** Characters that `load ... terminal` takes at most. */
const limit = 16 * 1024 * 1024

/** Lines until ^D or the end of the input; undefined when ^C broke it off. Throws `CommandError` when it gets too long. */
export async function readText(read: () => Promise<ReadResult>): Promise<string | undefined> {
  const lines: string[] = []
  let size = 0
  for (;;) {
    const result = await read()
    if (result.kind === 'interrupt') return undefined
    if (result.kind !== 'line') return lines.map(line => `${line}\n`).join('')
    lines.push(result.line)
    size += result.line.length + 1
    if (size > limit) throw new CommandError('configuration is too large')
  }
}
