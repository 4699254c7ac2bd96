import { quote } from '../statement/words.ts'
import { type Branch, type Leaf, type LeafList, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import { ownWords } from '../tree/path.ts'

const indentStep = '    '
const secretMark = ' ## SECRET-DATA'

/** The configuration as `show configuration` prints it: the contents of the branch, ending in a line feed if any. */
export function formatText(branch: Branch): string {
  const lines = textLines(branch)
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** The same as lines. */
export function textLines(branch: Branch, indent = ''): string[] {
  const lines: string[] = []
  for (const child of orderedChildren(branch)) writeNode(lines, child, indent, '')
  return lines
}

/** The lines of one member of a branch. */
export function memberLines(node: TreeNode, indent = '', prefix = ''): string[] {
  const lines: string[] = []
  writeNode(lines, node, indent, prefix)
  return lines
}

/** The words that head a branch: `unit 0`, `family inet`, `xe-0/0/0`. */
export function branchHead(branch: Branch): string {
  return [...ownWords(branch.schema), ...branch.keys.map(quote)].join(' ')
}

function writeNode(lines: string[], node: TreeNode, indent: string, prefix: string): void {
  switch (node.kind) {
    case 'branch':
      writeBranch(lines, node, indent, prefix)
      break
    case 'list':
      for (const entry of orderedEntries(node)) writeBranch(lines, entry, indent, prefix)
      break
    case 'leaf':
    case 'leaf-list':
      lines.push(`${indent}${tag(node.inactive)}${memberText(node)}${secret(node.schema.secret)}`)
      break
  }
}

function writeBranch(lines: string[], branch: Branch, indent: string, prefix: string): void {
  const { schema } = branch
  if (schema.kind === 'container' && schema.prefix) {
    for (const child of orderedChildren(branch)) writeNode(lines, child, indent, `${prefix}${schema.name} `)
    return
  }
  const head = `${indent}${tag(branch.inactive)}${prefix}${branchHead(branch)}`
  const mark = secret(schema.secret)
  if (branch.children.size === 0) {
    lines.push(`${head};${mark}`)
    return
  }
  const only = soleLeaf(branch)
  if (only) {
    lines.push(`${head} ${memberText(only)}${mark || secret(only.schema.secret)}`)
    return
  }
  lines.push(`${head} {${mark}`)
  for (const child of orderedChildren(branch)) writeNode(lines, child, indent + indentStep, '')
  lines.push(`${indent}}`)
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
