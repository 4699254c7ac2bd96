import { create } from '@bufbuild/protobuf'
import {
  type ForwardingLeg,
  type ForwardingNextHop,
  ForwardingNextHop_Kind as Kind,
  type RouteWays,
  RouteWaysSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

import type { Family } from './forwarding-table.ts'

export { Kind }

/** Where packets go. Never changes: one that leads elsewhere takes its place. */
export interface NextHop {
  readonly kind: Kind
  readonly legs: readonly ForwardingLeg[]
  /** KIND_TABLE: name of the table in which packets are looked up again. */
  readonly table: string
  /** What events say of routes that use it: of addresses, and of labels. */
  readonly ways: Readonly<Record<Family, RouteWays>>
  /** Equal for next hops that forward alike. */
  readonly key: string
}

/** `table`: the name of the table that the message's number means. */
export function nextHop({ kind, legs }: ForwardingNextHop, table: string): NextHop {
  const nextHopAddresses = legs.map(leg => leg.gateway).filter(gateway => gateway !== '')
  const user = create(RouteWaysSchema, { routeType: 'user', nextHopAddresses })
  // As forwarding tables show it: what belongs to an interface's own addresses is `intf`.
  const own = kind === Kind.RESOLVE || kind === Kind.RECEIVE
  const ways = own ? create(RouteWaysSchema, { routeType: 'intf', nextHopAddresses }) : user
  return {
    kind,
    legs,
    table,
    ways: { inet: ways, inet6: ways, mpls: user },
    key: JSON.stringify([
      kind,
      table,
      legs.map(leg => [leg.gateway, leg.interface, leg.weight, leg.balance, leg.labelOperation]),
    ]),
  }
}
