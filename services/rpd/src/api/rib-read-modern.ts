import type { JetBytesImplementation } from '@hangar/daemon'
import { RouteTableFormat } from '@hangar/protocol/jnx_routing_base_types_pb'
import {
  type Rib,
  RouteGetRequestSchema,
  RouteSubscribeRequestSchema,
  StatusCode,
} from '@hangar/protocol/jnx_routing_rib_service_pb'
import { Monitors } from '../monitor/monitors.ts'
import { modern } from '../read/dialect.ts'
import { type RouteReads, routesPerMessage } from '../read/read-routes.ts'
import { readQuery } from '../read/route-query.ts'
import type { Routing } from '../routing.ts'
import { decodeRequest } from './decode.ts'

const notInitialized = { code: StatusCode.NOT_INITIALIZED, message: 'RouteInitialize comes first' } as const

/** What jnx.jet.routing.rib.Rib reads, as bytes: RouteGet and RouteSubscribe. */
export function ribReadModern(routing: Routing, reads: RouteReads): JetBytesImplementation<typeof Rib> {
  const { rib, clients } = routing
  const monitors = new Monitors(routing, modern)
  return {
    routeGet(bytes, { caller, signal }) {
      const request = decodeRequest(RouteGetRequestSchema, bytes)
      const client = clients.calling(caller)
      const query = client.initialized.has('rib') ? readQuery(rib, request, StatusCode.TABLE_INVALID) : notInitialized
      return reads.answer(query, {
        dialect: modern,
        formats: {
          addresses: client.ribAddresses,
          tables: request.replyTableFormat === RouteTableFormat.TABLE_ID ? 'id' : 'name',
        },
        routeCount: routesPerMessage(request.routeCount),
        signal,
      })
    },
    routeSubscribe(bytes, { caller, signal }) {
      const request = decodeRequest(RouteSubscribeRequestSchema, bytes)
      const { operation, flag, policy, context } = request
      const client = clients.calling(caller)
      const asked = {
        table: request.tableName?.name ?? '',
        operation,
        routeCount: routesPerMessage(request.routeCount),
        choices: {
          policy: policy?.policy ?? '',
          context,
          noEndOfTable: flag?.noEorToClient ?? false,
          noWithdrawal: flag?.requestNoWithdrawal ?? false,
        },
        again: flag?.requestForceReNotif ?? false,
      }
      if (!client.initialized.has('rib')) return monitors.say(notInitialized, asked)
      const formats = { addresses: client.ribAddresses, tables: 'name' } as const
      return monitors.answer(asked, { client: client.id, session: caller.session, formats, signal })
    },
  }
}
