import { ConfigurationSyntaxError } from '../../configuration-errors.ts'
import type { ConfigurationSession } from '../../configuration-session.ts'
import type { Word } from '../../line/words.ts'
import type { CliCommand, SessionState } from '../call.ts'
import type { Editing, Level } from '../editing.ts'

const top: Level = { path: [], above: [] }

/** `top` and `up`: alone they move, before a command they say where it works. */
export function levelCommands(shell: SessionState): CliCommand[] {
  const up = (options: ReadonlyMap<string, string>) => levelAbove(shell.editing!, Number(options.get('count') ?? 1))
  return [
    {
      words: [{ name: 'top', help: 'Exit to top level of configuration' }],
      into: ({ tree }) => ({ tree, path: [] }),
      action: moving(() => top),
    },
    {
      words: [{ name: 'up', help: 'Exit one level of configuration' }],
      options: [{ name: 'count', kind: 'positional', help: 'Number of levels to move up', range: [1, 1000] }],
      into: ({ tree }, options) => ({ tree, path: up(options).path }),
      action: moving(up),
    },
  ]
}

/** Makes it the edit path, and lets other users know. */
export function goTo(editing: Editing, { path, above }: Level): void {
  editing.path = path
  editing.above = above
  editing.session.moved(path)
}

/** The path with the levels above it: those of its beginnings that can be edited. */
export async function levelOf(session: ConfigurationSession, path: readonly string[]): Promise<Level> {
  const above: (readonly string[])[] = path.length === 0 ? [] : [[]]
  for (let length = 1; length < path.length; length++) {
    const beginning = path.slice(0, length)
    if (await isLevel(session, beginning)) above.push(beginning)
  }
  return { path, above }
}

async function isLevel(session: ConfigurationSession, path: readonly string[]): Promise<boolean> {
  try {
    await session.edit({ path: [], words: path.map(typed) })
    return true
  } catch (thrown) {
    if (thrown instanceof ConfigurationSyntaxError) return false
    throw thrown
  }
}

/** The word as if it had been typed. A name that stands in quotes can't be taken for anything else, a keyword must not. */
function typed(text: string, index: number): Word {
  return { text, start: index, end: index + 1, quoted: !/^[\w.:/,@%+=~^!?*<>-]+$/.test(text) }
}

function levelAbove({ above }: Editing, count: number): Level {
  const index = Math.max(above.length - count, 0)
  return { path: above[index] ?? [], above: above.slice(0, index) }
}

function moving(where: (options: ReadonlyMap<string, string>) => Level) {
  return {
    piped: 'text',
    async *run({ shell, options }) {
      const { editing } = shell
      if (!editing) return
      const level = where(options)
      editing.back = editing.back.filter(({ path }) => path.length < level.path.length)
      goTo(editing, level)
      yield ''
    },
  } satisfies CliCommand['action']
}
