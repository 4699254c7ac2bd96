import type { LoadAction, LoadResult } from '@hangar/junos-cli'
import { type Branch, emptyRoot, formatLoadError, type Loaded, loadSet, loadText } from '@hangar/junos-config'
import { stepsOf } from './place.ts'

/** What a `load ... terminal` makes of a candidate. Statements that are wrong are left out and reported, as a router does. */
export function loaded(
  tree: Branch,
  action: LoadAction,
  text: string,
  relative: readonly string[] | undefined,
): { tree: Branch; result: LoadResult } {
  const loaded = read(tree, action, text, relative)
  const errors = loaded.errors.map(error => formatLoadError('terminal', error).join('\n'))
  const uncounted = loaded.errorCount - loaded.errors.length
  if (uncounted > 0) errors.push(`terminal: ${uncounted} more errors`)
  const warnings = loaded.warnings.map(({ level, statement, message }) => `${level} '${statement}': ${message}`)
  return { tree: loaded.root, result: { errors, warnings } }
}

function read(tree: Branch, action: LoadAction, text: string, relative: readonly string[] | undefined): Loaded {
  const at = relative ? { at: stepsOf(relative) } : {}
  switch (action) {
    case 'set':
      return loadSet(tree, text, at)
    case 'merge':
      return loadText(tree, text, at)
    case 'replace':
      return loadText(tree, text, { ...at, tags: true })
    case 'override':
    case 'update':
      // The whole configuration is the new one; a commit tells daemons only of what differs, whichever word was used.
      return loadText(emptyRoot, text)
  }
}
