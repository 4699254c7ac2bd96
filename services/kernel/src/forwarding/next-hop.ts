import { create } from '@bufbuild/protobuf'
import {
  type ForwardingLeg,
  type ForwardingNextHop,
  ForwardingNextHop_Kind as Kind,
  type RouteWays,
  RouteWaysSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

export { Kind }

/** Where packets go. Never changes: one that leads elsewhere takes its place. */
export interface NextHop {
  readonly kind: Kind
  readonly legs: readonly ForwardingLeg[]
  /** KIND_TABLE: name of the table in which packets are looked up again. */
  readonly table: string
  /** What events say of routes that use it. */
  readonly ways: RouteWays
  /** Equal for next hops that forward alike. */
  readonly key: string
}

/** `table`: the name of the table that the message's number means. */
export function nextHop({ kind, legs }: ForwardingNextHop, table: string): NextHop {
  return {
    kind,
    legs,
    table,
    ways: create(RouteWaysSchema, {
      routeType: routeType(kind),
      nextHopAddresses: legs.map(leg => leg.gateway).filter(gateway => gateway !== ''),
    }),
    key: JSON.stringify([
      kind,
      table,
      legs.map(leg => [leg.gateway, leg.interface, leg.weight, leg.balance, leg.labelOperation]),
    ]),
  }
}

/** As forwarding tables show it: what belongs to an interface's own addresses is `intf`. */
function routeType(kind: Kind): string {
  return kind === Kind.RESOLVE || kind === Kind.RECEIVE ? 'intf' : 'user'
}
