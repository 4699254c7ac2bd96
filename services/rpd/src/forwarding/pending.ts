import type { NextHop } from '../rib/next-hop.ts'
import type { Rib, RibChanges, RibListener } from '../rib/rib.ts'
import { RowFlag } from '../rib/route-rows.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { eachTouched, type Touched } from '../rib/touched.ts'
import { forwardingNextHop } from './next-hop-message.ts'
import { Progress } from './progress.ts'
import { RouteBatchWriter } from './route-batch.ts'

/** Routes in one request to the kernel. */
const BATCH = 4096

interface Work {
  table: RoutingTable
  touched: Touched
  from: number
}

/** What the kernel has yet to be told of the routing tables, and in which requests. */
export class Pending implements RibListener {
  readonly #rib: Rib
  readonly #incarnation: string
  /** Called when there may be something to tell. */
  readonly #came: () => void
  #work: Work[] = []
  #nextHops = new Set<NextHop>()
  readonly #known = new Set<number>()
  /** Next hops that no route of the tables has any more; those of `#leaving` not since the last change. */
  #freed: number[] = []
  #leaving: number[] = []
  #tables: RoutingTable[] = []
  #removedTables: RoutingTable[] = []
  /** Where the snapshot stands: tables still to be walked, from which row. */
  #snapshot: { tables: RoutingTable[]; row: number; begun: boolean } | undefined
  /** The kernel has yet to be told that the snapshot is complete, and so to drop what it did not name. */
  #syncDue = false
  #complete = false
  #sequence = 0n
  /** How much of it is told. */
  readonly progress = new Progress()

  constructor(rib: Rib, incarnation: string, came: () => void) {
    this.#rib = rib
    this.#incarnation = incarnation
    this.#came = came
    rib.listen(this)
    rib.nextHops.listen({ made: () => {}, freed: (nextHop, id) => this.#nextHopFreed(nextHop, id) })
  }

  changed({ routes, nextHops }: RibChanges): void {
    for (const { table, touched } of routes) {
      if (!forwards(table)) continue
      this.#work.push({ table, touched, from: 0 })
      this.progress.queued++
    }
    for (const nextHop of nextHops) if (this.#known.has(nextHop.id)) this.#nextHops.add(nextHop)
    if (nextHops.size > 0) this.progress.queued++
    if (this.#leaving.length > 0) this.unforgotten(this.#leaving)
    this.#leaving = []
    this.#came()
  }

  tableAdded(table: RoutingTable): void {
    if (!forwards(table)) return
    this.#tables.push(table)
    this.progress.queued++
    this.#came()
  }

  tableRemoved(table: RoutingTable): void {
    if (!forwards(table)) return
    if (this.#tables.includes(table)) {
      // The kernel has never heard of it.
      this.#tables = this.#tables.filter(one => one !== table)
      this.#work = this.#work.filter(one => one.table !== table)
    } else this.#removedTables.push(table)
    this.#came()
  }

  /** The routing tables hold all that they start with: what the kernel has of an earlier rpd, and they have not, can go. */
  tablesComplete(): void {
    if (this.#complete) return
    this.#complete = true
    this.progress.queued++
    this.#came()
  }

  /** The kernel knows nothing: it is told everything, from here on. */
  beginSnapshot(): void {
    const tables = [...this.#rib.tables()].filter(forwards)
    this.#snapshot = { tables, row: 0, begun: false }
    this.#syncDue = true
    this.#tables = tables.slice()
    this.#removedTables = []
    this.#work = []
    this.#nextHops.clear()
    this.#known.clear()
    this.forgotten([...this.#freed, ...this.#leaving])
    this.#freed = []
    this.#leaving = []
    this.#sequence = 0n
  }

  get any(): boolean {
    return (
      this.#snapshot !== undefined ||
      (this.#syncDue && this.#complete) ||
      this.#work.length > 0 ||
      this.#nextHops.size > 0 ||
      this.#tables.length > 0 ||
      this.#removedTables.length > 0 ||
      this.#freed.length > 0
    )
  }

  /** The next request, and how much of the queued work is done with it. */
  next() {
    const first = this.#snapshot && !this.#snapshot.begun
    const writer = new RouteBatchWriter()
    const named = new Set<NextHop>(this.#nextHops)
    this.#nextHops.clear()
    const name = (nextHop: NextHop) => {
      if (this.#known.has(nextHop.id)) return
      this.#known.add(nextHop.id)
      named.add(nextHop)
    }
    // A table of the same name as one that goes has to wait until that one is gone, and so have its routes.
    const names = new Set(this.#removedTables.map(table => table.name))
    const [waiting, tables] = [
      this.#tables.filter(one => names.has(one.name)),
      this.#tables.filter(one => !names.has(one.name)),
    ]
    this.#tables = waiting
    if (this.#snapshot) this.#walk(writer, name)
    else this.#takeWork(writer, name, waiting)
    if (this.#snapshot?.tables.length === 0) this.#snapshot = undefined
    const synced = this.#syncDue && this.#complete && !this.#snapshot && this.#work.length === 0
    if (synced) this.#syncDue = false
    // What nobody needs any more goes when the routes that left it are through.
    let removedNextHops: number[] = []
    let removedTables: RoutingTable[] = []
    if (this.#work.length === 0) [removedNextHops, this.#freed] = [this.#freed, []]
    if (this.#work.length === 0 || waiting.includes(this.#work[0]!.table))
      [removedTables, this.#removedTables] = [this.#removedTables, []]
    return {
      work: this.#snapshot ? this.progress.done : this.progress.queued - this.#work.length,
      request: {
        incarnation: this.#incarnation,
        sequence: ++this.#sequence,
        snapshot: first === true,
        synced,
        tables: tables.map(({ id, name, family, instance }) => ({ id, name, family, instance })),
        nextHops: [...named].filter(one => one.id !== 0).map(forwardingNextHop),
        routes: writer.batches(),
        removedNextHops,
        removedTables: removedTables.map(table => table.id),
      },
    }
  }

  /** A kernel has forgotten these next hops, or never knew them: their numbers are free. */
  forgotten(nextHops: readonly number[]): void {
    for (const id of nextHops) this.#rib.nextHops.reuse(id)
  }

  /** Whether the kernel has forgotten these is not known: it is told again. */
  unforgotten(nextHops: readonly number[]): void {
    this.#freed = this.#freed.concat(nextHops)
  }

  #walk(writer: RouteBatchWriter, name: (nextHop: NextHop) => void): void {
    const snapshot = this.#snapshot!
    snapshot.begun = true
    for (let table = snapshot.tables[0]; table; table = snapshot.tables[0]) {
      const { rows } = table
      writer.begin(table, BATCH)
      for (; snapshot.row < rows.end && writer.count < BATCH; snapshot.row++) {
        const { row } = snapshot
        if ((rows.flags(row) & RowFlag.active) === 0) continue
        this.#write(writer, name, table, rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row), rows.length(row), row)
      }
      if (snapshot.row < rows.end) return
      snapshot.tables.shift()
      snapshot.row = 0
    }
  }

  #takeWork(writer: RouteBatchWriter, name: (nextHop: NextHop) => void, waiting: readonly RoutingTable[]): void {
    for (let work = this.#work[0]; work && writer.count < BATCH; work = this.#work[0]) {
      const { table, touched, from } = work
      if (waiting.includes(table)) return
      const end = Math.min(touched.lengths.length, from + BATCH - writer.count)
      writer.begin(table, end - from)
      eachTouched(
        touched,
        (k0, k1, k2, k3, length, hint) => this.#write(writer, name, table, k0, k1, k2, k3, length, hint),
        from,
        end,
      )
      if (end < touched.lengths.length) work.from = end
      else this.#work.shift()
    }
  }

  /** Writes what the table says of a destination now, whatever it was when it changed. */
  #write(
    writer: RouteBatchWriter,
    name: (nextHop: NextHop) => void,
    table: RoutingTable,
    k0: number,
    k1: number,
    k2: number,
    k3: number,
    length: number,
    hint: number,
  ): void {
    const row = table.activeOf(hint, k0, k1, k2, k3, length)
    let id = 0
    if (row >= 0 && !table.attributes(row).values.noInstall) {
      const nextHop = table.nextHop(row)
      name(nextHop)
      id = nextHop.id
    }
    writer.add(k0, k1, k2, k3, length, id)
  }

  #nextHopFreed(nextHop: NextHop, id: number): void {
    this.#nextHops.delete(nextHop)
    if (this.#known.delete(id)) this.#leaving.push(id)
    else this.#rib.nextHops.reuse(id)
  }
}

/** Routes of these tables forward packets; others only resolve or are exported. */
function forwards(table: RoutingTable): boolean {
  return table.family !== 'other' && table.name.endsWith('.0')
}
