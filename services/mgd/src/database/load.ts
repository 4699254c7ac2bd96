import type { LoadAction, LoadResult } from '@hangar/junos-cli'
import { type Branch, formatLoadError, load } from '@hangar/junos-config'
import { stepsOf } from './place.ts'

/** What a `load ... terminal` makes of a candidate. Statements that are wrong are left out and reported, as a router does. */
export function loaded(
  tree: Branch,
  action: LoadAction,
  text: string,
  relative: readonly string[] | undefined,
): { tree: Branch; result: LoadResult } {
  const loaded = load(tree, action, text, relative ? { at: stepsOf(relative) } : {})
  const errors = loaded.errors.map(error => formatLoadError('terminal', error).join('\n'))
  const uncounted = loaded.errorCount - loaded.errors.length
  if (uncounted > 0) errors.push(`terminal: ${uncounted} more errors`)
  const warnings = loaded.warnings.map(({ level, statement, message }) => `${level} '${statement}': ${message}`)
  return { tree: loaded.root, result: { errors, warnings } }
}
