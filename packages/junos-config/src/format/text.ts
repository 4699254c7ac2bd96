import { quote } from '../statement/words.ts'
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
      out.lines.push(`${indent}${tag(node.inactive)}${memberText(node)}${secret(node.schema.secret)}`)
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
  const head = `${indent}${tag(branch.inactive)}${prefix}${branchHead(branch)}`
  const mark = secret(schema.secret)
  const only = soleLeaf(branch)
  writeRemarks(out, only ? [branch, only] : [branch], indent)
  if (branch.children.size === 0) {
    out.lines.push(`${head};${mark}`)
    return
  }
  if (only) {
    out.lines.push(`${head} ${memberText(only)}${mark || secret(only.schema.secret)}`)
    return
  }
  out.lines.push(`${head} {${mark}`)
  for (const child of orderedChildren(branch)) writeNode(out, child, indent + indentStep, '')
  out.lines.push(`${indent}}`)
}

function writeRemarks({ lines, remarks }: Output, nodes: readonly TreeNode[], indent: string): void {
  const said = nodes.flatMap(remarks)
  if (said.length === 0) return
  lines.push(`${indent}##`, ...said.map(remark => `${indent}## ${remark}`), `${indent}##`)
}

/** The single leaf of a list entry that is written on one line. */
function soleLeaf(branch: Branch): Leaf | LeafList | undefined {
  const { schema, children } = branch
  if (schema.kind !== 'list' || !schema.oneLine || children.size !== 1) return undefined
  const [child] = children.values()
  return child && (child.kind === 'leaf' || child.kind === 'leaf-list') && !child.inactive ? child : undefined
}

/** A leaf or leaf-list with its closing semicolon. */
function memberText(node: Leaf | LeafList): string {
  if (node.kind === 'leaf-list') {
    const [first] = node.values
    const values = node.values.length === 1 ? quote(first!) : `[ ${node.values.map(quote).join(' ')} ]`
    return `${node.schema.name} ${values};`
  }
  const words = node.schema.keyword ? [node.schema.name] : []
  if (node.schema.type) words.push(node.schema.keyword ? quoteValue(node) : quoteAlways(node.value))
  return `${words.join(' ')};`
}

/** Secrets are quoted whatever they hold, as the router does. */
function quoteValue(node: Leaf): string {
  return node.schema.secret ? quoteAlways(node.value) : quote(node.value)
}

function quoteAlways(value: string): string {
  const quoted = quote(value)
  return quoted.startsWith('"') ? quoted : `"${quoted}"`
}

function tag(inactive: boolean): string {
  return inactive ? 'inactive: ' : ''
}

function secret(is: boolean | undefined): string {
  return is ? secretMark : ''
}
