import type { JetImplementation } from '@hangar/daemon'
import { NetworkAddressFamily, ReturnCode } from '@hangar/protocol/prpd_common_pb'
import type { Base } from '@hangar/protocol/prpd_service_pb'
import type { Clients } from '../clients/clients.ts'
import { instanceExists, type RouteSummary, routeSummary } from '../clients/route-summary.ts'
import type { TableFamily } from '../rib/routing-table.ts'
import type { Routing } from '../routing.ts'

/** What a request may set: seconds, by the contract. */
export const purgeTimeRange = { least: 1, most: 1000 } as const

/** What answers `never` where the contract has only a number of seconds. */
const NEVER = 0xffffffff

const families: Partial<Record<number, TableFamily>> = { 1: 'inet', 2: 'inet6', 3: 'mpls' }

/** routing.Base: what all programmed routes of a client have in common. */
export function baseClassic({ clients, rib }: Routing): JetImplementation<typeof Base> {
  return {
    routePurgeTimeConfig({ time }, { caller }) {
      if (!isPurgeTime(time)) return { retCode: ReturnCode.RET_INVALID_PARAMS }
      clients.setPurgeTime(clients.calling(caller), time)
      return { retCode: ReturnCode.RET_SUCCESS }
    },
    routePurgeTimeUnconfig(_request, { caller }) {
      clients.setPurgeTime(clients.calling(caller), undefined)
      return { retCode: ReturnCode.RET_SUCCESS }
    },
    routePurgeTimeGet(_request, { caller }) {
      return { retCode: ReturnCode.RET_SUCCESS, time: purgeSeconds(clients, clients.calling(caller)) }
    },
    routeSummaryGet({ addrFamily, instanceName, allClients }, { caller }) {
      if (!isFamily(addrFamily)) return { retCode: ReturnCode.RET_INVALID_ADDRESS_FAMILY }
      if (instanceName !== '' && !instanceExists(rib, instanceName)) return { retCode: ReturnCode.RET_INVALID_INSTANCE }
      const client = clients.calling(caller).id
      const query = { family: families[addrFamily], instance: instanceName, client: allClients ? undefined : client }
      return { retCode: ReturnCode.RET_SUCCESS, clientRtSummary: summaryMessage(routeSummary(rib, query)) }
    },
  }
}

export function isPurgeTime(time: number): boolean {
  return time >= purgeTimeRange.least && time <= purgeTimeRange.most
}

/** The numbers of families are the same in both generations. */
export function isFamily(family: number): boolean {
  return family in NetworkAddressFamily
}

export function familyOf(family: number): TableFamily | undefined {
  return families[family]
}

export function purgeSeconds(clients: Clients, client: Parameters<Clients['purgeTimeOf']>[0]): number {
  const time = clients.purgeTimeOf(client)
  return time === 'never' ? NEVER : time
}

/** The same shape in both generations. */
export function summaryMessage(summary: RouteSummary) {
  return Object.fromEntries(
    [...summary].map(([client, protocols]) => [
      client,
      {
        protocolRtSummary: Object.fromEntries(
          [...protocols].map(([protocol, entries]) => [
            protocol,
            {
              rtSummary: entries.map(({ table, primary, secondary }) => ({
                rtTblName: { name: table },
                primaryRtCount: primary,
                secondaryRtCount: secondary,
              })),
            },
          ]),
        ),
      },
    ]),
  )
}
