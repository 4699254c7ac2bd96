import { create } from '@bufbuild/protobuf'
import {
  RoutingSocketEvent_Operation as Operation,
  type RouteEvents,
  RouteEventsSchema,
  type RouteWays,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { bytesOf } from './columns.ts'
import type { ForwardingTable } from './forwarding-table.ts'

export { Operation }

/** What changed in one table, gathered into the columns of one event. */
export class RouteReport {
  readonly #table: ForwardingTable
  readonly #operations: Uint8Array
  readonly #lengths: Uint8Array
  readonly #addresses: Uint32Array
  readonly #nextHops: Uint32Array
  readonly #ways: RouteWays[] = []
  readonly #indices = new Map<RouteWays, number>()
  #lastWays: RouteWays | undefined
  #lastIndex = 0
  #count = 0

  /** `capacity`: the routes that there may be. */
  constructor(table: ForwardingTable, capacity: number) {
    this.#table = table
    this.#operations = new Uint8Array(capacity)
    this.#lengths = new Uint8Array(capacity)
    this.#addresses = new Uint32Array(capacity * table.routes.width)
    this.#nextHops = new Uint32Array(capacity)
  }

  /** The address is the `index`th of the column `addresses`. */
  add(operation: Operation, addresses: Uint32Array, index: number, length: number, ways: RouteWays): void {
    const { width } = this.#table.routes
    const at = this.#count++
    this.#operations[at] = operation
    this.#lengths[at] = length
    for (let i = 0; i < width; i++) this.#addresses[at * width + i] = addresses[index * width + i]!
    this.#nextHops[at] = ways === this.#lastWays ? this.#lastIndex : this.#indexOf(ways)
  }

  /** The event; undefined when nothing changed. */
  events(): RouteEvents | undefined {
    const count = this.#count
    if (count === 0) return undefined
    const { name, instance, family, routes } = this.#table
    return create(RouteEventsSchema, {
      tableName: name,
      logicalRouterName: instance,
      addressFamily: family,
      operations: this.#operations.subarray(0, count),
      addresses: bytesOf(this.#addresses, count * routes.width),
      lengths: this.#lengths.subarray(0, count),
      nextHops: bytesOf(this.#nextHops, count),
      ways: this.#ways,
    })
  }

  #indexOf(ways: RouteWays): number {
    let index = this.#indices.get(ways)
    if (index === undefined) {
      index = this.#ways.push(ways) - 1
      this.#indices.set(ways, index)
    }
    this.#lastWays = ways
    this.#lastIndex = index
    return index
  }
}
