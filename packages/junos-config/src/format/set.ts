import { quote } from '../statement/words.ts'
import type { Marks } from '../tree/marks.ts'
import { type Branch, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import { ownWords } from '../tree/path.ts'

/**
 * The configuration as the commands that make it (`show | display set`), one a line, in the order shown.
 * `path` is the words in front: the branch's own place. Inactive parts are followed by `deactivate` lines, as are others by `annotate` and `protect`.
 */
export function formatSet(branch: Branch, path: readonly string[] = []): string[] {
  const lines: string[] = []
  writeBranch(lines, branch, path.map(quote).join(' '))
  return lines
}

/** The `set` (and `deactivate`) lines of one member of the branch whose words are `path`, already quoted. */
export function setLinesOf(node: TreeNode, path: string): string[] {
  const lines: string[] = []
  writeNode(lines, node, path)
  return lines
}

/** Joins already quoted words, the first of which may be empty. */
export function joinWords(path: string, words: readonly string[]): string {
  const tail = words.map(quote).join(' ')
  return path === '' ? tail : tail === '' ? path : `${path} ${tail}`
}

function writeBranch(lines: string[], branch: Branch, path: string): void {
  if (branch.children.size === 0 && path !== '') lines.push(`set ${path}`)
  for (const child of orderedChildren(branch)) writeNode(lines, child, path)
}

function writeNode(lines: string[], node: TreeNode, parent: string): void {
  switch (node.kind) {
    case 'branch': {
      const path = joinWords(parent, [...ownWords(node.schema), ...node.keys])
      writeBranch(lines, node, path)
      writeMarks(lines, node, path)
      break
    }
    case 'list':
      for (const entry of orderedEntries(node)) writeNode(lines, entry, parent)
      break
    case 'leaf': {
      const path = node.schema.keyword ? joinWords(parent, [node.schema.name]) : parent
      lines.push(`set ${node.schema.type ? joinWords(path, [node.value]) : path}`)
      writeMarks(lines, node, node.schema.keyword ? path : joinWords(path, [node.value]))
      break
    }
    case 'leaf-list': {
      const path = joinWords(parent, [node.schema.name])
      for (const value of node.values) lines.push(`set ${joinWords(path, [value])}`)
      writeMarks(lines, node, path)
      break
    }
  }
}

/** Last what forbids everything else. */
function writeMarks(lines: string[], { inactive, comment, isProtected }: Marks, path: string): void {
  if (inactive) lines.push(`deactivate ${path}`)
  if (comment !== undefined) lines.push(`annotate ${path} ${quote(comment)}`)
  if (isProtected) lines.push(`protect ${path}`)
}
