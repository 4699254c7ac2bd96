import { type BranchSchema, isGrouped, type LeafListSchema, type LeafSchema, type SchemaNode } from '../schema/node.ts'
import { hasMarks, type Marks } from './marks.ts'
import { type Branch, emptyBranch, entryKey, type List, meansSomethingEmpty, type TreeNode } from './node.ts'
import type { Step, Target } from './path.ts'

/** A node that this edit made and so may change in place. */
type Mutable<Node> = { -readonly [Property in keyof Node]: Node[Property] }
type OwnBranch = Omit<Mutable<Branch>, 'children'> & { children: Map<string, TreeNode> }
type OwnList = Omit<Mutable<List>, 'entries'> & { entries: Map<string, Branch> }

/**
 * A batch of changes to one tree. The first change below a node copies it, later ones in the same batch find the copy:
 * n changes cost n paths. `finish()` gives the new tree; the one that was started from is untouched.
 */
export class TreeEdit {
  #root: Branch
  #owned = new Set<TreeNode>()
  readonly #refused: (readonly Step[])[] = []
  /** Branches that may have become empty, where that is looked at when all is done. */
  #emptied: (readonly Step[])[] | undefined

  /** `late`: containers that mean nothing empty go at `finish()`, so that one that is emptied and filled again stays what it is. */
  constructor(root: Branch, options: { pruning?: 'at-once' | 'late' } = {}) {
    this.#root = root
    if (options.pruning === 'late') this.#emptied = []
  }

  /** The protected places that were not changed, once for each change. */
  get refused(): readonly (readonly Step[])[] {
    return this.#refused
  }

  /** The tree as it is now, while the edit goes on. Only to look at: it still changes. */
  get root(): Branch {
    return this.#root
  }

  /** The tree with every change so far. The edit may go on: it then copies again. */
  finish(): Branch {
    const emptied = this.#emptied
    this.#emptied = undefined
    for (const steps of emptied ?? []) this.#prune(steps)
    this.#owned = new Set()
    return this.#root
  }

  /** Makes the branch that the steps name, if it is not there. Returns whether the tree changed. */
  touch(steps: readonly Step[]): boolean {
    const before = this.#find(steps)
    if (before || this.#refuses(steps)) return false
    this.#make(steps)
    return true
  }

  /** Sets a leaf in the branch that the steps name. */
  setLeaf(steps: readonly Step[], schema: LeafSchema, value: string): boolean {
    const old = this.#find(steps)?.children.get(schema.name)
    if (old?.kind === 'leaf' && old.value === value) return false
    if (this.#refuses(steps, schema.name)) return false
    const branch = this.#make(steps)
    this.#exclude(branch, schema)
    const marks = old?.kind === 'leaf' ? old : { inactive: false }
    branch.children.set(schema.name, { ...marks, kind: 'leaf', schema, value })
    return true
  }

  /** Appends the values that the leaf-list does not have yet. */
  addValues(steps: readonly Step[], schema: LeafListSchema, values: readonly string[]): boolean {
    const old = this.#find(steps)?.children.get(schema.name)
    const had = old?.kind === 'leaf-list' ? old.values : []
    const all = [...new Set([...had, ...values])]
    if (all.length === had.length) return false
    if (this.#refuses(steps, schema.name)) return false
    const branch = this.#make(steps)
    this.#exclude(branch, schema)
    const marks = old?.kind === 'leaf-list' ? old : { inactive: false }
    branch.children.set(schema.name, { ...marks, kind: 'leaf-list', schema, values: all })
    return true
  }

  /** Removes what the target names; false when it is not there. Containers that then mean nothing go too. */
  delete(target: Target): boolean {
    const { steps, member } = target
    if (this.#refuses(steps, member?.schema.name)) return false
    if (!member) return this.#deleteUnprotected(steps)
    const branch = this.#find(steps)
    const node = branch?.children.get(member.schema.name)
    if (!node) return false
    if (node.kind === 'leaf-list' && member.values.length > 0) {
      const kept = node.values.filter(value => !member.values.includes(value))
      if (kept.length === node.values.length) return false
      if (kept.length > 0) {
        this.#make(steps).children.set(member.schema.name, { ...node, values: kept })
        return true
      }
    }
    if (node.kind === 'leaf' && member.values.length > 0 && node.value !== member.values[0]) return false
    if (node.kind === 'list' && holdsProtected(node)) return this.#deleteEntries(steps, node)
    this.#make(steps).children.delete(member.schema.name)
    this.#prune(steps)
    return true
  }

  /** Marks what the target names inactive or active; 'missing' when it is not there. */
  setInactive(target: Target, inactive: boolean): 'changed' | 'unchanged' | 'missing' {
    return this.mark(target, { inactive })
  }

  /** Says something of what the target names; of each entry where it is a list. 'missing' when it is not there. */
  mark(target: Target, marks: Partial<Marks>): 'changed' | 'unchanged' | 'missing' {
    const { steps, member } = target
    const branch = this.#find(steps)
    if (!branch) return 'missing'
    if (!member) {
      if (steps.length === 0) return 'missing'
      if (branch.schema.kind === 'container' && branch.schema.prefix) {
        return this.#markEach(steps, [...branch.children.values()], marks)
      }
      if (isGrouped(branch.schema)) {
        const entries = [...branch.children.values()].flatMap(one =>
          one.kind === 'list' ? [...one.entries.values()] : [],
        )
        return this.#markEach(steps, entries, marks)
      }
      if (hasMarks(branch, marks) || this.#refusesMarks(marks, steps)) return 'unchanged'
      Object.assign(this.#make(steps), marks)
      return 'changed'
    }
    const node = branch.children.get(member.schema.name)
    if (!node || node.kind === 'branch') return 'missing'
    if (node.kind === 'list') {
      return this.#markEach(steps, [...node.entries.values()], marks)
    }
    if (hasMarks(node, marks) || this.#refusesMarks(marks, steps, node.schema.name)) return 'unchanged'
    this.#make(steps).children.set(node.schema.name, { ...node, ...marks })
    return 'changed'
  }

  /** Gives an entry another place among those of its list; false when it, or the one that it is to stand by, is not there. */
  move(steps: readonly Step[], where: 'first' | 'last' | 'before' | 'after', by?: readonly string[]): boolean {
    const { list, entry } = this.#entryOf(steps)
    const beside = by && entryKey(by)
    if (!list || !entry || (beside !== undefined && !list.entries.has(beside))) return false
    const name = entryKey(entry.keys)
    if (beside === name) return true
    if (this.#refuses(steps)) return false
    const others = [...list.entries].filter(([other]) => other !== name)
    const at = beside === undefined ? -1 : others.findIndex(([other]) => other === beside)
    const index = where === 'first' ? 0 : where === 'last' ? others.length : where === 'before' ? at : at + 1
    this.#ownList(this.#make(steps.slice(0, -1)), list.schema).entries = new Map(
      others.toSpliced(index, 0, [name, entry]),
    )
    return true
  }

  /** Gives an entry other keys, in its place; false when it is not there, or another has them. */
  rename(steps: readonly Step[], keys: readonly string[]): boolean {
    const { list, entry } = this.#entryOf(steps)
    const name = entryKey(keys)
    if (!list || !entry || list.entries.has(name) || this.#refuses(steps)) return false
    const renamed = { ...entry, keys }
    const own = this.#ownList(this.#make(steps.slice(0, -1)), list.schema)
    own.entries = new Map([...own.entries].map(([at, one]) => (one === entry ? [name, renamed] : [at, one])))
    return true
  }

  /** Makes an entry with other keys and the same contents, behind the others; false when it is not there, or another has them. */
  copy(steps: readonly Step[], keys: readonly string[]): boolean {
    const { list, entry } = this.#entryOf(steps)
    const name = entryKey(keys)
    if (!list || !entry || list.entries.has(name) || list.schema.single) return false
    if (this.#refuses(steps.slice(0, -1))) return false
    this.#ownList(this.#make(steps.slice(0, -1)), list.schema).entries.set(name, { ...entry, keys })
    return true
  }

  /** Gives a value of a set another place; false when it, or the one that it is to stand by, is not there. */
  moveValue(
    steps: readonly Step[],
    schema: LeafListSchema,
    value: string,
    where: 'before' | 'after',
    by: string,
  ): boolean {
    const node = this.#find(steps)?.children.get(schema.name)
    if (node?.kind !== 'leaf-list' || !node.values.includes(value) || !node.values.includes(by)) return false
    if (value === by) return true
    if (this.#refuses(steps, schema.name)) return false
    const others = node.values.filter(other => other !== value)
    const at = others.indexOf(by) + (where === 'after' ? 1 : 0)
    this.#make(steps).children.set(schema.name, { ...node, values: others.toSpliced(at, 0, value) })
    return true
  }

  /** Whether the branch that the steps name is there. */
  has(steps: readonly Step[]): boolean {
    return this.#find(steps) !== undefined
  }

  /** Whether a place is protected, or anything above it; then that is noted. */
  #refuses(steps: readonly Step[], member?: string): boolean {
    const place = protectedPlace(this.#root, steps, member)
    if (place === undefined) return false
    this.#refused.push(steps.slice(0, place))
    return true
  }

  /** The protection of a thing may be taken from itself, not from what is inside of it. */
  #refusesMarks(marks: Partial<Marks>, steps: readonly Step[], member?: string): boolean {
    if (!('isProtected' in marks)) return this.#refuses(steps, member)
    return member === undefined ? this.#refuses(steps.slice(0, -1)) : this.#refuses(steps)
  }

  /** What is protected inside of it stays, with what leads there. */
  #deleteUnprotected(steps: readonly Step[]): boolean {
    const branch = this.#find(steps)
    if (!branch || !holdsProtected(branch)) return this.#deleteBranch(steps)
    for (const node of branch.children.values()) {
      if (node.kind === 'branch') this.delete({ steps: [...steps, { schema: node.schema, keys: [] }] })
      else this.delete({ steps, member: { schema: node.schema, values: [] } })
    }
    return true
  }

  #deleteEntries(steps: readonly Step[], list: List): boolean {
    for (const { schema, keys } of list.entries.values()) this.delete({ steps: [...steps, { schema, keys }] })
    return true
  }

  #entryOf(steps: readonly Step[]): { list?: List; entry?: Branch } {
    const last = steps.at(-1)
    const list = last && this.#find(steps.slice(0, -1))?.children.get(last.schema.name)
    if (list?.kind !== 'list') return {}
    const entry = list.entries.get(entryKey(last!.keys))
    return entry ? { list, entry } : { list }
  }

  #markEach(above: readonly Step[], nodes: readonly TreeNode[], marks: Partial<Marks>): 'changed' | 'unchanged' {
    let changed = false
    for (const node of nodes) {
      if (node.kind !== 'branch') continue
      const steps = [...above, { schema: node.schema, keys: node.keys }]
      changed = this.mark({ steps }, marks) === 'changed' || changed
    }
    return changed ? 'changed' : 'unchanged'
  }

  #deleteBranch(steps: readonly Step[]): boolean {
    const last = steps.at(-1)
    if (!this.#find(steps)) return false
    if (!last) {
      this.#root = emptyBranch(this.#root.schema)
      return true
    }
    const above = steps.slice(0, -1)
    const parent = this.#make(above)
    if (last.schema.kind === 'list') {
      const list = this.#ownList(parent, last.schema)
      list.entries.delete(entryKey(last.keys))
      if (list.entries.size === 0) parent.children.delete(last.schema.name)
    } else {
      parent.children.delete(last.schema.name)
    }
    this.#prune(above)
    return true
  }

  /** Removes containers that became empty and mean nothing so, from the bottom up. */
  #prune(steps: readonly Step[]): void {
    const last = steps.at(-1)
    if (!last || meansSomethingEmpty(last.schema)) return
    if (this.#emptied) {
      this.#emptied.push(steps)
      return
    }
    if (this.#find(steps)?.children.size === 0) this.#deleteBranch(steps)
  }

  #find(steps: readonly Step[]): Branch | undefined {
    return findBranch(this.#root, steps)
  }

  /** The branch that the steps name, made where missing, and ours to change. */
  #make(steps: readonly Step[]): OwnBranch {
    if (!this.#owned.has(this.#root)) this.#root = this.#copy(this.#root)
    let branch = this.#root as OwnBranch
    for (const step of steps) branch = this.#down(branch, step)
    return branch
  }

  #down(parent: OwnBranch, { schema, keys }: Step): OwnBranch {
    if (schema.kind === 'list') {
      const { entries } = this.#ownList(parent, schema)
      const name = entryKey(keys)
      const entry = entries.get(name)
      if (entry && this.#owned.has(entry)) return entry as OwnBranch
      if (!entry && schema.single) entries.clear()
      const own = this.#copy(entry ?? emptyBranch(schema, keys))
      entries.set(name, own)
      return own
    }
    const child = parent.children.get(schema.name) as Branch | undefined
    if (child && this.#owned.has(child)) return child as OwnBranch
    if (!child) this.#exclude(parent, schema)
    const own = this.#copy(child ?? emptyBranch(schema))
    parent.children.set(schema.name, own)
    return own
  }

  #ownList(parent: OwnBranch, schema: BranchSchema & { kind: 'list' }): OwnList {
    const list = parent.children.get(schema.name) as List | undefined
    if (list && this.#owned.has(list)) return list as OwnList
    if (!list) this.#exclude(parent, schema)
    const own: OwnList = { kind: 'list', schema, entries: new Map(list?.entries) }
    this.#owned.add(own)
    parent.children.set(schema.name, own)
    return own
  }

  #copy(branch: Branch): OwnBranch {
    const own = { ...branch, children: new Map(branch.children) }
    this.#owned.add(own)
    return own
  }

  /** Setting one alternative of a choice removes the others. */
  #exclude(parent: OwnBranch, schema: SchemaNode): void {
    if (schema.choice === undefined) return
    for (const child of parent.children.values()) {
      if (child.schema.choice === schema.choice && child.schema.name !== schema.name) {
        parent.children.delete(child.schema.name)
      }
    }
  }
}

/** The branch that the steps name below a root. */
export function findBranch(root: Branch, steps: readonly Step[]): Branch | undefined {
  let branch: Branch | undefined = root
  for (const { schema, keys } of steps) {
    const child: TreeNode | undefined = branch.children.get(schema.name)
    branch = child?.kind === 'list' ? child.entries.get(entryKey(keys)) : child?.kind === 'branch' ? child : undefined
    if (!branch) return undefined
  }
  return branch
}

/** How many of the steps lead to the first thing that is protected; undefined when nothing is. */
function protectedPlace(root: Branch, steps: readonly Step[], member: string | undefined): number | undefined {
  let branch: Branch | undefined = root
  for (const [i, { schema, keys }] of steps.entries()) {
    const child: TreeNode | undefined = branch.children.get(schema.name)
    branch = child?.kind === 'list' ? child.entries.get(entryKey(keys)) : child?.kind === 'branch' ? child : undefined
    if (!branch) return undefined
    if (branch.isProtected) return i + 1
  }
  const node = member === undefined ? undefined : branch.children.get(member)
  return node && node.kind !== 'list' && node.isProtected ? steps.length : undefined
}

function holdsProtected(node: TreeNode): boolean {
  if (node.kind !== 'list' && node.isProtected) return true
  if (node.kind !== 'list' && node.kind !== 'branch') return false
  for (const inner of node.kind === 'list' ? node.entries.values() : node.children.values())
    if (holdsProtected(inner)) return true
  return false
}
