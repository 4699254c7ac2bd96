import type { LeafList, TreeNode } from './tree/node.ts'

/** What of an effective configuration came out of groups: filled by `inherit`, read for `| display inheritance`. */
export class Origins {
  /** The group of a node, or of each value of a set that has some of groups. */
  readonly #groups = new WeakMap<TreeNode, string | ReadonlyMap<string, string>>()

  /** The whole node is the group's. */
  note(node: TreeNode, group: string): void {
    this.#groups.set(node, group)
  }

  /** Some of the values are a group's. */
  noteValues(node: LeafList, groups: ReadonlyMap<string, string>): void {
    this.#groups.set(node, groups)
  }

  /** Another node stands for this one now, as one whose secrets are masked does. */
  replace(node: TreeNode, by: TreeNode): void {
    const groups = this.#groups.get(node)
    if (groups !== undefined) this.#groups.set(by, groups)
  }

  /** What `| display inheritance` says above a node; nothing above what is explicit. */
  readonly remarks = (node: TreeNode): readonly string[] => {
    const groups = this.#groups.get(node)
    if (groups === undefined) return []
    return namesOf(node).flatMap(name => {
      const group = typeof groups === 'string' ? groups : groups.get(name)
      return group === undefined ? [] : [`'${name}' was inherited from group '${group}'`]
    })
  }
}

/** What a router names: the value of a leaf, the keys of an entry, else the statement. */
function namesOf(node: TreeNode): readonly string[] {
  switch (node.kind) {
    case 'branch':
      return node.keys.length > 0 ? node.keys : [node.schema.name]
    case 'leaf':
      return [node.value === '' ? node.schema.name : node.value]
    case 'leaf-list':
      return node.values
    case 'list':
      return []
  }
}
