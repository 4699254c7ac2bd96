import { toBinary } from '@bufbuild/protobuf'
import { type FlexibleTunnelProfile, FlexibleTunnelProfileSchema } from '@hangar/protocol/flexible_tunnel_profile_pb'
import { profileFault } from '../../tunnels/profile-fault.ts'
import type { Tunnel } from './gateways.ts'

/** The tunnel of a gateway. A profile that says no more than its name is one that the client has added before. */
export function tunnelOf(profile: FlexibleTunnelProfile): Tunnel {
  const { name, action, interfaceName, attributes } = profile
  if (action === 0 && interfaceName === '' && !attributes) return { name }
  if (profileFault(profile)) return 'FLEXIBLE_TUNNEL_INVALID'
  return { bytes: toBinary(FlexibleTunnelProfileSchema, profile), interfaceName }
}
