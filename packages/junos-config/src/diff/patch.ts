import { element, type XmlElement } from '@hangar/xml'
import { branchElement, elementsOf, keyElements } from '../format/xml.ts'
import { type Branch, entryKey, type List, orderedChildren, orderedEntries, type TreeNode } from '../tree/node.ts'

/*
 * A difference as an edit in the manner of NETCONF: the levels that lead to what changed, and on what was made, taken away or given
 * another value the operation. Where order is the user's, a new entry says after which other it stands [RFC 7950, 7.8.6].
 */

const namespaces = {
  'xmlns:nc': 'urn:ietf:params:xml:ns:netconf:base:1.0',
  'xmlns:yang': 'urn:ietf:params:xml:ns:yang:1',
}

type Operation = 'create' | 'delete' | 'replace'
type Attributes = Readonly<Record<string, string>>

/** The `<configuration>` element that turns `a` into `b`; undefined when they are equal. Shared subtrees are passed over. */
export function patchElement(a: Branch, b: Branch): XmlElement | undefined {
  const inner = contents(a, b)
  return inner.length > 0 ? element('configuration', inner, namespaces) : undefined
}

function contents(a: Branch, b: Branch): XmlElement[] {
  if (a.children === b.children) return []
  const gone = orderedChildren(a).filter(child => !b.children.has(child.schema.name))
  return [
    ...gone.flatMap(child => whole(child, 'delete')),
    ...orderedChildren(b).flatMap(child => {
      const before = a.children.get(child.schema.name)
      return before ? member(before, child) : whole(child, 'create')
    }),
  ]
}

/** Both have the member: it is of the same kind, because both have the same schema. */
function member(a: TreeNode, b: TreeNode): XmlElement[] {
  if (a === b) return []
  if (a.kind === 'branch' && b.kind === 'branch') return branch(a, b)
  if (a.kind === 'list' && b.kind === 'list') return entries(a, b)
  if (a.kind === 'leaf' && b.kind === 'leaf') {
    if (a.value !== b.value) return elementsOf(b).map(one => marked(one, operation('replace')))
    return a.inactive === b.inactive
      ? []
      : elementsOf({ ...b, inactive: false }).map(one => marked(one, activity(b.inactive)))
  }
  if (a.kind === 'leaf-list' && b.kind === 'leaf-list') {
    const fresh = b.values.filter(value => !a.values.includes(value))
    const gone = a.values.filter(value => !b.values.includes(value))
    return [
      ...elementsOf({ ...a, values: gone, inactive: false }).map(one => marked(one, operation('delete'))),
      ...elementsOf({ ...b, values: fresh, inactive: false }).map(one => marked(one, operation('create'))),
    ]
  }
  return []
}

function branch(a: Branch, b: Branch): XmlElement[] {
  const inner = contents(a, b)
  const turned = a.inactive === b.inactive ? undefined : activity(b.inactive)
  if (inner.length === 0 && !turned) return []
  const names = b.schema.kind === 'list' ? keyElements(b.schema, b.keys) : []
  return [element(b.schema.name, [...names, ...inner], turned)]
}

function entries(a: List, b: List): XmlElement[] {
  const gone = orderedEntries(a).filter(entry => !b.entries.has(entryKey(entry.keys)))
  const places = b.schema.order === 'user' ? placesOf(a, b) : new Map<Branch, Attributes>()
  return [
    ...gone.map(entry => marked(named(entry), operation('delete'))),
    ...orderedEntries(b).flatMap(entry => {
      const before = a.entries.get(entryKey(entry.keys))
      const place = places.get(entry)
      if (!before) return [marked(branchElement(entry), { ...operation('create'), ...place })]
      const changed = branch(before, entry)
      if (!place) return changed
      return [marked(changed[0] ?? named(entry), { ...operation('merge'), ...place })]
    }),
  ]
}

/** Where entries stand that are new, or stand elsewhere than before: after the one in front of them. */
function placesOf(a: List, b: List): Map<Branch, Attributes> {
  const position = new Map([...a.entries.keys()].map((name, i) => [name, i]))
  const places = new Map<Branch, Attributes>()
  let before: Branch | undefined
  let last = -1
  for (const [name, entry] of b.entries) {
    const at = position.get(name)
    if (at === undefined || at < last)
      places.set(entry, before ? { 'yang:insert': 'after', 'yang:key': keyText(before) } : { 'yang:insert': 'first' })
    else last = at
    before = entry
  }
  return places
}

/** "[name='X']" */
function keyText(entry: Branch): string {
  const names = entry.schema.kind === 'list' ? keyElements(entry.schema, entry.keys) : []
  return names.map(({ name, text = '' }) => `[${name}='${text}']`).join('')
}

function whole(node: TreeNode, what: 'create' | 'delete'): XmlElement[] {
  if (what === 'create' && node.kind === 'list' && node.schema.order === 'user') {
    const places = placesOf({ ...node, entries: new Map() }, node)
    return orderedEntries(node).map(entry => marked(branchElement(entry), { ...operation(what), ...places.get(entry) }))
  }
  if (what === 'create' || node.kind === 'leaf-list') return elementsOf(node).map(one => marked(one, operation(what)))
  if (node.kind === 'list') return orderedEntries(node).map(entry => marked(named(entry), operation(what)))
  return [element(node.schema.name, [], operation(what))]
}

function named({ schema, keys }: Branch): XmlElement {
  return element(schema.name, schema.kind === 'list' ? keyElements(schema, keys) : [])
}

function marked(one: XmlElement, attributes: Attributes): XmlElement {
  return { ...one, attributes: { ...one.attributes, ...attributes } }
}

function operation(what: Operation | 'merge'): Attributes {
  return { 'nc:operation': what }
}

function activity(inactive: boolean): Attributes {
  return inactive ? { inactive: 'inactive' } : { active: 'active' }
}
