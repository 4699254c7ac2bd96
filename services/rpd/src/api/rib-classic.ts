import { create, toBinary } from '@bufbuild/protobuf'
import type { JetBytesImplementation } from '@hangar/daemon'
import { type FlexibleTunnelProfile, FlexibleTunnelProfileSchema } from '@hangar/protocol/flexible_tunnel_profile_pb'
import { RouteTableSchema } from '@hangar/protocol/prpd_common_pb'
import {
  type Rib,
  RouteAttributesSchema,
  type RouteGateway,
  RouteNexthopSchema,
  RouteOperReplySchema,
  RouteOperStatus,
  RouteRemoveRequestSchema,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/rib_service_pb'
import type { Routing } from '../routing.ts'
import { profileFault } from '../tunnels/profile-fault.ts'
import { countField } from './rib/count-field.ts'
import type { WriteOutcome } from './rib/faults.ts'
import type { Tunnel } from './rib/gateways.ts'
import type { RibClients } from './rib/rib-clients.ts'
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

/** A profile that says no more than its name is one that was added before. */
export function tunnelOf(profile: FlexibleTunnelProfile): Tunnel {
  const { name, action, interfaceName, attributes } = profile
  if (action === 0 && interfaceName === '' && !attributes) return { name }
  if (profileFault(profile)) return 'FLEXIBLE_TUNNEL_INVALID'
  return { bytes: toBinary(FlexibleTunnelProfileSchema, profile), interfaceName }
}

/** RouteOperReply { status = 1, operations_completed = 2 }. */
function reply({ fault, completed }: WriteOutcome): Uint8Array {
  if (fault === undefined) return countField(0x10, completed)
  return toBinary(
    RouteOperReplySchema,
    create(RouteOperReplySchema, { status: RouteOperStatus[fault], operationsCompleted: completed }),
  )
}

/** What routing.Rib writes, as bytes. */
export function ribClassic(routing: Routing, clients: RibClients): JetBytesImplementation<typeof Rib> {
  const { put, remove } = writeRequests(routing, clients, contract)
  return { routeAdd: put('add'), routeModify: put('modify'), routeUpdate: put('update'), routeRemove: remove }
}
