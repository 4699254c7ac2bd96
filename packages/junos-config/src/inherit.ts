import { isWildcard, keyMatches } from './glob.ts'
import type { Origins } from './origins.ts'
import type { BranchSchema } from './schema/node.ts'
import { type Branch, entryKey, type LeafList, type List, meansSomethingEmpty, type TreeNode } from './tree/node.ts'

/*
 * The configuration as the daemons see it: groups laid under what is explicit, inactive parts gone, the groups
 * themselves and the apply-groups statements gone too.
 *
 * The order of precedence: the explicit statement; then groups applied at this level; then those applied further out;
 * within one apply-groups statement the first named.
 */

/** A group that applies here, and the part of it that stands at this place. */
interface Source {
  readonly group: string
  readonly branch: Branch
}

/**
 * Branches in which, with no group from outside, nothing changes. Most of a large configuration is such, and shared
 * from one candidate to the next: remembering them makes the work follow the change. Trees never change, so this stays true.
 */
const plain = new WeakSet<Branch>()

/** What all the work on one configuration knows. */
interface Context {
  readonly groups: ReadonlyMap<string, Branch>
  readonly origins: Origins | undefined
}

/** The effective configuration. Parts that inherit nothing and hide nothing are shared with the input. `origins` is told what came from where. */
export function inherit(root: Branch, origins?: Origins): Branch {
  const groups = new Map<string, Branch>()
  const container = root.children.get('groups')
  const list = container?.kind === 'branch' && !container.inactive ? container.children.get('group') : undefined
  if (list?.kind === 'list') {
    for (const [name, group] of list.entries) if (!group.inactive) groups.set(name, group)
  }
  const explicit = container ? { ...root, children: without(root.children, 'groups') } : root
  return effectiveBranch(explicit, [], { groups, origins }, []) ?? { ...root, children: new Map() }
}

/** The branch with the sources laid under it; undefined when nothing is left of it. */
function effectiveBranch(
  branch: Branch,
  outer: readonly Source[],
  context: Context,
  path: readonly { schema: BranchSchema; keys: readonly string[] }[],
): Branch | undefined {
  if (outer.length === 0 && plain.has(branch)) return branch
  const sources = applicable(branch, outer, context, path)
  const children = new Map<string, TreeNode>()
  let same = true
  const names = new Set(branch.children.keys())
  for (const source of sources) for (const name of source.branch.children.keys()) names.add(name)
  for (const name of names) {
    const explicit = branch.children.get(name)
    if (name === 'apply-groups' || name === 'apply-groups-except') {
      same = false
      continue
    }
    if (!explicit && excluded(branch, sources, name)) continue
    const child = effectiveNode(explicit, name, sources, context, path)
    if (child !== explicit) same = false
    if (child) children.set(name, child)
  }
  if (children.size === 0 && !meansSomethingEmpty(branch.schema)) return undefined
  if (!same) return { ...branch, children }
  if (outer.length === 0) plain.add(branch)
  return branch
}

/** An inherited alternative gives way to an explicit one of the same choice. */
function excluded(branch: Branch, sources: readonly Source[], name: string): boolean {
  const choice = branch.schema.statements.named(name)?.choice
  if (choice === undefined) return false
  for (const child of branch.children.values()) if (child.schema.choice === choice && !isInactive(child)) return true
  for (const source of sources) {
    for (const child of source.branch.children.values()) {
      if (child.schema.choice === choice) return child.schema.name !== name
    }
  }
  return false
}

/** The groups that apply to what is in the branch, those named here first. */
function applicable(
  branch: Branch,
  outer: readonly Source[],
  context: Context,
  path: readonly { schema: BranchSchema; keys: readonly string[] }[],
): readonly Source[] {
  const applied = activeValues(branch, 'apply-groups')
  const except = activeValues(branch, 'apply-groups-except')
  if (applied.length === 0 && except.length === 0) return outer
  const own: Source[] = []
  for (const group of applied) {
    const whole = context.groups.get(group)
    if (!whole) continue
    let parts: Branch[] = [whole]
    for (const step of path) parts = parts.flatMap(part => below(part, step.schema, step.keys))
    for (const part of parts) own.push({ group, branch: part })
  }
  const inherited = outer.filter(({ group }) => !applied.includes(group) && !except.includes(group))
  return [...own, ...inherited]
}

function effectiveNode(
  explicit: TreeNode | undefined,
  name: string,
  sources: readonly Source[],
  context: Context,
  path: readonly { schema: BranchSchema; keys: readonly string[] }[],
): TreeNode | undefined {
  // An inactive statement counts as absent, so what the groups say shows through.
  const offered: Offer[] = explicit && !isInactive(explicit) ? [{ node: explicit, group: undefined }] : []
  for (const { group, branch } of sources) {
    const node = branch.children.get(name)
    if (node && !isInactive(node)) offered.push({ node, group })
  }
  const [first] = offered
  const { origins } = context
  switch (first?.node.kind) {
    case undefined:
      return undefined
    case 'leaf':
      if (first!.group !== undefined) origins?.note(first!.node, first!.group)
      return first!.node
    case 'leaf-list':
      return mergedValues(offered as Offer<LeafList>[], origins)
    case 'list':
      return effectiveList(explicit as List | undefined, first!.node.schema.name, sources, context, path)
    case 'branch': {
      const { node, group } = first as Offer<Branch>
      const start = group === undefined ? node : emptied(node)
      const steps = [...path, { schema: node.schema, keys: [] }]
      const effective = effectiveBranch(start, sourcesBelow(sources, node.schema, []), context, steps)
      if (effective && group !== undefined) origins?.note(effective, group)
      return effective
    }
  }
}

/** A node that a place may have, and the group it is from; none for what is explicit. */
interface Offer<Node extends TreeNode = TreeNode> {
  readonly node: Node
  readonly group: string | undefined
}

/** Values add up, those of the first node in front. */
function mergedValues(all: readonly Offer<LeafList>[], origins: Origins | undefined): LeafList {
  const groups = new Map<string, string | undefined>()
  for (const { node, group } of all) for (const value of node.values) if (!groups.has(value)) groups.set(value, group)
  const [first] = all
  const merged = all.length === 1 ? first!.node : { ...first!.node, values: [...groups.keys()] }
  const inherited = [...groups].flatMap(([value, group]) => (group === undefined ? [] : [[value, group] as const]))
  if (inherited.length > 0) origins?.noteValues(merged, new Map(inherited))
  return merged
}

function effectiveList(
  explicit: List | undefined,
  name: string,
  sources: readonly Source[],
  context: Context,
  path: readonly { schema: BranchSchema; keys: readonly string[] }[],
): List | undefined {
  const names = new Map<string, Offer<Branch>>()
  for (const [key, entry] of explicit?.entries ?? [])
    if (!entry.inactive) names.set(key, { node: entry, group: undefined })
  let schema = explicit?.schema
  for (const { group, branch } of sources) {
    const list = branch.children.get(name)
    if (list?.kind !== 'list') continue
    schema ??= list.schema
    for (const [key, entry] of list.entries) {
      if (schema.single && names.size > 0) break
      if (!names.has(key) && !entry.inactive && !entry.keys.some(isWildcard))
        names.set(key, { node: emptied(entry), group })
    }
  }
  const entries = new Map<string, Branch>()
  let same = explicit?.entries.size === names.size
  for (const [key, { node, group }] of names) {
    const steps = [...path, { schema: node.schema, keys: node.keys }]
    const effective = effectiveBranch(node, sourcesBelow(sources, node.schema, node.keys), context, steps)
    if (effective && group !== undefined) context.origins?.note(effective, group)
    if (effective !== explicit?.entries.get(key)) same = false
    if (effective) entries.set(key, effective)
  }
  if (entries.size === 0 || !schema) return undefined
  return same ? explicit : { kind: 'list', schema, entries }
}

/** The parts of the sources one level down. */
function sourcesBelow(sources: readonly Source[], schema: BranchSchema, keys: readonly string[]): Source[] {
  if (sources.length === 0) return []
  return sources.flatMap(({ group, branch }) => below(branch, schema, keys).map(part => ({ group, branch: part })))
}

/** What a group's branch has at one step: the entry of that name, then the wildcards that match it. */
function below(branch: Branch, schema: BranchSchema, keys: readonly string[]): Branch[] {
  const node = branch.children.get(schema.name)
  if (node?.kind === 'branch') return node.inactive ? [] : [node]
  if (node?.kind !== 'list') return []
  const found: Branch[] = []
  const exact = node.entries.get(entryKey(keys))
  if (exact && !exact.inactive) found.push(exact)
  for (const entry of node.entries.values()) {
    if (entry === exact || entry.inactive || !entry.keys.some(isWildcard)) continue
    if (entry.keys.length !== keys.length) continue
    if (entry.keys.every((pattern, i) => keyMatches(pattern, keys[i]!))) found.push(entry)
  }
  return found
}

function activeValues(branch: Branch, name: string): readonly string[] {
  const node = branch.children.get(name)
  return node?.kind === 'leaf-list' && !node.inactive ? node.values : []
}

function isInactive(node: TreeNode): boolean {
  return node.kind !== 'list' && node.inactive
}

function emptied(branch: Branch): Branch {
  return { ...branch, children: new Map(), inactive: false }
}

function without<Value>(map: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> {
  if (!map.has(name)) return map
  const rest = new Map(map)
  rest.delete(name)
  return rest
}
