import { create, toBinary } from '@bufbuild/protobuf'
import type { JetBytesImplementation, JetImplementation } from '@hangar/daemon'
import { AddressFormat } from '@hangar/protocol/jnx_common_addr_types_pb'
import { RouteTableSchema } from '@hangar/protocol/jnx_routing_base_types_pb'
import {
  type Rib,
  RouteAttributesSchema,
  RouteDeleteRequestSchema,
  type RouteGateway,
  RouteNexthopSchema,
  RouteSetOperResponseSchema,
  RouteUpdateRequestSchema,
  StatusCode,
} from '@hangar/protocol/jnx_routing_rib_service_pb'
import type { Routing } from '../routing.ts'
import { countField } from './rib/count-field.ts'
import type { RouteFault, WriteOutcome } from './rib/faults.ts'
import type { RibClients } from './rib/rib-clients.ts'
import { defaultPreferences, hasKnownKeys, preferencesOf } from './rib/route-attributes.ts'
import { tunnelOf } from './rib/tunnel.ts'
import { type Contract, readMessage, writeRequests } from './rib/write-requests.ts'
import { failure, success } from './rpc-status.ts'
import { classicProfile } from './tunnels-modern.ts'

const contract: Contract<RouteGateway> = {
  generation: 'modern',
  updateRequest: RouteUpdateRequestSchema,
  removeRequest: RouteDeleteRequestSchema,
  otherFamily: 'TABLE_INVALID',
  trafficStats: false,
  nextHop: bytes => readMessage(RouteNexthopSchema, bytes),
  tunnel: ({ flexibleTunnelProfile: profile }) => profile && tunnelOf(classicProfile(profile)),
  attributes: bytes => readMessage(RouteAttributesSchema, bytes),
  table: bytes => readMessage(RouteTableSchema, bytes),
  reply,
}

/** RouteSetOperResponse and RouteDeleteResponse alike { status = 1, sub_code = 2, operations_completed = 3 }. */
function reply({ fault, completed }: WriteOutcome): Uint8Array {
  // The status that says success is an empty message, which has to be there.
  if (fault === undefined) return countField(0x18, completed, [0x0a, 0x00])
  const message = create(RouteSetOperResponseSchema, { ...failed(fault), operationsCompleted: completed })
  return toBinary(RouteSetOperResponseSchema, message)
}

function failed(fault: RouteFault) {
  return { status: failure(fault), subCode: StatusCode[fault] }
}

/** What of jnx.jet.routing.rib.Rib writes a batch of routes, as bytes. */
export function ribModernBytes(routing: Routing, clients: RibClients): JetBytesImplementation<typeof Rib> {
  const { put, remove } = writeRequests(routing, clients, contract)
  return { routeAdd: put('add'), routeModify: put('modify'), routeUpdate: put('update'), routeDelete: remove }
}

/** Its beginning and its end. */
export function ribModern(clients: RibClients): JetImplementation<typeof Rib> {
  return {
    routeInitialize({ defaultResponseAddressFormat: format, defaultPreferences: given }, { caller }) {
      if (!(format in AddressFormat) || !hasKnownKeys(given)) return failed('REQUEST_INVALID')
      const addresses = format === AddressFormat.ADDRESS_BYTES ? 'bytes' : 'string'
      const { outcome, routes } = clients.initialize(caller, addresses, preferencesOf(given, defaultPreferences))
      if (outcome === 'SUCCESS' || outcome === 'SUCCESS_REBOUND' || outcome === 'ALREADY_INITIALIZED')
        return { status: success, subCode: StatusCode[outcome], numClientRoutes: routes }
      return failed(outcome)
    },
    async routeCleanup(_request, { caller }) {
      const client = clients.writing(caller, 'modern')
      if (typeof client === 'string') return failed(client)
      await clients.cleanup(client)
      return { status: success, subCode: StatusCode.SUCCESS }
    },
  }
}
