import type { NetworkAddress } from '@hangar/protocol/prpd_common_pb'
import { Rib, type RouteEntry } from '@hangar/protocol/rib_service_pb'
import { encoded } from './channel.ts'

/** Routes in a request. */
export const ROUTES = 1000
/** Both are resolved over the subnet of xe-0/0/0.0, 192.168.10.0/24. */
export const gateways = ['192.168.10.2', '192.168.10.3'] as const

const key = (prefix: string) => ({
  destPrefix: { inet: { addrString: prefix } },
  destPrefixLen: 32,
  table: { rttName: { name: 'inet.0' } },
})

/** A RouteUpdateRequest of host routes in inet.0, in JSON. */
export const updateOf = (prefixes: readonly string[], gateway: string) => ({
  routes: prefixes.map(prefix => ({
    key: key(prefix),
    nexthop: { gateways: [{ gatewayAddress: { inet: { addrString: gateway } } }] },
  })),
})

/** A RouteRemoveRequest. */
export const removeOf = (prefixes: readonly string[]) => ({ keys: prefixes.map(key) })

/** A RouteGetRequest for all of inet.0. */
export const wholeTable = { key: { table: key('').table }, matchType: 'EXACT_OR_LONGER', routeCount: 1000 }

/** The requests that write one block of routes. */
export class RouteBlock {
  readonly prefixes: readonly string[]
  /** RouteUpdateRequest by gateway. */
  readonly update: Readonly<Record<string, Buffer>>
  readonly remove: Buffer

  constructor(number: number) {
    const { routeUpdate, routeRemove } = Rib.method
    this.prefixes = Array.from({ length: ROUTES }, (_, i) => `10.${number}.${i >> 8}.${i & 255}`)
    this.update = Object.fromEntries(
      gateways.map(gateway => [gateway, encoded(routeUpdate.input, updateOf(this.prefixes, gateway))]),
    )
    this.remove = encoded(routeRemove.input, removeOf(this.prefixes))
  }
}

/** "10.64.0.1 192.168.10.2" */
export function routeText({ key, nexthop }: RouteEntry): string {
  return `${addressOf(key?.destPrefix)} ${addressOf(nexthop?.gateways[0]?.gatewayAddress)}`
}

export function destinationOf({ key }: RouteEntry): string {
  return addressOf(key?.destPrefix)
}

/** Whether a client of these tests wrote it. */
export function isProgrammed(route: RouteEntry): boolean {
  return destinationOf(route).startsWith('10.')
}

function addressOf(one: NetworkAddress | undefined): string {
  const address = one?.Af.case === 'inet' ? one.Af.value.AddrFormat.value : undefined
  return typeof address === 'string' ? address : ''
}
