import { element, renderXml, type XmlElement } from '@hangar/xml'
import { keySchemas } from '../schema/keys.ts'
import { elementName, isGrouped, type ListSchema } from '../schema/node.ts'
import type { Marks } from '../tree/marks.ts'
import { type Branch, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'

/*
 * A configuration as elements, in the shape of a router: a container and a list entry are elements named as the statement, an entry's
 * key is its first child, flags are empty, values of a set repeat their element.
 */

/** The `<configuration>` element with the levels that lead to a branch and what is in it; undefined when there is nothing. */
export function configurationElement(
  branch: Branch,
  steps: readonly Step[],
  attributes?: Readonly<Record<string, string>>,
): XmlElement {
  let inner: readonly XmlElement[] = contents(branch)
  for (const { schema, keys } of steps.toReversed()) {
    const names = schema.kind === 'list' ? keyElements(schema, keys) : []
    if (!isGrouped(schema) && (inner.length > 0 || names.length > 0))
      inner = [element(elementName(schema), [...names, ...inner])]
  }
  return element('configuration', inner, attributes)
}

/** Characters of a piece, about. */
const pieceSize = 32 * 1024

/** The same as text, piece by piece, for what may be large: no more than a piece and one entry's own leaves are held. Lines end in "\n". */
export function* configurationXml(root: Branch, attributes?: Readonly<Record<string, string>>): Generator<string> {
  const children = orderedChildren(root)
  if (children.length === 0) return yield renderXml(element('configuration', [], attributes))
  const open = renderXml(element('configuration', [element('x')], attributes))
  yield open.slice(0, open.indexOf('\n') + 1)
  let held = ''
  for (const piece of childrenXml(root, 1)) {
    held += piece
    if (held.length < pieceSize) continue
    yield held
    held = ''
  }
  yield `${held}</configuration>\n`
}

function* childrenXml(branch: Branch, depth: number): Generator<string> {
  for (const child of orderedChildren(branch)) {
    if (child.kind === 'branch') yield* isGrouped(child.schema) ? childrenXml(child, depth) : branchXml(child, depth)
    else if (child.kind === 'list') for (const entry of orderedEntries(child)) yield* branchXml(entry, depth)
    else for (const one of elementsOf(child)) yield renderXml(one, depth)
  }
}

function* branchXml(branch: Branch, depth: number): Generator<string> {
  if (isGrouped(branch.schema)) return yield* childrenXml(branch, depth)
  for (const one of commentOn(branch)) yield renderXml(one, depth)
  // Small things are quickest as a whole.
  if (![...branch.children.values()].some(child => child.kind === 'branch' || child.kind === 'list'))
    return yield renderXml(branchElement(branch), depth)
  const names = branch.schema.kind === 'list' ? keyElements(branch.schema, branch.keys) : []
  const whole = renderXml(element(elementName(branch.schema), [...names, element('x')], attributesOf(branch)), depth)
  const end = whole.lastIndexOf('\n', whole.length - 2) + 1
  yield whole.slice(0, whole.lastIndexOf('\n', end - 2) + 1)
  yield* childrenXml(branch, depth + 1)
  yield whole.slice(end)
}

function contents(branch: Branch): XmlElement[] {
  return orderedChildren(branch).flatMap(elementsOf)
}

export function elementsOf(node: TreeNode): XmlElement[] {
  switch (node.kind) {
    case 'branch':
      return isGrouped(node.schema) ? contents(node) : branchElements(node)
    case 'list':
      return orderedEntries(node).flatMap(branchElements)
    case 'leaf':
      return [...commentOn(node), element(node.schema.name, node.schema.type ? node.value : [], attributesOf(node))]
    case 'leaf-list':
      return [...commentOn(node), ...node.values.map(value => element(node.schema.name, value, attributesOf(node)))]
  }
}

function branchElements(branch: Branch): XmlElement[] {
  return [...commentOn(branch), branchElement(branch)]
}

export function branchElement(branch: Branch): XmlElement {
  const names = branch.schema.kind === 'list' ? keyElements(branch.schema, branch.keys) : []
  return element(elementName(branch.schema), [...names, ...contents(branch)], attributesOf(branch))
}

/** A single key is `name`, whatever the help calls it; a choice is an element named as it, around its argument. */
export function keyElements(list: ListSchema, keys: readonly string[]): XmlElement[] {
  const schemas = keySchemas(list, keys)
  if (schemas.length === 1) return [element('name', keys[0]!)]
  return schemas.flatMap((schema, i) => {
    const before = i > 0 ? schemas[i - 1]! : undefined
    if (before?.argument?.(keys[i - 1]!)) return []
    if (!schema.argument) return [element(schema.name, keys[i]!)]
    return [element(keys[i]!, schema.argument(keys[i]!) ? keys[i + 1]! : [])]
  })
}

function attributesOf({ inactive, isProtected }: Marks): Readonly<Record<string, string>> | undefined {
  if (!inactive && !isProtected) return undefined
  return { ...(inactive && { inactive: 'inactive' }), ...(isProtected && { protect: 'protect' }) }
}

function commentOn({ comment }: Marks): XmlElement[] {
  return comment === undefined ? [] : [element('junos:comment', `/* ${comment} */`)]
}
