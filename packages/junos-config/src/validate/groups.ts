import { type Branch, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import { namesAt } from './generic.ts'
import type { Problem } from './problem.ts'

/** Branches in which nothing names a group. */
const plain = new WeakSet<Branch>()

/** Names of groups that don't exist. Looked for in the candidate itself: inheritance leaves no trace of them. */
export function checkGroups(candidate: Branch): Problem[] {
  const problems: Problem[] = []
  let names: Set<string> | undefined
  let found = 0
  const walk = (branch: Branch, path: readonly Step[]): void => {
    if (plain.has(branch)) return
    const before = found
    for (const node of orderedChildren(branch)) check(node, path)
    if (found === before) plain.add(branch)
  }
  const check = (node: TreeNode, path: readonly Step[]): void => {
    if (node.kind === 'branch' && !node.inactive) walk(node, [...path, { schema: node.schema, keys: node.keys }])
    if (node.kind === 'list') for (const entry of orderedEntries(node)) check(entry, path)
    if (node.kind !== 'leaf-list' || node.inactive || !node.schema.name.startsWith('apply-groups')) return
    found++
    const { refers } = node.schema.type
    if (!refers) return
    names ??= new Set(namesAt(candidate, refers))
    for (const value of node.values) {
      if (names.has(value)) continue
      const message = refers.message(value)
      problems.push({ severity: 'error', kind: 'semantic', path, statement: `${node.schema.name} ${value}`, message })
    }
  }
  walk(candidate, [])
  return problems
}
