import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { parseAddress } from '@hangar/inet'
import {
  type ForwardingNextHopSchema,
  ForwardingNextHop_Kind as Kind,
  type ProgramForwardingRequest,
  ProgramForwardingRequestSchema,
  type RouteBatch,
  RouteBatchSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** A route as people write it: "10.0.0.0/8", "2001:db8::/32", "299776/20" (a label), and the number of its next hop; 0 deletes it. */
export type PlainRoute = readonly [destination: string, nextHop: number]

export function request(given: MessageInitShape<typeof ProgramForwardingRequestSchema>): ProgramForwardingRequest {
  return create(ProgramForwardingRequestSchema, given)
}

/** Routes of one table in columns. */
export function batch(table: number, ...routes: readonly PlainRoute[]): RouteBatch {
  const parts = routes.map(([destination]) => destination.split('/') as [string, string])
  return create(RouteBatchSchema, {
    table,
    addresses: column(parts.flatMap(([address]) => addressWords(address))),
    lengths: Uint8Array.from(parts, ([, length]) => Number(length)),
    nextHops: column(routes.map(([, nextHop]) => nextHop)),
  })
}

export function column(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer)
}

export function addressWords(text: string): number[] {
  const address = parseAddress(text)
  if (!address) return [Number(text)]
  const view = new DataView(address.bytes.buffer, address.bytes.byteOffset)
  return Array.from({ length: address.bytes.length / 4 }, (_, i) => view.getUint32(4 * i))
}

/** A next hop over one gateway. */
export function gateway(
  id: number,
  address: string,
  interfaceName = 'xe-0/0/0.0',
): MessageInitShape<typeof ForwardingNextHopSchema> {
  return { id, kind: Kind.UNICAST, legs: [{ gateway: address, interface: interfaceName, weight: 1 }] }
}

export const inet0 = { id: 1, name: 'inet.0', family: 'inet', instance: 'master' }
export const inet60 = { id: 2, name: 'inet6.0', family: 'inet6', instance: 'master' }
export const mpls0 = { id: 3, name: 'mpls.0', family: 'mpls', instance: 'master' }
