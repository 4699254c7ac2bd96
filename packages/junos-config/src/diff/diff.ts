import { joinWords, setLinesOf } from '../format/set.ts'
import { quote } from '../statement/words.ts'
import {
  type Branch,
  type Leaf,
  type LeafList,
  type List,
  meansSomethingEmpty,
  orderedChildren,
  type TreeNode,
} from '../tree/node.ts'
import { ownWords } from '../tree/path.ts'

/**
 * The set, delete, activate and deactivate lines that turn configuration `a` into `b`, none when they are equal.
 * Deletions come before additions at each level. Shared subtrees are passed over, so the cost follows the difference.
 */
export function diff(a: Branch, b: Branch, path: readonly string[] = []): string[] {
  const lines: string[] = []
  diffContents(lines, a, b, path.map(quote).join(' '))
  return lines
}

function diffContents(lines: string[], a: Branch, b: Branch, path: string): void {
  if (a.children === b.children) return
  for (const child of a.children.values()) {
    if (!b.children.has(child.schema.name)) deleteMember(lines, child, path)
  }
  for (const child of orderedChildren(b)) {
    const before = a.children.get(child.schema.name)
    if (before === child) continue
    if (!before) lines.push(...setLinesOf(child, path))
    else diffMember(lines, before, child, path)
  }
}

/** Both have the member: it is of the same kind, because both have the same schema. */
function diffMember(lines: string[], a: TreeNode, b: TreeNode, path: string): void {
  if (a.kind === 'branch' && b.kind === 'branch') diffBranch(lines, a, b, path)
  else if (a.kind === 'list' && b.kind === 'list') diffList(lines, a, b, path)
  else if (a.kind === 'leaf' && b.kind === 'leaf') diffLeaf(lines, a, b, path)
  else if (a.kind === 'leaf-list' && b.kind === 'leaf-list') diffValues(lines, a, b, path)
}

function diffBranch(lines: string[], a: Branch, b: Branch, parent: string): void {
  if (a === b) return
  const path = joinWords(parent, [...ownWords(b.schema), ...b.keys])
  const start = lines.length
  diffContents(lines, a, b, path)
  diffMarks(lines, start, a, b, path)
}

/** Whether the deletions that lead from `a` to `b` may take the node itself away for a moment, and what is said of it. */
function vanishes(a: TreeNode, b: TreeNode): boolean {
  if (a === b) return false
  if (a.kind === 'leaf-list' && b.kind === 'leaf-list') return commonStart(a.values, b.values).length === 0
  if (a.kind === 'list' && b.kind === 'list') return keptInOrder(a, b).size === 0
  if (a.kind !== 'branch' || b.kind !== 'branch' || meansSomethingEmpty(a.schema)) return false
  for (const child of a.children.values()) {
    const after = b.children.get(child.schema.name)
    if (after && !vanishes(child, after)) return false
  }
  return true
}

function diffList(lines: string[], a: List, b: List, path: string): void {
  if (sameNames(a, b)) {
    for (const [name, entry] of b.entries) diffBranch(lines, a.entries.get(name)!, entry, path)
    return
  }
  const kept = keptInOrder(a, b)
  for (const [name, entry] of a.entries) {
    if (kept.has(name)) continue
    unprotect(lines, entry, path)
    lines.push(`delete ${joinWords(path, [...ownWords(entry.schema), ...entry.keys])}`)
  }
  for (const [name, entry] of b.entries) {
    if (kept.has(name)) diffBranch(lines, a.entries.get(name)!, entry, path)
    else lines.push(...setLinesOf(entry, path))
  }
}

/** Most changes to a long list change what is in an entry: the names tell so at once. */
function sameNames(a: List, b: List): boolean {
  if (a.entries.size !== b.entries.size) return false
  const names = a.entries.keys()
  for (const name of b.entries.keys()) if (names.next().value !== name) return false
  return true
}

/**
 * The entries that can stay where they are. New entries are appended, so in a user-ordered list everything behind the
 * first entry that is new or out of order has to be made again.
 */
function keptInOrder(a: List, b: List): Set<string> {
  if (b.schema.order === 'system') return new Set([...b.entries.keys()].filter(name => a.entries.has(name)))
  return new Set(commonStart([...a.entries.keys()], [...b.entries.keys()]))
}

/** The longest beginning of `b` whose items stand in `a` in that order. */
function commonStart(a: readonly string[], b: readonly string[]): string[] {
  const position = new Map(a.map((item, i) => [item, i]))
  let last = -1
  const start: string[] = []
  for (const item of b) {
    const at = position.get(item)
    if (at === undefined || at < last) break
    last = at
    start.push(item)
  }
  return start
}

function diffLeaf(lines: string[], a: Leaf, b: Leaf, parent: string): void {
  const path = b.schema.keyword ? joinWords(parent, [b.schema.name]) : parent
  const start = lines.length
  if (a.value !== b.value) lines.push(`set ${joinWords(path, [b.value])}`)
  const own = b.schema.keyword ? path : joinWords(path, [b.value])
  diffMarks(lines, start, a, b, own, b.schema.keyword ? path : joinWords(path, [a.value]))
}

function diffValues(lines: string[], a: LeafList, b: LeafList, parent: string): void {
  const path = joinWords(parent, [b.schema.name])
  const kept = commonStart(a.values, b.values)
  if (kept.length === 0) {
    unprotect(lines, a, parent)
    lines.push(`delete ${path}`, ...setLinesOf(b, parent))
    return
  }
  const start = lines.length
  const staying = new Set(kept)
  for (const value of a.values) if (!staying.has(value)) lines.push(`delete ${joinWords(path, [value])}`)
  for (const value of b.values) if (!staying.has(value)) lines.push(`set ${joinWords(path, [value])}`)
  diffMarks(lines, start, a, b, path)
}

/** What is said of a node; once more where it may have been away in between. What was protected is opened first, and closed again last. */
function diffMarks(
  lines: string[],
  start: number,
  a: Leaf | LeafList | Branch,
  b: Leaf | LeafList | Branch,
  path: string,
  before = path,
): void {
  const again = (b.inactive || b.comment !== undefined) && a.kind === 'branch' && vanishes(a, b)
  if (a.inactive !== b.inactive || (again && b.inactive))
    lines.push(`${b.inactive ? 'deactivate' : 'activate'} ${path}`)
  if (a.comment !== b.comment || (again && b.comment !== undefined))
    lines.push(`annotate ${path} ${quote(b.comment ?? '')}`)
  const changed = lines.length > start
  if (a.isProtected && (changed || !b.isProtected)) lines.splice(start, 0, `unprotect ${before}`)
  if (b.isProtected && (changed || !a.isProtected)) lines.push(`protect ${path}`)
}

/** Opens all that is protected in a node that is to go. */
function unprotect(lines: string[], node: TreeNode, parent: string): void {
  if (node.kind === 'list') {
    for (const entry of node.entries.values()) unprotect(lines, entry, parent)
    return
  }
  const words = node.kind === 'branch' ? [...ownWords(node.schema), ...node.keys] : memberWords(node)
  if (node.isProtected) lines.push(`unprotect ${joinWords(parent, words)}`)
  if (node.kind !== 'branch') return
  const path = joinWords(parent, words)
  for (const child of node.children.values()) unprotect(lines, child, path)
}

function memberWords(node: Leaf | LeafList): string[] {
  return node.kind === 'leaf' && !node.schema.keyword ? [node.value] : [node.schema.name]
}

function deleteMember(lines: string[], node: TreeNode, path: string): void {
  unprotect(lines, node, path)
  if (node.kind === 'branch') {
    lines.push(`delete ${joinWords(path, ownWords(node.schema))}`)
  } else if (node.kind === 'list' && !node.schema.keyword) {
    for (const entry of node.entries.values()) lines.push(`delete ${joinWords(path, entry.keys)}`)
  } else if (node.kind === 'leaf' && !node.schema.keyword) {
    lines.push(`delete ${joinWords(path, [node.value])}`)
  } else {
    lines.push(`delete ${joinWords(path, [node.schema.name])}`)
  }
}
