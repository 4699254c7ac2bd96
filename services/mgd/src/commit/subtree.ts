import { type Branch, diff, emptyBranch, formatSet, type SchemaNode } from '@hangar/junos-config'

/** The set and delete lines that turn the subtree of one configuration into that of the other; none when they are the same. */
export function subtreeDelta(before: Branch, after: Branch, path: readonly string[]): string[] {
  const a = only(before, path)
  const b = only(after, path)
  return a && b ? diff(a, b, path.slice(0, -1)) : []
}

/** The set lines that make the subtree from nothing. */
export function subtreeLines(root: Branch, path: readonly string[]): string[] {
  const branch = only(root, path)
  return branch && branch.children.size > 0 ? formatSet(branch, path.slice(0, -1)) : []
}

/**
 * What holds the statement that a path of fixed words names (`system services ssh`), with nothing else in it. Undefined when the
 * schema has no such place: a daemon that reads it gets nothing.
 */
function only(root: Branch, path: readonly string[]): Branch | undefined {
  let schema: SchemaNode = root.schema
  let branch: Branch | undefined = root
  for (const name of path.slice(0, -1)) {
    const statement: SchemaNode | undefined = schema.kind === 'container' ? schema.statements.get(name) : undefined
    if (statement?.kind !== 'container') return undefined
    schema = statement
    const child: unknown = branch?.children.get(name)
    branch = isBranch(child) ? child : undefined
  }
  const last = path.at(-1)
  if (last === undefined || schema.kind !== 'container') return undefined
  const node = branch?.children.get(last)
  return { ...emptyBranch(schema), children: node ? new Map([[last, node]]) : new Map() }
}

function isBranch(node: unknown): node is Branch {
  return (node as Branch | undefined)?.kind === 'branch'
}
