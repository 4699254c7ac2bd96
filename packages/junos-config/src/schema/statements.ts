import type { LeafSchema, ListSchema, SchemaNode } from './node.ts'

/** The statements of one container or list entry, in the order in which they are written; indexed at first use. */
export class Statements {
  readonly #make: () => readonly SchemaNode[]
  #all: readonly SchemaNode[] | undefined
  #byName: Map<string, SchemaNode> | undefined
  #mandatory: readonly string[] | undefined
  #keyless: ListSchema | LeafSchema | undefined

  /** A function, so that a hierarchy may contain itself (groups hold every top-level hierarchy). */
  constructor(make: () => readonly SchemaNode[]) {
    this.#make = make
  }

  get all(): readonly SchemaNode[] {
    this.#all ??= this.#make()
    return this.#all
  }

  /** The statement of exactly this name, keyless ones excepted: those have no name to type. */
  get(name: string): SchemaNode | undefined {
    return this.#index().get(name)
  }

  /** The statement by its schema name, keyless or not. */
  named(name: string): SchemaNode | undefined {
    const found = this.#index().get(name)
    if (found) return found
    return this.#keyless?.name === name ? this.#keyless : undefined
  }

  /** Names of the statements without which the branch is incomplete. */
  get mandatory(): readonly string[] {
    this.#mandatory ??= this.all.filter(node => node.mandatory).map(node => node.name)
    return this.#mandatory
  }

  /** The list or leaf whose entries or value stand here without a keyword. */
  get keyless(): ListSchema | LeafSchema | undefined {
    this.#index()
    return this.#keyless
  }

  /** Visible statements whose name begins with the text, in schema order. */
  startingWith(text: string): SchemaNode[] {
    return this.all.filter(node => !node.hidden && node !== this.keyless && node.name.startsWith(text))
  }

  #index(): Map<string, SchemaNode> {
    if (this.#byName) return this.#byName
    const byName = new Map<string, SchemaNode>()
    for (const node of this.all) {
      const keyless = (node.kind === 'list' || node.kind === 'leaf') && !node.keyword
      if (keyless) this.#keyless = node
      if (!keyless || (node.kind === 'leaf' && node.named)) byName.set(node.name, node)
    }
    this.#byName = byName
    return byName
  }
}
