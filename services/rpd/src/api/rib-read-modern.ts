import type { JetBytesImplementation } from '@hangar/daemon'
import { RouteTableFormat } from '@hangar/protocol/jnx_routing_base_types_pb'
import { type Rib, RouteGetRequestSchema, StatusCode } from '@hangar/protocol/jnx_routing_rib_service_pb'
import { modern } from '../read/dialect.ts'
import { type RouteReads, routesPerMessage } from '../read/read-routes.ts'
import { readQuery } from '../read/route-query.ts'
import type { Routing } from '../routing.ts'
import { decodeRequest } from './decode.ts'

const notInitialized = { code: StatusCode.NOT_INITIALIZED, message: 'RouteInitialize comes first' } as const

/** What jnx.jet.routing.rib.Rib reads, as bytes: RouteGet. */
export function ribReadModern({ rib, clients }: Routing, reads: RouteReads): JetBytesImplementation<typeof Rib> {
  return {
    routeGet(bytes, { caller, signal }) {
      const request = decodeRequest(RouteGetRequestSchema, bytes)
      const client = clients.calling(caller)
      const query = client.initialized.has('rib') ? readQuery(rib, request) : notInitialized
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
  }
}
