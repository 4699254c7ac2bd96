import { create } from '@bufbuild/protobuf'
import {
  type ForwardingTableEntry,
  type RouteTableEvent,
  RouteTableEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { type Routes, routesOf } from './routes.ts'

/** Families that have forwarding tables. */
export const families = ['inet', 'inet6', 'mpls'] as const

export type Family = (typeof families)[number]

/** The routes of one family in one instance, as packets would find them. */
export class ForwardingTable {
  /** "inet.0" */
  readonly name: string
  readonly family: Family
  readonly instance: string
  /** The kernel's own number: rpd's changes when it starts again. */
  readonly index: number
  readonly routes: Routes

  /** The entry has been checked: it is of one of the families. */
  constructor({ name, family, instance }: ForwardingTableEntry, index: number) {
    this.name = name
    this.family = family as Family
    this.instance = instance
    this.index = index
    this.routes = routesOf(this.family)
  }

  /** Whether the entry means this table. */
  is({ name, family, instance }: ForwardingTableEntry): boolean {
    return this.name === name && this.family === family && this.instance === instance
  }

  event(): RouteTableEvent {
    const { name, instance, family, index } = this
    return create(RouteTableEventSchema, { name, logicalRouterName: instance, addressFamily: family, index })
  }
}
