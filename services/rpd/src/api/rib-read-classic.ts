import type { JetBytesImplementation } from '@hangar/daemon'
import { AddressFormat } from '@hangar/protocol/jnx_addr_pb'
import { RouteTableFormat } from '@hangar/protocol/prpd_common_pb'
import { type Rib, RouteGetRequestSchema } from '@hangar/protocol/rib_service_pb'
import { classic } from '../read/dialect.ts'
import { type RouteReads, routesPerMessage } from '../read/read-routes.ts'
import { readQuery } from '../read/route-query.ts'
import type { Routing } from '../routing.ts'
import { decodeRequest } from './decode.ts'

/** What routing.Rib reads, as bytes: RouteGet. */
export function ribReadClassic({ rib }: Routing, reads: RouteReads): JetBytesImplementation<typeof Rib> {
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
  }
}
