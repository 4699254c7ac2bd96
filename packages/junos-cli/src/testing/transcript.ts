import { ManualClock } from '@hangar/runtime'
import { CliSession } from '../session.ts'
import { FakeHost } from './fake-host.ts'
import { MemoryTerminal } from './memory-terminal.ts'
import { screenOf } from './screen.ts'
import { settle } from './settle.ts'

/** One case of a transcript file: `== title`, the pieces typed one a line, `--`, the screen that they lead to. */
export interface Transcript {
  readonly title: string
  readonly typed: readonly string[]
  readonly screen: readonly string[]
}

export function parseTranscripts(text: string): Transcript[] {
  return text
    .split(/^== /m)
    .slice(1)
    .map(part => {
      const [title, ...lines] = part.replace(/\n+$/, '').split('\n')
      const middle = lines.indexOf('--')
      const end = middle < 0 ? lines.length : middle
      return { title: title!, typed: lines.slice(0, end), screen: lines.slice(end + 1) }
    })
}

export function formatTranscripts(all: readonly Transcript[]): string {
  return all.map(({ title, typed, screen }) => [`== ${title}`, ...typed, '--', ...screen, '', ''].join('\n')).join('')
}

/** Types it at a fresh device's terminal; gives what is on the screen then. `\r \t \e \s \x03` and the like stand for keys. */
export async function play(typed: readonly string[]): Promise<string[]> {
  const terminal = new MemoryTerminal(true, { columns: 100, rows: 24 })
  const session = new CliSession({ host: new FakeHost(), terminal, clock: new ManualClock() })
  const done = session.run()
  await settle(terminal)
  for (const piece of typed) {
    terminal.type(keysOf(piece))
    await settle(terminal)
  }
  const screen = screenOf(terminal.output)
  session.end()
  await done
  while (screen.at(-1) === '') screen.pop()
  return screen
}

function keysOf(piece: string): string {
  return piece.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_whole, hex: string | undefined, char: string) =>
    hex !== undefined
      ? String.fromCharCode(Number.parseInt(hex, 16))
      : ({ r: '\r', t: '\t', e: '\u001B', s: ' ' }[char] ?? char),
  )
}
