import { create } from '@bufbuild/protobuf'
import {
  type IfaEvent,
  IfaEventSchema,
  type IfdEvent,
  IfdEventSchema,
  type IffEvent,
  IffEventSchema,
  type IflEvent,
  IflEventSchema,
  type InterfaceAddress,
  type InterfaceFamily,
  type LogicalInterface,
  RoutingSocketEvent_Operation as Operation,
  type PhysicalInterface,
  type RoutingSocketEvent,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

export { Operation }

/** What an event tells of its object. */
export type ReportedObject = RoutingSocketEvent['object']

/** An event as it is made; when it is published is known later. */
export interface Report {
  readonly operation: Operation
  readonly object: ReportedObject
}

export function reportIfd(operation: Operation, ifd: PhysicalInterface): Report {
  const value: IfdEvent = create(IfdEventSchema, { name: ifd.name, snmpId: ifd.snmpId, flags: ifd.flags })
  return { operation, object: { case: 'ifd', value } }
}

export function reportIfl(operation: Operation, name: string, ifl: LogicalInterface): Report {
  const value: IflEvent = create(IflEventSchema, { name, subunit: ifl.unit, snmpId: ifl.snmpId, flags: ifl.flags })
  return { operation, object: { case: 'ifl', value } }
}

export function reportIff(operation: Operation, name: string, subunit: number, iff: InterfaceFamily): Report {
  const { family, table: tableName, flags } = iff
  const value: IffEvent = create(IffEventSchema, { name, subunit, family, tableName, flags })
  return { operation, object: { case: 'iff', value } }
}

export function reportIfa(
  operation: Operation,
  name: string,
  subunit: number,
  family: string,
  ifa: InterfaceAddress,
): Report {
  const value: IfaEvent = create(IfaEventSchema, {
    name,
    subunit,
    family,
    localAddress: ifa.local,
    destinationAddress: ifa.destination,
    broadcastAddress: ifa.broadcast,
    generationNumber: ifa.generation,
    flags: ifa.flags,
  })
  return { operation, object: { case: 'ifa', value } }
}

/** The event of a report; `now` is Unix time in ms. */
export function routingSocketEvent({ operation, object }: Report, now: number): RoutingSocketEvent {
  return create(RoutingSocketEventSchema, { operation, object, timeMs: BigInt(Math.trunc(now)) })
}
