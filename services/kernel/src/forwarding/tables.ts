import type { ForwardingTableEntry } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ForwardingTable } from './forwarding-table.ts'

/** The forwarding tables, under the numbers that rpd gives them. One without a number is what a snapshot has not named (yet). */
export class Tables {
  readonly #tables = new Set<ForwardingTable>()
  readonly #byId = new Map<number, ForwardingTable>()

  get(id: number): ForwardingTable | undefined {
    return this.#byId.get(id)
  }

  /** The number of the table of that name, undefined when it has none. */
  idOf(name: string): number | undefined {
    for (const [id, table] of this.#byId) if (table.name === name) return id
    return undefined
  }

  /** Gives the number to the table of that name, and says whether it had to be made. */
  name(entry: ForwardingTableEntry): { table: ForwardingTable; made: boolean } {
    const known = [...this.#tables].find(one => one.is(entry))
    const table = known ?? new ForwardingTable(entry, this.#freeIndex())
    this.#tables.add(table)
    this.#byId.set(entry.id, table)
    return { table, made: !known }
  }

  /** The table loses its number; it is there until it is deleted. */
  forget(id: number): ForwardingTable | undefined {
    const table = this.#byId.get(id)
    this.#byId.delete(id)
    return table
  }

  forgetAll(): void {
    this.#byId.clear()
  }

  delete(table: ForwardingTable): void {
    this.#tables.delete(table)
  }

  /** Tables that no number means. */
  nameless(): ForwardingTable[] {
    const named = new Set(this.#byId.values())
    return [...this.#tables].filter(table => !named.has(table))
  }

  [Symbol.iterator](): Iterator<ForwardingTable> {
    return this.#tables.values()
  }

  #freeIndex(): number {
    const taken = new Set([...this.#tables].map(table => table.index))
    let index = 0
    while (taken.has(index)) index++
    return index
  }
}
