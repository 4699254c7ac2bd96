import type { JetImplementation } from '@hangar/daemon'
import { type Base, StatusCode } from '@hangar/protocol/jnx_routing_base_service_pb'
import { instanceExists, routeSummary } from '../clients/route-summary.ts'
import type { Routing } from '../routing.ts'
import { familyOf, isFamily, isPurgeTime, purgeSeconds, purgeTimeRange, summaryMessage } from './base-classic.ts'
import { failure, success } from './rpc-status.ts'

const done = { status: success, subCode: StatusCode.SUCCESS } as const

/** jnx.jet.routing.base.Base: the same in the modern generation. */
export function baseModern({ clients, rib }: Routing): JetImplementation<typeof Base> {
  return {
    routePurgeTimerAdd({ time }, { caller }) {
      if (!isPurgeTime(time)) {
        const message = `the purge time is ${purgeTimeRange.least} to ${purgeTimeRange.most} seconds, not ${time}`
        return { status: failure(message), subCode: StatusCode.INVALID_PARAMS }
      }
      clients.setPurgeTime(clients.calling(caller), time)
      return done
    },
    routePurgeTimerDelete(_request, { caller }) {
      clients.setPurgeTime(clients.calling(caller), undefined)
      return done
    },
    routePurgeTimerGet(_request, { caller }) {
      return { ...done, time: purgeSeconds(clients, clients.calling(caller)) }
    },
    routeSummaryGet({ addrFamily, instanceName, allClients }, { caller }) {
      if (!isFamily(addrFamily))
        return { status: failure(`no address family ${addrFamily}`), subCode: StatusCode.INVALID_ADDRESS_FAMILY }
      if (instanceName !== '' && !instanceExists(rib, instanceName))
        return {
          status: failure(`no routing instance ${instanceName.slice(0, 128)}`),
          subCode: StatusCode.INVALID_INSTANCE,
        }
      const client = clients.calling(caller).id
      const query = {
        family: familyOf(addrFamily),
        instance: instanceName,
        client: allClients ? undefined : client,
      }
      return { ...done, clientRtSummary: summaryMessage(routeSummary(rib, query)) }
    },
  }
}
