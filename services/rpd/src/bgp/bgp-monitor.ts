import type { BgpRouteEntry } from '@hangar/protocol/bgp_route_service_pb'
import { turn } from '@hangar/runtime'
import { accepts } from '../policy/policy.ts'
import { PolicyRoute } from '../policy/policy-route.ts'
import type { RibChanges } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { eachTouched } from '../rib/touched.ts'
import type { Routing } from '../routing.ts'
import { type ReplyFormat, toEntry } from './to-entry.ts'

/** What a monitor says of a route. */
export type BgpNotice =
  | { readonly operation: 'update' | 'remove'; readonly entry: BgpRouteEntry }
  | { readonly operation: 'end of ribs' }

/** Destinations that are looked at before others get their turn. */
const SLICE = 512

interface Destination {
  readonly table: RoutingTable
  readonly words: readonly [number, number, number, number]
  readonly length: number
}

interface Sent {
  /** Equal for a route that has not changed. */
  readonly state: string
  readonly entry: BgpRouteEntry
}

/**
 * One client's stream of the BGP routes that the import policies send to be analyzed: all of them, an end, then what changes. A
 * destination that changes while the reader is away is told once, as it is when the reader comes: a slow reader costs a set of
 * destinations, and slows nobody.
 */
export class BgpMonitor {
  readonly #routing: Routing
  readonly #format: ReplyFormat
  readonly #count: number
  readonly #pending = new Map<string, Destination>()
  readonly #sent = new Map<string, Map<string, Sent>>()
  readonly #route = new PolicyRoute()
  /** A walk over all tables is due, and how many ends have to be told after it. */
  #walk = true
  #ended = false
  #wake = () => {}

  constructor(routing: Routing, options: { format: ReplyFormat; count: number }) {
    this.#routing = routing
    this.#format = options.format
    this.#count = options.count
  }

  /** Everything is sent again, with an end behind it. */
  refresh(): void {
    this.#sent.clear()
    this.#walk = true
    this.#wake()
  }

  /** Policies may decide otherwise now: every route is looked at again, and what changed is told. */
  reconsider(): void {
    for (const table of this.#routing.rib.tables()) for (const row of table.heads()) this.#mark(table, row)
    for (const [key, sent] of this.#sent) if (sent.size > 0) this.#remember(key)
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  changed({ routes }: RibChanges): void {
    for (const { table, touched } of routes)
      eachTouched(touched, (k0, k1, k2, k3, length) => {
        const words = [k0, k1, k2, k3] as const
        this.#pending.set(keyOf(table, words, length), { table, words, length })
      })
    if (this.#pending.size > 0) this.#wake()
  }

  /** Messages of up to `count` notices, until the client goes or `end` is called. */
  async *stream(signal: AbortSignal): AsyncIterable<BgpNotice[]> {
    signal.addEventListener('abort', () => this.end(), { once: true })
    while (!this.#ended) {
      if (this.#walk) {
        this.#walk = false
        for (const table of this.#routing.rib.tables())
          for (const row of table.heads()) if (this.#holdsBgp(table, row)) this.#mark(table, row)
        yield* this.#drain()
        if (!this.#walk && !this.#ended) yield [{ operation: 'end of ribs' }]
      } else yield* this.#drain()
      if (this.#pending.size === 0 && !this.#walk && !this.#ended)
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      this.#wake = () => {}
    }
  }

  async *#drain(): AsyncIterable<BgpNotice[]> {
    let page: BgpNotice[] = []
    let looked = 0
    for (const [key, destination] of this.#pending) {
      if (this.#ended) return
      this.#pending.delete(key)
      page.push(...this.#notices(key, destination))
      if (page.length >= this.#count) {
        yield page
        page = []
      }
      if (++looked % SLICE === 0) await turn()
    }
    if (page.length > 0) yield page
  }

  #notices(key: string, { table, words, length }: Destination): BgpNotice[] {
    const before = this.#sent.get(key)
    const now = new Map<string, Sent>()
    const notices: BgpNotice[] = []
    const { rib } = this.#routing
    for (let row = table.find(...words, length); row >= 0; row = table.rows.next(row)) {
      if (!this.#analyzed(table, row)) continue
      const attributes = table.attributes(row)
      const route = `${attributes.source.client} ${table.rows.cookieHigh(row)} ${table.rows.cookieLow(row)}`
      const state = `${attributes.key} ${table.nextHop(row).key} ${table.isActive(row)}`
      const known = before?.get(route)
      const sent = known?.state === state ? known : { state, entry: toEntry(rib, table, row, this.#format) }
      now.set(route, sent)
      if (sent !== known) notices.push({ operation: 'update', entry: sent.entry })
    }
    for (const [route, { entry }] of before ?? []) if (!now.has(route)) notices.push({ operation: 'remove', entry })
    if (now.size > 0) this.#sent.set(key, now)
    else this.#sent.delete(key)
    return notices
  }

  /** Whether the import policies, in their order, send the route to be analyzed. */
  #analyzed(table: RoutingTable, row: number): boolean {
    const { rib, policies, settings } = this.#routing
    if (table.attributes(row).source.protocol !== 'BGP-Static') return false
    const route = this.#route.at(rib, table, row)
    accepts(policies.chain(settings.bgpImport), route, true)
    return route.analyze
  }

  #holdsBgp(table: RoutingTable, head: number): boolean {
    for (let row = head; row >= 0; row = table.rows.next(row))
      if (table.attributes(row).source.protocol === 'BGP-Static') return true
    return false
  }

  #mark(table: RoutingTable, row: number): void {
    const { rows } = table
    const words = [rows.k0(row), rows.k1(row), rows.k2(row), rows.k3(row)] as const
    const length = rows.length(row)
    this.#pending.set(keyOf(table, words, length), { table, words, length })
  }

  #remember(key: string): void {
    const [id, k0, k1, k2, k3, length] = key.split(' ').map(Number) as [number, number, number, number, number, number]
    const table = this.#routing.rib.tableById(id)
    if (table) this.#pending.set(key, { table, words: [k0, k1, k2, k3], length })
  }
}

function keyOf({ id }: RoutingTable, words: readonly number[], length: number): string {
  return `${id} ${words.join(' ')} ${length}`
}
