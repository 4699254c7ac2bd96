import { branchHead } from '../format/text.ts'
import { keySchemas } from '../schema/keys.ts'
import type { SchemaNode } from '../schema/node.ts'
import { quote } from '../statement/words.ts'
import { type Branch, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import { ConfigView } from '../tree/view.ts'
import type { Reference } from '../values/value.ts'
import { placeless, semantic } from './place.ts'
import type { Problem } from './problem.ts'

/**
 * Branches that lack nothing and refer to nothing: whatever becomes of the rest, there is nothing to say about them. Most of a
 * large configuration is such and shared from one candidate to the next, so the work follows the change.
 */
const sound = new WeakSet<Branch>()

/** What the schema alone demands: mandatory statements, and names that must exist. */
export function checkSchema(root: Branch): Problem[] {
  const problems: Problem[] = []
  const names = new Map<Reference, Set<string>>()
  /** Of everything looked at so far: grows wherever a branch is not sound. */
  let remarkable = 0
  walk(root, [])
  return problems

  function walk(branch: Branch, steps: readonly Step[]): void {
    if (sound.has(branch)) return
    const before = remarkable
    for (const child of orderedChildren(branch)) {
      checkReferences(child, steps)
      if (child.kind === 'branch') enter(child, steps)
      else if (child.kind === 'list') for (const entry of orderedEntries(child)) enter(entry, steps)
    }
    if (remarkable === before) sound.add(branch)
  }

  function enter(branch: Branch, above: readonly Step[]): void {
    const { mandatory } = branch.schema.statements
    for (const name of mandatory) {
      if (branch.children.has(name)) continue
      remarkable++
      problems.push({
        severity: 'error',
        kind: 'missing',
        path: above,
        statement: branchHead(branch),
        message: `Missing mandatory statement: '${name}'`,
      })
    }
    checkKeys(branch, above)
    walk(branch, [...above, { schema: branch.schema, keys: branch.keys }])
  }

  function checkKeys(branch: Branch, above: readonly Step[]): void {
    if (branch.schema.kind !== 'list') return
    keySchemas(branch.schema, branch.keys).forEach(({ type }, i) => {
      if (type.refers) check(type.refers, branch.keys[i]!, above, branchHead(branch))
    })
  }

  function checkReferences(node: TreeNode, path: readonly Step[]): void {
    if (node.kind !== 'leaf' && node.kind !== 'leaf-list') return
    const refers = node.schema.type?.refers
    if (!refers) return
    for (const value of node.kind === 'leaf' ? [node.value] : node.values) {
      check(refers, value, path, `${node.schema.name} ${quote(value)}`)
    }
  }

  function check(refers: Reference, value: string, path: readonly Step[], statement: string): void {
    remarkable++
    if (refers.builtin && Object.hasOwn(refers.builtin, value)) return
    if (existing(refers).has(value)) return
    problems.push(
      refers.placeless ? placeless(refers.message(value)) : semantic(path, statement, refers.message(value)),
    )
  }

  function existing(refers: Reference): Set<string> {
    const known = names.get(refers) ?? new Set(namesAt(root, refers))
    names.set(refers, known)
    return known
  }
}

/** The names that a reference may use and that are configured. */
export function namesAt(root: Branch, refers: Reference): string[] {
  const holder = new ConfigView(root.schema, root).at(...refers.to.slice(0, -1))
  const last = refers.to.at(-1)!
  const schema: SchemaNode | undefined = holder.schema.statements.named(last)
  const entries = schema?.kind === 'list' ? holder.list(last) : holder.at(last).list()
  return entries.map(entry => entry.key)
}
