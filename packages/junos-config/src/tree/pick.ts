import { readTarget } from '../statement/statement.ts'
import { asWords } from '../statement/words.ts'
import { findBranch, TreeEdit } from './edit.ts'
import { type Branch, emptyBranch } from './node.ts'

/**
 * The configuration with nothing but the hierarchies named (`['system', 'services', 'extension-service']`), shared with
 * the original: what a daemon is given to read. A path that the schema doesn't know is a programming error and throws.
 */
export function pick(root: Branch, paths: readonly (readonly string[])[]): Branch {
  const edit = new TreeEdit(emptyBranch(root.schema))
  for (const path of paths) {
    const target = readTarget(root.schema, asWords(path))
    if (!target.ok || target.value.member) throw new Error(`no hierarchy '${path.join(' ')}' in the schema`)
    const branch = findBranch(root, target.value.steps)
    if (branch) edit.replace(target.value.steps, branch)
  }
  return edit.finish()
}
