import { type Branch, type ConfigurationElement, keysIn, type TreeNode } from '@hangar/junos-config'

/**
 * What a `<configuration>` element asks to see of a tree: an element with nothing in it is all that is there; an entry is named by its key, without
 * which all are meant. Elements that there are not ask for nothing.
 */
export function filtered(branch: Branch, { children }: ConfigurationElement): Branch {
  return { ...branch, children: selected(branch, children) }
}

function selected(branch: Branch, asked: readonly ConfigurationElement[]): Map<string, TreeNode> {
  const children = new Map<string, TreeNode>()
  for (const one of asked) {
    const node = branch.schema.statements.named(one.name) && branch.children.get(one.name)
    const found = node && matching(node, one, children.get(one.name))
    if (found) children.set(one.name, found)
  }
  return children
}

/** `before`: what an earlier element of that name has found. */
function matching(node: TreeNode, asked: ConfigurationElement, before: TreeNode | undefined): TreeNode | undefined {
  switch (node.kind) {
    case 'branch': {
      if (asked.children.length === 0) return node
      const inside = filtered(node, asked)
      const known = before?.kind === 'branch' ? before.children : []
      return inside.children.size === 0 ? before : { ...inside, children: new Map([...known, ...inside.children]) }
    }
    case 'list': {
      const entries = new Map(before?.kind === 'list' ? before.entries : [])
      for (const [key, entry] of chosen(node, asked)) entries.set(key, entry)
      return entries.size === 0 ? undefined : { ...node, entries }
    }
    case 'leaf':
    case 'leaf-list':
      return node
  }
}

/** An entry that is named is there with its key whatever else is asked of it; of all entries, those that have something. */
function* chosen(list: TreeNode & { kind: 'list' }, asked: ConfigurationElement): Generator<[string, Branch]> {
  const named = keysIn(list.schema, asked)
  const isName = (one: ConfigurationElement) => one.name === 'name' && one.children.length === 0 && !one.text?.trim()
  const rest = asked.children.filter(child => !named?.elements.has(child) && !isName(child))
  // `<interface><name/></interface>` asks for names alone.
  const all = rest.length === 0 && !asked.children.some(isName)
  for (const [key, entry] of list.entries) {
    if (named && named.keys.join('\0') !== entry.keys.join('\0')) continue
    const inside = all ? entry : { ...entry, children: selected(entry, rest) }
    if (named || rest.length === 0 || inside.children.size > 0) yield [key, inside]
  }
}
