import type { RoutingTable } from '../rib/routing-table.ts'

/** Routes for the kernel in columns, grown as they come; see hangar.kernel.v1.RouteBatch. */
export class RouteBatchWriter {
  readonly #columns = new Map<RoutingTable, Columns>()
  count = 0
  #current: Columns | undefined

  /** Makes room for so many routes of a table, which are added next. */
  begin(table: RoutingTable, room: number): void {
    let columns = this.#columns.get(table)
    if (!columns) {
      columns = new Columns(table.rows.wide, room)
      this.#columns.set(table, columns)
    }
    this.#current = columns
  }

  add(k0: number, k1: number, k2: number, k3: number, length: number, nextHop: number): void {
    this.#current!.add(k0, k1, k2, k3, length, nextHop)
    this.count++
  }

  batches() {
    return [...this.#columns]
      .filter(([, columns]) => columns.count > 0)
      .map(([{ id }, columns]) => ({ table: id, ...columns.bytes() }))
  }
}

class Columns {
  readonly #words: number
  #addresses: Uint32Array
  #lengths: Uint8Array
  #nextHops: Uint32Array
  count = 0

  constructor(wide: boolean, room: number) {
    this.#words = wide ? 4 : 1
    this.#addresses = new Uint32Array(this.#words * room)
    this.#lengths = new Uint8Array(room)
    this.#nextHops = new Uint32Array(room)
  }

  add(k0: number, k1: number, k2: number, k3: number, length: number, nextHop: number): void {
    if (this.count === this.#lengths.length) this.#grow()
    const at = this.count++
    const words = this.#words
    this.#addresses[at * words] = k0
    if (words === 4) {
      this.#addresses[at * 4 + 1] = k1
      this.#addresses[at * 4 + 2] = k2
      this.#addresses[at * 4 + 3] = k3
    }
    this.#lengths[at] = length
    this.#nextHops[at] = nextHop
  }

  /** Typed arrays are little-endian on every machine that Node runs on. */
  bytes() {
    const bytes = (column: Uint32Array, words: number) => new Uint8Array(column.buffer, 0, this.count * words * 4)
    return {
      addresses: bytes(this.#addresses, this.#words),
      lengths: this.#lengths.subarray(0, this.count),
      nextHops: bytes(this.#nextHops, 1),
    }
  }

  #grow(): void {
    const size = Math.max(64, this.#lengths.length * 4)
    const addresses = new Uint32Array(size * this.#words)
    addresses.set(this.#addresses)
    this.#addresses = addresses
    const lengths = new Uint8Array(size)
    lengths.set(this.#lengths)
    this.#lengths = lengths
    const nextHops = new Uint32Array(size)
    nextHops.set(this.#nextHops)
    this.#nextHops = nextHops
  }
}
