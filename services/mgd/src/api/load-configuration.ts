import {
  type Branch,
  emptyRoot,
  formatLoadError,
  type Loaded,
  loadJson,
  loadSet,
  loadText,
  loadXml,
  type Step,
} from '@hangar/junos-config'
import { LoadFailed } from './load-failed.ts'
import { setCommands } from './set-commands.ts'

/** Configuration as a program sends it. */
export interface GivenConfiguration {
  readonly format: 'xml' | 'json' | 'text' | 'set'
  readonly text: string
}

export type LoadType = 'merge' | 'replace' | 'override' | 'update' | 'set'

/** What a load makes of a tree, all of it or nothing. `at`: the level that XML and JSON stand at. Throws {@link LoadFailed}. */
export function loadConfiguration(
  tree: Branch,
  given: GivenConfiguration,
  type: LoadType,
  at: readonly Step[] = [],
): Branch {
  const { root, errors, errorCount } = read(tree, given, type, at)
  if (errorCount === 0) return root
  const lines = errors.slice(0, 10).flatMap(error => formatLoadError('configuration', error))
  if (errorCount > 10) lines.push(`and ${errorCount - 10} more errors`)
  throw new LoadFailed(lines.join('\n'))
}

function read(tree: Branch, { format, text }: GivenConfiguration, type: LoadType, at: readonly Step[]): Loaded {
  const base = type === 'override' || type === 'update' ? emptyRoot : tree
  switch (format) {
    case 'set':
      return loadSet(tree, setCommands(text))
    case 'text':
      return loadText(base, text, { tags: type === 'replace' })
    case 'xml':
      return loadXml(base, text, { at })
    case 'json':
      return loadJson(base, text, { at })
  }
}
