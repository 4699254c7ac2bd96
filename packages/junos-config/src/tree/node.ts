import type { BranchSchema, ContainerSchema, LeafListSchema, LeafSchema, ListSchema } from '../schema/node.ts'
import type { Marks } from './marks.ts'

/*
 * The configuration as immutable nodes. A change makes new nodes along its path and shares the rest, so that equal
 * subtrees of two versions are mostly the same objects and comparing them costs nothing.
 */

/** A container, or one entry of a list (then `keys` names it). */
export interface Branch extends Marks {
  readonly kind: 'branch'
  readonly schema: BranchSchema
  /** The entry's keys; empty for a container. */
  readonly keys: readonly string[]
  readonly children: ReadonlyMap<string, TreeNode>
}

/** The entries of one list, in the order in which they were made, by `entryKey`. Never empty. */
export interface List {
  readonly kind: 'list'
  readonly schema: ListSchema
  readonly entries: ReadonlyMap<string, Branch>
}

export interface Leaf extends Marks {
  readonly kind: 'leaf'
  readonly schema: LeafSchema
  /** Canonical text; empty for a flag. */
  readonly value: string
}

export interface LeafList extends Marks {
  readonly kind: 'leaf-list'
  readonly schema: LeafListSchema
  /** Distinct, never empty. */
  readonly values: readonly string[]
}

export type TreeNode = Branch | List | Leaf | LeafList

/** The map key of a list entry. No key holds NUL: value types refuse it. */
export function entryKey(keys: readonly string[]): string {
  return keys.length === 1 ? keys[0]! : keys.join('\u0000')
}

/** A branch with nothing in it. */
export function emptyBranch(schema: BranchSchema, keys: readonly string[] = []): Branch {
  return { kind: 'branch', schema, keys, children: new Map(), inactive: false }
}

/** Whether an empty branch of this schema still stands for something. */
export function meansSomethingEmpty(schema: BranchSchema): boolean {
  return schema.kind === 'list' || schema.presence
}

/** Lists never change, so neither does their order: sorting the thousands of a large one is done once. */
const sorted = new WeakMap<List, readonly Branch[]>()

/** The entries of a list in the order in which they are shown. */
export function orderedEntries(list: List): readonly Branch[] {
  if (list.schema.order !== 'system' || list.entries.size < 2) return [...list.entries.values()]
  const known = sorted.get(list)
  if (known) return known
  const entries = [...list.entries.values()].sort((a, b) => compareEntries(list.schema, a, b))
  sorted.set(list, entries)
  return entries
}

/** The children of a branch in the order in which they are shown: the schema's. */
export function orderedChildren(branch: Branch): TreeNode[] {
  const { children, schema } = branch
  if (children.size < 2) return [...children.values()]
  const ordered: TreeNode[] = []
  for (const { name } of schema.statements.all) {
    const child = children.get(name)
    if (child) ordered.push(child)
  }
  return ordered
}

function compareEntries(schema: ListSchema, a: Branch, b: Branch): number {
  for (let i = 0; i < a.keys.length; i++) {
    const difference = schema.compare(a.keys[i]!, b.keys[i] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

/** The root container's schema is one without a name. */
export function isRoot(schema: ContainerSchema): boolean {
  return schema.name === ''
}
