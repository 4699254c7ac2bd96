import type { JetBytesImplementation } from '@hangar/daemon'
import { AddressFormat } from '@hangar/protocol/jnx_addr_pb'
import { RouteTableFormat } from '@hangar/protocol/prpd_common_pb'
import { type Rib, RouteGetRequestSchema, RouteMonitorRegRequestSchema } from '@hangar/protocol/rib_service_pb'
import { Monitors } from '../monitor/monitors.ts'
import { classic } from '../read/dialect.ts'
import { type RouteReads, routesPerMessage } from '../read/read-routes.ts'
import { readQuery } from '../read/route-query.ts'
import type { Routing } from '../routing.ts'
import { decodeRequest } from './decode.ts'

/** What routing.Rib reads, as bytes: RouteGet and RouteMonitorRegister. */
export function ribReadClassic(routing: Routing, reads: RouteReads): JetBytesImplementation<typeof Rib> {
  const { rib, clients } = routing
  const monitors = new Monitors(routing, classic)
  return {
    routeGet(bytes, { signal }) {
      const request = decodeRequest(RouteGetRequestSchema, bytes)
      return reads.answer(readQuery(rib, request), {
        dialect: classic,
        formats: {
          addresses: request.replyAddressFormat === AddressFormat.ADDRESS_BYTES ? 'bytes' : 'string',
          tables: request.replyTableFormat === RouteTableFormat.TABLE_ID ? 'id' : 'name',
        },
        routeCount: routesPerMessage(request.routeCount),
        signal,
      })
    },
    routeMonitorRegister(bytes, { caller, signal }) {
      const request = decodeRequest(RouteMonitorRegRequestSchema, bytes)
      const { monitorFlag: flags, monitorPolicy, monitorCtx } = request
      return monitors.answer(
        {
          table: request.rtTblName?.name ?? '',
          operation: request.monitorOp,
          routeCount: routesPerMessage(request.monitorReplyRouteCount),
          choices: {
            policy: monitorPolicy?.rtMonitorPolicy ?? '',
            context: monitorCtx,
            noEndOfTable: flags?.noEorToClient ?? false,
            noWithdrawal: flags?.requestNoWithdrawal ?? false,
          },
          again: flags?.requestForceReNotif ?? false,
        },
        {
          client: clients.calling(caller).id,
          session: caller.session,
          formats: { addresses: 'string', tables: 'name' },
          signal,
        },
      )
    },
  }
}
