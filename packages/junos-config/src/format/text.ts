import { quote } from '../statement/words.ts'
import { hasMarks, type Marks, unmarked } from '../tree/marks.ts'
import { type Branch, type Leaf, type LeafList, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import { ownWords } from '../tree/path.ts'

/** What is said about a node above its line, without the `##`. */
export type Remarks = (node: TreeNode) => readonly string[]

/** Where the lines go. */
interface Output {
  readonly lines: string[]
  readonly remarks: Remarks
  /** Entries are taken from, and kept for, the next writing; a line may then be a whole entry. */
  readonly remembering?: true
}

const none: Remarks = () => []
const indentStep = '    '
const secretMark = ' ## SECRET-DATA'

/** The text of an entry where it stood when it was last written. */
interface Written {
  readonly indent: string
  readonly prefix: string
  readonly text: string
}

/** Entries never change: a commit writes the text of the few that are new. */
const written = new WeakMap<Branch, Written>()

/** The configuration as `show configuration` prints it: the contents of the branch, ending in a line feed if any. */
export function formatText(branch: Branch): string {
  const out: Output = { lines: [], remarks: none, remembering: true }
  for (const child of orderedChildren(branch)) writeNode(out, child, '', '')
  const { lines } = out
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** The same as lines. */
export function textLines(branch: Branch, indent = '', remarks: Remarks = none): string[] {
  const out: Output = { lines: [], remarks }
  for (const child of orderedChildren(branch)) writeNode(out, child, indent, '')
  return out.lines
}

/** The lines of one member of a branch. */
export function memberLines(node: TreeNode, indent = '', prefix = '', remarks: Remarks = none): string[] {
  const out: Output = { lines: [], remarks }
  writeNode(out, node, indent, prefix)
  return out.lines
}

/** The words that head a branch: `unit 0`, `family inet`, `xe-0/0/0`. */
export function branchHead(branch: Branch): string {
  return [...ownWords(branch.schema), ...branch.keys.map(quote)].join(' ')
}

function writeNode(out: Output, node: TreeNode, indent: string, prefix: string): void {
  switch (node.kind) {
    case 'branch':
      writeBranch(out, node, indent, prefix)
      break
    case 'list':
      for (const entry of orderedEntries(node)) writeEntry(out, entry, indent, prefix)
      break
    case 'leaf':
    case 'leaf-list':
      writeRemarks(out, [node], indent)
      writeComment(out, node, indent)
      out.lines.push(`${indent}${tag(node)}${memberText(node)};${secret(node.schema.secret)}`)
      break
  }
}

function writeEntry(out: Output, entry: Branch, indent: string, prefix: string): void {
  if (!out.remembering || entry.children.size === 0) {
    writeBranch(out, entry, indent, prefix)
    return
  }
  let known = written.get(entry)
  if (known?.indent !== indent || known.prefix !== prefix) {
    const own: Output = { ...out, lines: [] }
    writeBranch(own, entry, indent, prefix)
    known = { indent, prefix, text: own.lines.join('\n') }
    written.set(entry, known)
  }
  out.lines.push(known.text)
}

function writeBranch(out: Output, branch: Branch, indent: string, prefix: string): void {
  const { schema } = branch
  if (schema.kind === 'container' && schema.prefix) {
    for (const child of orderedChildren(branch)) writeNode(out, child, indent, `${prefix}${schema.name} `)
    return
  }
  const head = `${indent}${tag(branch)}${prefix}${branchHead(branch)}`
  const mark = secret(schema.secret)
  const children = orderedChildren(branch)
  const line = onTheLine(branch, children)
  writeRemarks(out, line === undefined ? [branch] : [branch, ...children], indent)
  writeComment(out, branch, indent)
  if (children.length === 0) {
    out.lines.push(`${head};${mark}`)
    return
  }
  if (line !== undefined) {
    out.lines.push(`${head} ${line};${mark || secret(children.some(child => child.schema.secret))}`)
    return
  }
  out.lines.push(`${head} {${mark}`)
  for (const child of children) writeNode(out, child, indent + indentStep, '')
  out.lines.push(`${indent}}`)
}

function writeRemarks({ lines, remarks }: Output, nodes: readonly TreeNode[], indent: string): void {
  const said = nodes.flatMap(remarks)
  if (said.length === 0) return
  lines.push(`${indent}##`, ...said.map(remark => `${indent}## ${remark}`), `${indent}##`)
}

/**
 * What stands behind the head of a branch that is written on its line; undefined where it takes braces. A line has no
 * place to say something of a part of it, and nothing can follow a branch on it.
 */
function onTheLine({ schema: { oneLine } }: Branch, children: readonly TreeNode[]): string | undefined {
  if (oneLine === 'never' || children.length === 0 || (oneLine === 'single' && children.length > 1)) return undefined
  const parts: string[] = []
  for (const [i, child] of children.entries()) {
    if (child.kind === 'list' || !hasMarks(child, unmarked)) return undefined
    if (child.kind === 'leaf' || child.kind === 'leaf-list') {
      parts.push(memberText(child))
      continue
    }
    if (oneLine !== 'always' || child.schema.oneLine !== 'always' || i < children.length - 1) return undefined
    const inner = orderedChildren(child)
    const rest = onTheLine(child, inner)
    if (rest === undefined && inner.length > 0) return undefined
    parts.push([branchHead(child), ...(rest === undefined ? [] : [rest])].join(' '))
  }
  return parts.join(' ')
}

/** A leaf or leaf-list without its closing semicolon. */
function memberText(node: Leaf | LeafList): string {
  if (node.kind === 'leaf-list') {
    const [first] = node.values
    const values = node.values.length === 1 ? quote(first!) : `[ ${node.values.map(quote).join(' ')} ]`
    return `${node.schema.name} ${values}`
  }
  const words = node.schema.keyword ? [node.schema.name] : []
  if (node.schema.type) words.push(quoteValue(node))
  return words.join(' ')
}

/** Secrets are quoted whatever they hold, as the router does. */
function quoteValue(node: Leaf): string {
  return node.schema.secret ? quoteAlways(node.value) : quote(node.value)
}

function quoteAlways(value: string): string {
  const quoted = quote(value)
  return quoted.startsWith('"') ? quoted : `"${quoted}"`
}

function tag({ inactive, isProtected }: Marks): string {
  return `${isProtected ? 'protect: ' : ''}${inactive ? 'inactive: ' : ''}`
}

function writeComment({ lines }: Output, { comment }: Marks, indent: string): void {
  if (comment !== undefined) lines.push(`${indent}/* ${comment} */`)
}

function secret(is: boolean | undefined): string {
  return is ? secretMark : ''
}
