import { create, toBinary } from '@bufbuild/protobuf'
import type { JetBytesImplementation, JetImplementation } from '@hangar/daemon'
import { RouteTableSchema } from '@hangar/protocol/prpd_common_pb'
import {
  type Rib,
  RouteAttributesSchema,
  type RouteGateway,
  RouteNexthopSchema,
  RouteOperReplySchema,
  RouteRemoveRequestSchema,
  RouteUpdateRequestSchema,
  RouteOperStatus as Status,
} from '@hangar/protocol/rib_service_pb'
import { isFault, readQuery } from '../read/route-query.ts'
import type { Routing } from '../routing.ts'
import { countField } from './rib/count-field.ts'
import type { WriteOutcome } from './rib/faults.ts'
import { removeMatching } from './rib/remove-matching.ts'
import type { RibClients } from './rib/rib-clients.ts'
import { statsReplies } from './rib/stats-replies.ts'
import { tunnelOf } from './rib/tunnel.ts'
import { type Contract, readMessage, writeRequests } from './rib/write-requests.ts'

const contract: Contract<RouteGateway> = {
  generation: 'classic',
  updateRequest: RouteUpdateRequestSchema,
  removeRequest: RouteRemoveRequestSchema,
  otherFamily: 'PREFIX_INVALID',
  trafficStats: true,
  nextHop: bytes => readMessage(RouteNexthopSchema, bytes),
  tunnel: ({ flexibleTunnelProfile: profile }) => profile && tunnelOf(profile),
  attributes: bytes => readMessage(RouteAttributesSchema, bytes),
  table: bytes => readMessage(RouteTableSchema, bytes),
  reply,
}

/** RouteOperReply { status = 1, operations_completed = 2 }. */
function reply({ fault, completed }: WriteOutcome): Uint8Array {
  if (fault === undefined) return countField(0x10, completed)
  const message = create(RouteOperReplySchema, { status: Status[fault], operationsCompleted: completed })
  return toBinary(RouteOperReplySchema, message)
}

/** What of routing.Rib writes a batch of routes, as bytes. */
export function ribClassicBytes(routing: Routing, clients: RibClients): JetBytesImplementation<typeof Rib> {
  const { put, remove } = writeRequests(routing, clients, contract)
  return { routeAdd: put('add'), routeModify: put('modify'), routeUpdate: put('update'), routeRemove: remove }
}

/** The rest of what concerns programmed routes: removal by a condition, and their counters. */
export function ribClassic(routing: Routing, clients: RibClients): JetImplementation<typeof Rib> {
  return {
    async routeRemoveMatching({ key, matchType, extendedMatch }, { caller }) {
      const client = clients.writing(caller, 'classic')
      if (typeof client === 'string') return { status: Status[client] }
      const query = readQuery(routing.rib, { key, matchType, extendedMatch, activeOnly: false })
      if (isFault(query)) return { status: query.code }
      const removed = await removeMatching(routing, clients.source(client), query)
      if (removed === 0) return { status: Status.ROUTE_NOT_FOUND }
      clients.wrote(client, 'classic')
      return { operationsCompleted: removed }
    },
    routeGetStats: (request, { signal }) => statsReplies(routing.rib, request, signal),
  }
}
