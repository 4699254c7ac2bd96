import type { CliCommand } from '../call.ts'
import type { Editing, Shell } from '../shell.ts'
import { configurationScope } from './commands.ts'

/** `top` and `up`: alone they move, before a command they say where it works. */
export function levelCommands(shell: Shell): CliCommand[] {
  return [
    {
      words: [{ name: 'top', help: 'Exit to top level of configuration' }],
      into: () => configurationScope(shell, []),
      action: moving(() => []),
    },
    {
      words: [{ name: 'up', help: 'Exit one level of configuration' }],
      options: [{ name: 'count', kind: 'positional', help: 'Number of levels to move up', range: [1, 1000] }],
      into: ({ path }, options) => configurationScope(shell, above(path, options)),
      action: moving(above),
    },
  ]
}

/** Makes it the edit path, and lets other users know. */
export function goTo(editing: Editing, path: readonly string[]): void {
  editing.path = path
  editing.session.moved(path)
}

function moving(where: (path: readonly string[], options: ReadonlyMap<string, string>) => readonly string[]) {
  return {
    piped: 'text',
    async *run({ shell, path, options }) {
      const { editing } = shell
      if (!editing) return
      const target = where(path, options)
      editing.levels = editing.levels.filter(level => level.length < target.length)
      goTo(editing, target)
      yield ''
    },
  } satisfies CliCommand['action']
}

/** A level is a word of the path here: `up` from `interfaces xe-0/0/0` leads to `interfaces`. */
function above(path: readonly string[], options: ReadonlyMap<string, string>): readonly string[] {
  return path.slice(0, Math.max(path.length - Number(options.get('count') ?? 1), 0))
}
