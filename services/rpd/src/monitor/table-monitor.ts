import { accepts, type Policy } from '../policy/policy.ts'
import { PolicyRoute } from '../policy/policy-route.ts'
import type { Dialect } from '../read/dialect.ts'
import { RouteEncoder } from '../read/route-encoder.ts'
import type { ReplyFormats } from '../read/submessages.ts'
import { Turns } from '../read/turns.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { eachTouched, type Touched } from '../rib/touched.ts'
import { MonitorWriter, monitorHead } from './monitor-writer.ts'
import { ToldRoutes } from './told-routes.ts'

/** A message of a walk ends here, whatever next hops its routes have. */
const MOST_BYTES = 1 << 18

/** What a client says of a monitor, and may change while it lives. */
export interface MonitorChoices {
  /** '' is none: all active routes. */
  readonly policy: string
  /** Echoed in each message. */
  readonly context: number
  readonly noEndOfTable: boolean
  /** When the registration ends, what was told is not withdrawn. */
  readonly noWithdrawal: boolean
}

export interface MonitorOptions {
  readonly rib: Rib
  readonly table: RoutingTable
  readonly dialect: Dialect
  readonly formats: ReplyFormats
  readonly policyNamed: (name: string) => Policy | undefined
  /** Routes in a message of a walk. */
  readonly routeCount: number
}

/** What became of one step: something was told, or looked at and not; a row was passed by; there is nothing more to do; or what was told has to go first. */
type Step = 'told' | 'nothing' | 'passed' | 'idle' | 'full'

/**
 * What one client has to be told of one table: the active route of each destination, as far as the policy accepts it. What changes while
 * the client does not read is kept as a set of destinations, and told as it is when the client comes: a slow reader costs a
 * bounded amount of memory, and nobody waits for it.
 */
export class TableMonitor {
  readonly table: RoutingTable
  readonly routeCount: number
  readonly #options: MonitorOptions
  readonly #told: ToldRoutes
  readonly #writer: MonitorWriter
  readonly #route = new PolicyRoute()
  #choices: MonitorChoices
  #policy: Policy | undefined
  /** Where the walk over the table stands; `again`: what was told is told again. */
  #walk: { row: number; again: boolean } | undefined
  /** Behind the walk, and behind so many that were pending when it ended, the end of the table is told; until then messages are packed. */
  #endDue = true
  #endAfter = 0
  #withdrawn: number | undefined

  constructor(options: MonitorOptions, choices: MonitorChoices) {
    const { rib, table, dialect, formats } = options
    this.#options = options
    this.table = table
    this.routeCount = options.routeCount
    this.#told = new ToldRoutes(table.rows.wide)
    this.#writer = new MonitorWriter(new RouteEncoder(rib, table, dialect, formats), dialect)
    this.#choices = choices
    this.choose(choices, false)
  }

  get choices(): MonitorChoices {
    return this.#choices
  }

  /** Whether there is nothing to tell now. */
  get idle(): boolean {
    if (this.#withdrawn !== undefined) return this.#withdrawn >= this.#told.end
    return !this.#walk && !this.#endDue && this.#told.pending === 0
  }

  /** Bytes held for what was told. */
  get bytes(): number {
    return this.#told.bytes
  }

  /** Takes other choices: the table is walked over, and what is told by them and was not, or the other way round, is said; or all of it `again`. */
  choose(choices: MonitorChoices, again: boolean): void {
    const { policyNamed, dialect } = this.#options
    this.#choices = choices
    this.#writer.head = monitorHead(dialect, { ...choices, code: 0, message: '', table: this.table.name })
    this.#policy = policyNamed(choices.policy)
    this.#walk = { row: 0, again }
    this.#endDue = true
  }

  /** The policy may be another, or gone: then all is looked at anew. False when it is the same. */
  policiesChanged(): boolean {
    const policy = this.#options.policyNamed(this.#choices.policy)
    if (policy === this.#policy) return false
    this.#policy = policy
    this.#walk = { row: 0, again: this.#walk?.again ?? false }
    return true
  }

  /** From now on what was told is withdrawn, and nothing else told. */
  withdraw(): void {
    this.#withdrawn = 0
  }

  /** Destinations of the table have other routes: keeps in mind what has to be told, and what no longer has to be. */
  touched(touched: Touched): void {
    const told = this.#told
    eachTouched(touched, (k0, k1, k2, k3, length, hint) => {
      const row = this.table.activeOf(hint, k0, k1, k2, k3, length)
      const entry = told.find(k0, k1, k2, k3, length)
      if (row < 0) {
        if (entry < 0) return
        if (told.isTold(entry)) told.await(entry)
        else told.drop(entry)
      } else if (entry < 0) told.await(told.add(k0, k1, k2, k3, length))
      else if (this.#isToldAs(entry, row)) told.settle(entry)
      else told.await(entry)
    })
  }

  /** The next message; 'later' when others have to get their turn before there can be one, undefined when there is nothing to tell. */
  next(): Uint8Array | 'later' | undefined {
    const writer = this.#writer
    const turns = new Turns()
    for (;;) {
      if (writer.count >= (this.#endDue ? this.routeCount : 1) || writer.size >= MOST_BYTES) return writer.take()
      const step = this.#step()
      if (step === 'told' && !this.#endDue) return writer.take()
      if (step === 'idle' || step === 'full') return writer.count > 0 ? writer.take() : undefined
      if (turns.isDue(step === 'passed' ? Turns.looking : 1)) return writer.count > 0 ? writer.take() : 'later'
    }
  }

  #step(): Step {
    if (this.#withdrawn !== undefined) return this.#withdrawNext()
    if (this.#walk) return this.#walkOn(this.#walk)
    if (this.#endDue && (this.#endAfter === 0 || this.#told.pending === 0)) return this.#tellEnd()
    const entry = this.#told.firstPending
    if (entry < 0) return 'idle'
    this.#endAfter = Math.max(0, this.#endAfter - 1)
    return this.#tellPending(entry)
  }

  #walkOn(walk: { row: number; again: boolean }): Step {
    const { table } = this
    if (walk.row >= table.rows.end) {
      this.#walk = undefined
      this.#endAfter = this.#told.pending
      return 'nothing'
    }
    const row = walk.row++
    return table.isActive(row) ? this.#tellRow(row, walk.again) : 'passed'
  }

  #tellEnd(): Step {
    if (this.#writer.count > 0) return 'full'
    this.#endDue = false
    if (this.#choices.noEndOfTable) return 'nothing'
    this.#writer.endOfTable()
    return 'told'
  }

  #tellPending(entry: number): Step {
    const told = this.#told
    const row = this.#activeRow(told.k0(entry), told.k1(entry), told.k2(entry), told.k3(entry), told.length(entry))
    return row < 0 ? this.#tellGone(entry) : this.#tellRow(row, false)
  }

  /** What there is to say of an active route. */
  #tellRow(row: number, again: boolean): Step {
    const { table } = this
    const { rows } = table
    const told = this.#told
    const [k0, k1, k2, k3, length] = [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row), rows.length(row)]
    const known = told.find(k0, k1, k2, k3, length)
    if (!this.#accepts(row)) return known < 0 ? 'nothing' : this.#tellGone(known)
    if (known >= 0 && !again && this.#isToldAs(known, row)) {
      told.settle(known)
      return 'nothing'
    }
    this.#writer.route(known >= 0 && told.isTold(known) && !again ? 'modify' : 'add', row)
    const entry = known < 0 ? told.add(k0, k1, k2, k3, length) : known
    told.tell(entry, table.attributes(row), table.nextHop(row), rows.cookieLow(row), rows.cookieHigh(row))
    return 'told'
  }

  /** What there is to say of a destination that has no route to be told any more. */
  #tellGone(entry: number): Step {
    const told = this.#told
    const wasTold = told.isTold(entry)
    if (wasTold)
      this.#writer.key(
        'delete',
        told.k0(entry),
        told.k1(entry),
        told.k2(entry),
        told.k3(entry),
        told.length(entry),
        told.cookieLow(entry),
        told.cookieHigh(entry),
      )
    told.drop(entry)
    return wasTold ? 'told' : 'nothing'
  }

  #withdrawNext(): Step {
    const entry = this.#withdrawn!
    if (entry >= this.#told.end) return 'idle'
    this.#withdrawn = entry + 1
    return this.#told.isTold(entry) ? this.#tellGone(entry) : 'passed'
  }

  #activeRow(k0: number, k1: number, k2: number, k3: number, length: number): number {
    const head = this.table.find(k0, k1, k2, k3, length)
    return head >= 0 && this.table.isActive(head) ? head : -1
  }

  #isToldAs(entry: number, row: number): boolean {
    const { rows } = this.table
    return this.#told.isToldAs(
      entry,
      this.table.attributes(row),
      this.table.nextHop(row),
      rows.cookieLow(row),
      rows.cookieHigh(row),
    )
  }

  /** A policy that is not there accepts nothing. */
  #accepts(row: number): boolean {
    if (this.#choices.policy === '') return true
    const { rib, table } = this.#options
    return this.#policy !== undefined && accepts([this.#policy], this.#route.at(rib, table, row), false)
  }
}
