import { Destination, MOST_ROUTES, type RouteColumns } from '../../decode/route-columns.ts'
import type { RouteSource } from '../../rib/attributes.ts'
import { isLabel } from '../../rib/label.ts'
import type { RoutingTable } from '../../rib/routing-table.ts'
import type { Routing } from '../../routing.ts'
import type { DestinationFault, RouteFault, WriteOutcome } from './faults.ts'
import type { GivenNextHop } from './given-next-hop.ts'
import type { DefaultPreferences, GivenAttributes } from './route-attributes.ts'
import { type TableMessage, tableIn } from './table-message.ts'

export type Operation = 'add' | 'modify' | 'update'
export type Columns = RouteColumns<GivenNextHop, GivenAttributes, TableMessage>

/** A label as JET says its length, and as our tables do. */
const label = { contract: 52, length: 20 } as const
/** Paths to one destination, of all clients: each is compared with the others. */
const MOST_PATHS = 1024
const families = { [Destination.inet]: 'inet', [Destination.inet6]: 'inet6', [Destination.mpls]: 'mpls' } as const

/** What the two generations call a prefix of another family than its table. */
export type OtherFamily = 'PREFIX_INVALID' | 'TABLE_INVALID'

/**
 * Writes the routes of one request after the other into the tables: in order up to the first error, what was done before stays done.
 * Whoever calls answers when the routing is committed.
 */
export class RouteWriter {
  readonly #routing: Routing
  readonly #otherFamily: OtherFamily
  #requests = 0
  /** Where the route at hand goes, set by `#locate`. */
  #table: RoutingTable | undefined
  #length = 0

  constructor(routing: Routing, otherFamily: OtherFamily) {
    this.#routing = routing
    this.#otherFamily = otherFamily
  }

  put(columns: Columns, operation: Operation, source: RouteSource, defaults: DefaultPreferences): WriteOutcome {
    this.#requests++
    return this.#inOrder(columns, row => this.#put(columns, row, operation, source, defaults))
  }

  remove(columns: Columns, source: RouteSource): WriteOutcome {
    return this.#inOrder(columns, row => this.#remove(columns, row, source))
  }

  #inOrder({ count }: Columns, act: (row: number) => RouteFault | undefined): WriteOutcome {
    if (count === 0) return { fault: 'NO_OP', completed: 0 }
    if (count > MOST_ROUTES) return { fault: 'TOO_MANY_OPS', completed: 0 }
    for (let row = 0; row < count; row++) {
      const fault = act(row)
      if (fault !== undefined) return { fault, completed: row }
    }
    return { completed: count }
  }

  #put(
    columns: Columns,
    at: number,
    operation: Operation,
    source: RouteSource,
    defaults: DefaultPreferences,
  ): RouteFault | undefined {
    const { rib } = this.#routing
    const fault = this.#locate(columns, at)
    if (fault !== undefined) return fault
    const table = this.#table!
    const given = columns.nextHops[at]!
    const wrong = given.fault(this.#routing, table, this.#requests)
    if (wrong !== undefined) return wrong
    const attributes = columns.attributes[at]!
    if (!attributes.valid) return 'REQUEST_INVALID'
    const { words } = columns
    const k0 = words[4 * at]!
    const k1 = words[4 * at + 1]!
    const k2 = words[4 * at + 2]!
    const k3 = words[4 * at + 3]!
    const low = columns.cookieLow[at]!
    const high = columns.cookieHigh[at]!
    const head = table.find(k0, k1, k2, k3, this.#length)
    const row = table.routeOf(head, source, low, high)
    if (row >= 0 && operation === 'add') return 'ROUTE_EXISTS'
    if (row < 0 && operation === 'modify') return 'ROUTE_NOT_FOUND'
    if (row < 0 && isCrowded(table, head)) return 'ROUTE_ADD_FAILED'
    const set = attributes.intern(rib, source, defaults, given.tunnelled && columns.stats[at] === 1)
    const nextHop = given.intern(this.#routing)
    if (row < 0) {
      try {
        table.insert(head, k0, k1, k2, k3, this.#length, set, nextHop, low, high)
      } catch (error) {
        rib.attributes.sweep(set)
        rib.nextHops.sweep(nextHop)
        if (error instanceof RangeError) return 'ROUTE_ADD_FAILED'
        throw error
      }
    } else if (table.attributes(row) !== set || table.nextHop(row) !== nextHop) table.change(row, set, nextHop)
    return undefined
  }

  #remove(columns: Columns, at: number, source: RouteSource): RouteFault | undefined {
    const fault = this.#locate(columns, at)
    if (fault !== undefined) return fault
    const table = this.#table!
    const { words } = columns
    const head = table.find(words[4 * at]!, words[4 * at + 1]!, words[4 * at + 2]!, words[4 * at + 3]!, this.#length)
    const row = table.routeOf(head, source, columns.cookieLow[at]!, columns.cookieHigh[at]!)
    if (row < 0) return 'ROUTE_NOT_FOUND'
    table.remove(row)
    return undefined
  }

  /** Finds the table of a route and the length as that table has it. */
  #locate(columns: Columns, at: number): DestinationFault | undefined {
    const table = tableIn(this.#routing.rib, columns.tables[at])
    if (!table || table.family === 'other') return 'TABLE_INVALID'
    const destination = columns.destination[at]!
    if (destination === Destination.absent || destination === Destination.wrong) return 'PREFIX_INVALID'
    if (families[destination as 1 | 2 | 3] !== table.family) return this.#otherFamily
    this.#table = table
    const length = columns.length[at]!
    const words = columns.words
    switch (destination) {
      case Destination.inet:
        this.#length = length
        if (length > 32) return 'PREFIX_LEN_TOO_LONG'
        return behind(words[4 * at]!, length) ? 'PREFIX_LEN_TOO_SHORT' : undefined
      case Destination.inet6:
        this.#length = length
        if (length > 128) return 'PREFIX_LEN_TOO_LONG'
        for (let i = 0; i < 4; i++) if (behind(words[4 * at + i]!, length - 32 * i)) return 'PREFIX_LEN_TOO_SHORT'
        return undefined
      default:
        this.#length = length === 0 ? 0 : label.length
        if (length > label.contract) return 'PREFIX_LEN_TOO_LONG'
        if (length !== 0 && length !== label.contract) return 'PREFIX_LEN_TOO_SHORT'
        if (!isLabel(words[4 * at]!)) return 'MPLS_LABEL_INVALID'
        return length === 0 && words[4 * at] !== 0 ? 'PREFIX_LEN_TOO_SHORT' : undefined
    }
  }
}

/** Whether a destination has as many paths as one may have. */
function isCrowded({ rows }: RoutingTable, head: number): boolean {
  let paths = 0
  for (let row = head; row >= 0; row = rows.next(row)) paths++
  return paths >= MOST_PATHS
}

/** Whether a word has bits behind the first `length`. */
function behind(word: number, length: number): boolean {
  if (length >= 32) return false
  return (length <= 0 ? word : word << length) !== 0
}
