import type { Branch, TreeNode } from '@hangar/junos-config'

const hidden = '/* SECRET-DATA */'

/** The configuration as somebody sees it who may not see secrets: to be printed, not to be kept. */
export function withoutSecrets(root: Branch): Branch {
  const children = new Map<string, TreeNode>()
  for (const [name, child] of root.children) children.set(name, masked(child))
  return { ...root, children }
}

/** What was quoted as a value is a comment. */
export function unquoteSecrets(text: string): string {
  return text.replaceAll(`"${hidden}"`, hidden)
}

function masked(node: TreeNode): TreeNode {
  switch (node.kind) {
    case 'branch':
      return withoutSecrets(node)
    case 'list': {
      const entries = new Map<string, Branch>()
      for (const [key, entry] of node.entries) {
        const keys = node.schema.secret ? entry.keys.map(() => hidden) : entry.keys
        entries.set(key, { ...withoutSecrets(entry), keys })
      }
      return { ...node, entries }
    }
    case 'leaf':
      return node.schema.secret ? { ...node, value: hidden } : node
    case 'leaf-list':
      return node.schema.secret ? { ...node, values: [hidden] } : node
  }
}
