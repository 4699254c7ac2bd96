import { type Branch, type Format, formatLoadError, type LoadAction, load, type Step } from '@hangar/junos-config'
import { LoadFailed } from './load-failed.ts'
import { setCommands } from './set-commands.ts'

/** Configuration as a program sends it. */
export interface GivenConfiguration {
  readonly format: Format
  readonly text: string
}

export type LoadType = Exclude<LoadAction, 'patch'>

/** What a load makes of a tree, all of it or nothing. `at`: the level that XML and JSON stand at. Throws {@link LoadFailed}. */
export function loadConfiguration(
  tree: Branch,
  { format, text: given }: GivenConfiguration,
  type: LoadType,
  at: readonly Step[] = [],
): Branch {
  const text = format === 'set' ? setCommands(given) : given
  const { root, errors, errorCount } = load(tree, type, text, { format, at })
  if (errorCount === 0) return root
  const lines = errors.slice(0, 10).flatMap(error => formatLoadError('configuration', error))
  if (errorCount > 10) lines.push(`and ${errorCount - 10} more errors`)
  throw new LoadFailed(lines.join('\n'))
}
