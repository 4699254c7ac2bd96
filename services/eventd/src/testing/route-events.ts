import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { parseAddress } from '@hangar/inet'
import {
  RoutingSocketEvent_Operation as Operation,
  type RouteEvents,
  RouteEventsSchema,
  type RouteWaysSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** "add 10.0.0.0/8 0": operation, destination, index of the way. */
export function routeEvents(
  family: string,
  ways: readonly MessageInitShape<typeof RouteWaysSchema>[],
  ...lines: readonly string[]
): RouteEvents {
  const routes = lines.map(line => {
    const [operation, destination, way] = line.split(' ') as [string, string, string]
    const [address, length] = destination.split('/') as [string, string]
    return {
      operation: Operation[operation.toUpperCase() as keyof typeof Operation],
      address,
      length,
      way: Number(way),
    }
  })
  return create(RouteEventsSchema, {
    tableName: `${family}.0`,
    logicalRouterName: 'master',
    addressFamily: family,
    operations: Uint8Array.from(routes, one => one.operation),
    addresses: column(routes.flatMap(one => words(one.address))),
    lengths: Uint8Array.from(routes, one => Number(one.length)),
    nextHops: column(routes.map(one => one.way)),
    ways: [...ways],
  })
}

/** Little-endian, and not where a u32 could be read: as bytes of a network lie. */
function column(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length + 1)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) view.setUint32(4 * i + 1, value, true)
  return bytes.subarray(1)
}

function words(text: string): number[] {
  const address = parseAddress(text)
  if (!address) return [Number(text)]
  const view = new DataView(address.bytes.buffer, address.bytes.byteOffset)
  return Array.from({ length: address.bytes.length / 4 }, (_, i) => view.getUint32(4 * i))
}
