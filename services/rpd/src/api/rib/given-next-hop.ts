import type { NextHop, NextHopSpec } from '../../rib/next-hop.ts'
import type { RoutingTable } from '../../rib/routing-table.ts'
import type { Routing } from '../../routing.ts'
import type { NextHopFault } from './faults.ts'
import { type GatewayMessage, nextHopSpec, type Tunnel } from './gateways.ts'

/** The next hop of a request's routes: decoded once, and given its meaning once for each table and request. */
export class GivenNextHop {
  readonly #gateways: readonly GatewayMessage[]
  readonly #tunnels: readonly (Tunnel | undefined)[]
  /** What it means rests on tables, profiles or addresses of ours, which come and go between two requests. */
  readonly #changes: boolean
  /** It means what it meant as long as these are there. */
  readonly #interfaces: readonly string[]
  readonly tunnelled: boolean
  #table: RoutingTable | undefined
  #request = 0
  #meaning: NextHopSpec | NextHopFault = 'NEXTHOP_INVALID'
  #nextHop: NextHop | undefined

  constructor(gateways: readonly GatewayMessage[], tunnels: readonly (Tunnel | undefined)[]) {
    this.#gateways = gateways
    this.#tunnels = tunnels
    this.tunnelled = tunnels.some(one => one !== undefined)
    this.#changes = this.tunnelled || gateways.some(one => one.localAddress !== undefined || one.table !== undefined)
    this.#interfaces = gateways.map(one => one.interfaceName).filter(name => name !== '')
  }

  /** What is wrong with it in a table; undefined: nothing. `request` is another number for each request. */
  fault(routing: Routing, table: RoutingTable, request: number): NextHopFault | undefined {
    if (table !== this.#table || (request !== this.#request && !this.#holds(routing))) {
      this.#table = table
      this.#nextHop = undefined
      this.#meaning = nextHopSpec(routing, this.#gateways, this.#tunnels, table)
    }
    this.#request = request
    return typeof this.#meaning === 'string' ? this.#meaning : undefined
  }

  /** Whether it means what it did at the last request. */
  #holds({ links }: Routing): boolean {
    return typeof this.#meaning !== 'string' && !this.#changes && this.#interfaces.every(name => links.exists(name))
  }

  /** The next hop in the table that `fault` was asked for last, and found nothing wrong with; nobody holds it yet. */
  intern({ rib }: Routing): NextHop {
    if (!this.#nextHop || this.#nextHop.id === 0)
      this.#nextHop = rib.nextHops.intern(this.#table!.instance, this.#meaning as NextHopSpec)
    return this.#nextHop
  }
}
