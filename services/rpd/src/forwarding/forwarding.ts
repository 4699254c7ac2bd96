import { type Client, Code, ConnectError } from '@connectrpc/connect'
import type { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type Clock, type Logger, messageOf } from '@hangar/runtime'
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
/** ms before a request that failed is tried again. */
const RETRY = 100

interface Work {
  table: RoutingTable
  touched: Touched
  from: number
}

/**
 * Keeps the kernel's forwarding tables at what the routing tables' active routes say. One request is on its way at a time; what changes
 * meanwhile travels together with the next. A kernel that has started anew gets everything.
 */
export class Forwarding implements RibListener {
  readonly #rib: Rib
  readonly #client: Client<typeof Kernel>
  readonly #clock: Clock
  readonly #log: Logger
  readonly #incarnation: string
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
  #up = false
  #busy = false
  #sequence = 0n
  #kernel = ''
  readonly #progress = new Progress()

  constructor(options: { rib: Rib; client: Client<typeof Kernel>; clock: Clock; log: Logger; incarnation: string }) {
    this.#rib = options.rib
    this.#client = options.client
    this.#clock = options.clock
    this.#log = options.log
    this.#incarnation = options.incarnation
    this.#rib.listen(this)
    this.#rib.nextHops.listen({ made: () => {}, freed: (nextHop, id) => this.#nextHopFreed(nextHop, id) })
  }

  changed({ routes, nextHops }: RibChanges): void {
    for (const { table, touched } of routes) {
      if (!forwards(table)) continue
      this.#work.push({ table, touched, from: 0 })
      this.#progress.queued++
    }
    for (const nextHop of nextHops) if (this.#known.has(nextHop.id)) this.#nextHops.add(nextHop)
    if (nextHops.size > 0) this.#progress.queued++
    this.#freed.push(...this.#leaving)
    this.#leaving = []
    void this.#send()
  }

  tableAdded(table: RoutingTable): void {
    if (!forwards(table)) return
    this.#tables.push(table)
    this.#progress.queued++
    void this.#send()
  }

  tableRemoved(table: RoutingTable): void {
    if (!forwards(table)) return
    if (this.#tables.includes(table)) {
      // The kernel has never heard of it.
      this.#tables = this.#tables.filter(one => one !== table)
      this.#work = this.#work.filter(one => one.table !== table)
    } else this.#removedTables.push(table)
    void this.#send()
  }

  /** The kernel is there; a new incarnation of it knows nothing. */
  kernelUp(incarnation: string): void {
    if (this.#up && this.#kernel === incarnation) return
    this.#up = true
    this.#kernel = incarnation
    this.#beginSnapshot()
    void this.#send()
  }

  /**
   * The routing tables hold all that they start with. Until then nothing goes that the kernel has of an earlier rpd: routes that are only
   * on their way into the tables would be gone for a moment.
   */
  tablesComplete(): void {
    if (this.#complete) return
    this.#complete = true
    this.#progress.queued++
    void this.#send()
  }

  kernelDown(incarnation: string): void {
    if (incarnation !== this.#kernel) return
    this.#up = false
    this.#progress.reach(Number.POSITIVE_INFINITY)
  }

  /** rpd ends: what is not told by now never is. */
  stop(): void {
    this.kernelDown(this.#kernel)
  }

  /** Resolves when the kernel holds all that the tables said until now. Without a kernel nobody waits: it gets everything when it is there. */
  acknowledged(): Promise<void> {
    return this.#up ? this.#progress.caughtUp() : Promise.resolve()
  }

  #beginSnapshot(): void {
    const tables = [...this.#rib.tables()].filter(forwards)
    this.#snapshot = { tables, row: 0, begun: false }
    this.#syncDue = true
    this.#tables = tables.slice()
    this.#removedTables = []
    this.#work = []
    this.#nextHops.clear()
    this.#known.clear()
    for (const id of [...this.#freed, ...this.#leaving]) this.#rib.nextHops.reuse(id)
    this.#freed = []
    this.#leaving = []
    this.#sequence = 0n
  }

  async #send(): Promise<void> {
    if (this.#busy || !this.#up) return
    this.#busy = true
    try {
      while (this.#up && this.#any()) {
        const kernel = this.#kernel
        const { request, work } = this.#next()
        try {
          await this.#client.programForwarding(request)
          for (const id of request.removedNextHops) this.#rib.nextHops.reuse(id)
          if (kernel === this.#kernel) this.#progress.reach(work)
        } catch (error) {
          if (kernel !== this.#kernel) {
            // Another kernel is there by now, which never knew them.
            for (const id of request.removedNextHops) this.#rib.nextHops.reuse(id)
            continue
          }
          this.#freed.push(...request.removedNextHops)
          // It was already known to be gone.
          if (!this.#up) return
          this.#log.warn(
            { error: messageOf(error) },
            'the kernel did not take a change of forwarding; it gets everything',
          )
          this.#beginSnapshot()
          if (ConnectError.from(error).code !== Code.FailedPrecondition)
            await new Promise<void>(resolve => this.#clock.after(RETRY, resolve))
        }
      }
    } finally {
      this.#busy = false
    }
  }

  #any(): boolean {
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
  #next() {
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
      work: this.#snapshot ? this.#progress.done : this.#progress.queued - this.#work.length,
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
