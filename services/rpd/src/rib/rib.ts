import type { Clock } from '@hangar/runtime'
import { type Links, Resolver } from '../resolve/resolver.ts'
import { AttributeSets } from './attributes.ts'
import type { Commons } from './commons.ts'
import { OtherDestinations } from './destinations.ts'
import type { NextHop } from './next-hop.ts'
import { NextHops } from './next-hops.ts'
import { RoutingTable, type TableFamily } from './routing-table.ts'
import type { Touched } from './touched.ts'

/** What changed since the last time, for those who follow the tables. */
export interface RibChanges {
  /** Destinations whose routes changed, each table's in order; one may be named more than once. */
  readonly routes: readonly { table: RoutingTable; touched: Touched }[]
  /** Next hops that lead elsewhere. */
  readonly nextHops: ReadonlySet<NextHop>
}

export interface RibListener {
  /** Within the same turn as the change of the tables; must not change them. */
  changed(changes: RibChanges): void
  tableAdded?(table: RoutingTable): void
  tableRemoved?(table: RoutingTable): void
}

/** Rows that are put in order anew in one go, before others get their turn. */
const SLICE = 8192

/**
 * All routing tables of the device, and what they share. Whoever changes routes calls `settle` (or `soon`) afterwards: next hops are
 * resolved, routes chosen, and the listeners told.
 */
export class Rib {
  readonly attributes = new AttributeSets()
  readonly nextHops = new NextHops()
  readonly others = new OtherDestinations()
  readonly resolver: Resolver
  readonly #commons: Commons
  readonly #byName = new Map<string, RoutingTable>()
  readonly #byId: (RoutingTable | undefined)[] = [undefined]
  readonly #listeners: RibListener[] = []
  readonly #swayed = new Set<NextHop>()
  /** Where the pass that puts routes of swayed next hops in order stands. */
  #pass: { tables: RoutingTable[]; row: number } | undefined
  #planned: Promise<void> | undefined

  constructor(options: { clock: Clock; links: Links }) {
    const { clock, links } = options
    const start = clock.monotonic()
    this.#commons = {
      attributes: this.attributes,
      nextHops: this.nextHops,
      others: this.others,
      seconds: () => Math.floor((clock.monotonic() - start) / 1000),
    }
    this.resolver = new Resolver({ links, tables: (instance, family) => this.resolutionTables(instance, family) })
    this.nextHops.listen(this.resolver)
    this.nextHops.listen({ made: () => {}, freed: nextHop => void this.#swayed.delete(nextHop) })
  }

  /** Seconds of the process's own count, as the columns have them. */
  seconds(): number {
    return this.#commons.seconds()
  }

  table(name: string): RoutingTable | undefined {
    return this.#byName.get(name)
  }

  tableById(id: number): RoutingTable | undefined {
    return this.#byId[id]
  }

  /** In the order of their making. */
  tables(): Iterable<RoutingTable> {
    return this.#byName.values()
  }

  addTable(name: string, family: TableFamily, instance = 'master'): RoutingTable {
    const known = this.#byName.get(name)
    if (known) return known
    const table = new RoutingTable({ id: this.#byId.length, name, family, instance, commons: this.#commons })
    this.#byId.push(table)
    this.#byName.set(name, table)
    for (const listener of this.#listeners) listener.tableAdded?.(table)
    this.resolver.tablesChanged(this.nextHops)
    return table
  }

  /** The table's routes go with it. Its number is not given again. */
  removeTable(name: string): void {
    const table = this.#byName.get(name)
    if (!table) return
    for (let row = 0; row < table.rows.end; row++) if (table.isLive(row)) table.remove(row)
    this.settle()
    this.#byName.delete(name)
    this.#byId[table.id] = undefined
    for (const listener of this.#listeners) listener.tableRemoved?.(table)
    this.resolver.tablesChanged(this.nextHops)
  }

  /** Where gateways of an instance are looked up: unicast first, and what only resolves (inet.3) beside it. */
  resolutionTables(instance: string, family: 'inet' | 'inet6'): RoutingTable[] {
    const prefix = instance === 'master' ? '' : `${instance}.`
    return [`${prefix}${family}.0`, `${prefix}${family}.3`].flatMap(name => this.#byName.get(name) ?? [])
  }

  listen(listener: RibListener): void {
    this.#listeners.push(listener)
  }

  /** Settles in a turn of its own, together with all that is changed until then. Resolves when it is done. */
  soon(): Promise<void> {
    this.#planned ??= new Promise(resolve =>
      setImmediate(() => {
        this.#planned = undefined
        this.settle()
        resolve()
      }),
    )
    return this.#planned
  }

  /** Interfaces changed: what rests on them is resolved anew. */
  linksChanged(): void {
    this.resolver.linksChanged()
    this.settle()
  }

  /**
   * Resolves next hops and chooses routes until nothing changes any more, and tells the listeners. When a great many routes have to be
   * chosen anew, the rest follows in later turns, each with its own changes.
   */
  settle(): void {
    const routes: { table: RoutingTable; touched: Touched }[] = []
    const moved = new Set<NextHop>()
    let budget = SLICE
    for (;;) {
      let changed = false
      for (const table of this.#byName.values()) {
        if (table.touched.count === 0) continue
        const touched = table.touched.take()
        routes.push({ table, touched })
        this.resolver.routesChanged(table, touched)
        changed = true
      }
      if (!this.resolver.settled) {
        const outcome = this.resolver.settle()
        for (const nextHop of outcome.moved) moved.add(nextHop)
        for (const nextHop of outcome.swayed) this.#swayed.add(nextHop)
        // Rows that the pass has seen may have to be seen again.
        if (outcome.swayed.size > 0) this.#pass = { tables: [...this.#byName.values()], row: 0 }
        changed = true
      }
      if (this.#pass && budget > 0) {
        budget = this.#chooseAnew(budget)
        changed = true
      }
      if (!changed) break
    }
    if (routes.length > 0 || moved.size > 0)
      for (const listener of this.#listeners) listener.changed({ routes, nextHops: moved })
    if (this.#pass) void this.soon()
  }

  /** Goes on with the pass over all rows; returns what is left of the budget, 0 when the pass is not through. */
  #chooseAnew(budget: number): number {
    const pass = this.#pass!
    let left = budget
    for (let table = pass.tables[0]; table; table = pass.tables[0]) {
      const { rows } = table
      // Looking at a row costs a hundredth of choosing.
      for (; pass.row < rows.end && left > 0; pass.row++) {
        left -= 0.01
        if (!table.isLive(pass.row) || !this.#swayed.has(table.nextHop(pass.row))) continue
        table.reselect(pass.row)
        left--
      }
      if (left <= 0) return 0
      pass.tables.shift()
      pass.row = 0
    }
    this.#pass = undefined
    this.#swayed.clear()
    return left
  }
}
