import type { Branch, Origins, TreeNode } from '@hangar/junos-config'

const hidden = '/* SECRET-DATA */'

/** The configuration as somebody sees it who may not see secrets: to be printed, not to be kept. `origins` follow to the new nodes. */
export function withoutSecrets(root: Branch, origins?: Origins): Branch {
  const children = new Map<string, TreeNode>()
  for (const [name, child] of root.children) {
    const node = masked(child, origins)
    origins?.replace(child, node)
    children.set(name, node)
  }
  return { ...root, children }
}

/** What was quoted as a value is a comment. */
export function unquoteSecrets(text: string): string {
  return text.replaceAll(`"${hidden}"`, hidden)
}

function masked(node: TreeNode, origins: Origins | undefined): TreeNode {
  switch (node.kind) {
    case 'branch':
      return withoutSecrets(node, origins)
    case 'list': {
      const entries = new Map<string, Branch>()
      for (const [key, entry] of node.entries) {
        const keys = node.schema.secret ? entry.keys.map(() => hidden) : entry.keys
        const shown = { ...withoutSecrets(entry, origins), keys }
        origins?.replace(entry, shown)
        entries.set(key, shown)
      }
      return { ...node, entries }
    }
    case 'leaf':
      return node.schema.secret ? { ...node, value: hidden } : node
    case 'leaf-list':
      return node.schema.secret ? { ...node, values: [hidden] } : node
  }
}
