import type {
  RoutingSocketEvent_Operation as Operation,
  RouteEvents,
  RouteWays,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { addressText } from './destination.ts'
import { eventTime } from './event-time.ts'
import { kernelEventJson, operationWords } from './kernel-event.ts'

/** What a batch costs beside its columns, bytes. */
const overhead = 256
const noWays: Pick<RouteWays, 'routeType' | 'nextHopAddresses' | 'flags'> = {
  routeType: '',
  nextHopAddresses: [],
  flags: 0,
}
/** Where the destination goes in what is rendered once for all routes that share the rest. */
const place = '"route-prefix": ""'

/** Routes that the kernel reported together, each of which can become an event. */
export class RouteBatch {
  readonly family: string
  readonly count: number
  /** Memory that it takes, bytes. */
  readonly bytes: number
  readonly #events: RouteEvents
  readonly #time: string
  readonly #operations: Uint8Array
  readonly #addresses: Uint32Array
  readonly #lengths: Uint8Array
  readonly #nextHops: Uint32Array
  /** By way and operation: what stands before the destination, and behind it. */
  readonly #frames = new Map<number, readonly [string, string]>()
  #hostname = ''

  constructor(events: RouteEvents, timeMs: number) {
    this.#events = events
    this.#time = eventTime(timeMs)
    this.family = events.addressFamily
    this.#operations = own(events.operations)
    this.#lengths = own(events.lengths)
    this.#addresses = new Uint32Array(own(events.addresses).buffer)
    this.#nextHops = new Uint32Array(own(events.nextHops).buffer)
    this.count = events.operations.length
    const columns = 2 * this.count + events.addresses.length + events.nextHops.length
    this.bytes = overhead + columns + events.ways.length * overhead
  }

  /** "add", "change", "delete"; undefined for one that notifications do not have. */
  operation(index: number): string | undefined {
    return operationWords[this.#operations[index] as Operation]
  }

  address(index: number): string {
    return addressText(this.family, this.#addresses, index)
  }

  length(index: number): number {
    return this.#lengths[index]!
  }

  /** `address`: that of the route, as it was asked for. */
  topic(index: number, address: string): string {
    return `/junos/events/kernel/route/${this.operation(index)}/${this.family}/${address}/${this.length(index)}`
  }

  render(index: number, address: string, hostname: string): string {
    if (hostname !== this.#hostname) {
      this.#frames.clear()
      this.#hostname = hostname
    }
    const key = this.#nextHops[index]! * 4 + this.#operations[index]!
    let frame = this.#frames.get(key)
    if (!frame) {
      frame = this.#frame(index, hostname)
      this.#frames.set(key, frame)
    }
    return `${frame[0]}${address}/${this.length(index)}${frame[1]}`
  }

  #frame(index: number, hostname: string): readonly [string, string] {
    const { tableName, logicalRouterName, addressFamily, ways } = this.#events
    const { routeType, nextHopAddresses, flags } = ways[this.#nextHops[index]!] ?? noWays
    const json = kernelEventJson('ROUTE', this.operation(index)!, hostname, this.#time, [
      ['table-name', tableName],
      ['logical-router-name', logicalRouterName],
      ['address-family', addressFamily],
      ['route-type', routeType],
      ['route-prefix', ''],
      ['nexthop-address', nextHopAddresses],
      ['flags', flags],
    ])
    // Quotes inside of values are escaped: the key stands here alone.
    const at = json.indexOf(place) + place.length - 1
    return [json.slice(0, at), json.slice(at)]
  }
}

/** The bytes in a buffer that is theirs, aligned: a few routes must not keep a whole frame of the network. */
function own(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
}
