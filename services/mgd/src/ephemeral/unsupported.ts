import type { Branch, TreeNode } from '@hangar/junos-config'

/** Hierarchies that the vendor's documentation names as not supported, and the one that says which instances there are. */
const refused: readonly (readonly string[])[] = [
  ['access'],
  ['chassis'],
  ['dynamic-profiles'],
  ['groups'],
  ['interfaces', 'interface-range'],
  ['interfaces', 'interface', 'unit', 'alias'],
  ['system', 'configuration-database'],
]

const groupStatements = new Set(['apply-groups', 'apply-groups-except'])

/** A statement that an ephemeral database does not hold. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** Throws {@link Unsupported} for a tree with a statement that an ephemeral database must not hold. */
export function refuseUnsupported(tree: Branch): void {
  const found = within(tree, [], refused)
  if (found) throw new Unsupported(`[edit ${found.join(' ')}]: not supported in the ephemeral configuration`)
}

function within(
  branch: Branch,
  path: readonly string[],
  below: readonly (readonly string[])[],
): readonly string[] | undefined {
  for (const child of branch.children.values()) {
    const { name } = child.schema
    const at = [...path, name]
    if (groupStatements.has(name)) return at
    const further = below.filter(([first]) => first === name).map(rest => rest.slice(1))
    if (further.some(rest => rest.length === 0)) return at
    for (const inner of branchesOf(child)) {
      const found = within(inner, at, further)
      if (found) return found
    }
  }
  return undefined
}

function branchesOf(node: TreeNode): Iterable<Branch> {
  if (node.kind === 'branch') return [node]
  return node.kind === 'list' ? node.entries.values() : []
}
