import { create } from '@bufbuild/protobuf'
import {
  type ProgramForwardingRequest,
  type RoutingSocketEvent,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { applyRoutes } from './apply-routes.ts'
import type { ForwardingTable } from './forwarding-table.ts'
import { nextHop } from './next-hop.ts'
import { NextHops } from './next-hops.ts'
import { Operation, type RouteReport } from './route-report.ts'
import { sweepRoutes } from './sweep.ts'
import { Tables } from './tables.ts'

/** Next hops that are worked on in one piece. */
const nextHopSlice = 1024

/** The forwarding tables as they are, and what the routing socket says when they change. */
export class Forwarding {
  readonly tables = new Tables()
  readonly nextHops = new NextHops()
  readonly #now: () => number

  /** `now`: Unix time in ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * Does what a request asks for, which has been checked, while it is iterated: what it gives is one slice of work each, a few
   * milliseconds, with its event or without one. Begun, it has to be carried through before the next request.
   */
  *program(request: ProgramForwardingRequest): Generator<RoutingSocketEvent | undefined> {
    const { tables, nextHops } = this
    nextHops.begin()
    if (request.snapshot) {
      tables.forgetAll()
      nextHops.forgetNumbers()
    }
    for (const entry of request.tables) {
      const { table, made } = tables.name(entry)
      if (made) yield this.#tableEvent(Operation.ADD, table)
    }
    for (const [i, one] of request.nextHops.entries()) {
      nextHops.put(one.id, nextHop(one, tables.get(one.table)?.name ?? ''))
      if (i % nextHopSlice === nextHopSlice - 1) yield undefined
    }
    for (const batch of request.routes) yield* this.#events(applyRoutes(tables.get(batch.table)!, nextHops, batch))
    for (const id of request.removedTables) {
      const table = tables.forget(id)
      if (table) yield* this.#delete(table)
    }
    for (const id of request.removedNextHops) nextHops.remove(id)
    if (request.synced) yield* this.#sweep()
  }

  /** What the snapshot did not name goes. */
  *#sweep(): Generator<RoutingSocketEvent | undefined> {
    const { tables, nextHops } = this
    for (const table of tables.nameless()) yield* this.#delete(table)
    for (const table of tables) {
      // Mostly there is nothing: rpd has started again, and its routes are what they were.
      if (nextHops.staleUses === 0) return
      yield* this.#events(sweepRoutes(table, nextHops, place => nextHops.isStale(place)))
    }
  }

  *#delete(table: ForwardingTable): Generator<RoutingSocketEvent | undefined> {
    yield* this.#events(sweepRoutes(table, this.nextHops, () => true))
    this.tables.delete(table)
    yield this.#tableEvent(Operation.DELETE, table)
  }

  *#events(reports: Iterable<RouteReport | undefined>): Generator<RoutingSocketEvent | undefined> {
    for (const report of reports) {
      const value = report?.events()
      yield value && this.#event(Operation.UNSPECIFIED, { case: 'routes', value })
    }
  }

  #tableEvent(operation: Operation, table: ForwardingTable): RoutingSocketEvent {
    return this.#event(operation, { case: 'routeTable', value: table.event() })
  }

  #event(operation: Operation, object: RoutingSocketEvent['object']): RoutingSocketEvent {
    return create(RoutingSocketEventSchema, { operation, object, timeMs: BigInt(Math.trunc(this.#now())) })
  }
}
