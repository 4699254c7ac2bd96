import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { JetImplementation } from '@hangar/daemon'
import {
  FlexibleTunnelProfileSchema,
  type FlexibleTunnelProfile as Profile,
} from '@hangar/protocol/flexible_tunnel_profile_pb'
import {
  type FlexibleTunnelProfile as ModernProfile,
  FlexibleTunnelProfileSchema as ModernProfileSchema,
} from '@hangar/protocol/jnx_routing_flexible_tunnel_profile_pb'
import {
  type FlexibleTunnel,
  FlexibleTunnelGetResponse_StatusCode as GetCode,
} from '@hangar/protocol/jnx_routing_flexible_tunnel_service_pb'
import type { Routing } from '../routing.ts'
import { isProfileName } from '../tunnels/profile-fault.ts'
import { failure, success } from './rpc-status.ts'
import { addCodes, type BatchOutcome, deleteCodes, inOrder, tunnelOwner, updateCodes } from './tunnels-classic.ts'

/** The VXLAN header's flags when a client leaves them out: "the VNI is valid" (RFC 7348 5). */
const VNI_IS_VALID = 0x08

/** Kept as the classic message: on the wire the two differ in VXLAN's flags alone, which the modern one may leave out. */
export function classicProfile(profile: ModernProfile): Profile {
  const vxlan = profile.attributes?.tunnelAttributesType.value
  const plain = create(ModernProfileSchema, profile)
  if (vxlan)
    plain.attributes = {
      ...profile.attributes!,
      tunnelAttributesType: { case: 'vxlan', value: { ...vxlan, flags: undefined } },
    }
  const classic = fromBinary(FlexibleTunnelProfileSchema, toBinary(ModernProfileSchema, plain))
  const kept = classic.attributes?.tunnelAttributesType
  if (kept?.case === 'vxlan') kept.value.flags = vxlan?.flags ?? VNI_IS_VALID
  return classic
}

/** What the modern message cannot say (GRE, translation) is left out of it. */
export function modernProfile(profile: Profile): ModernProfile {
  const kind = profile.attributes?.tunnelAttributesType
  const modern = create(ModernProfileSchema, { name: profile.name, interfaceName: profile.interfaceName })
  modern.action = profile.action as number as ModernProfile['action']
  if (kind?.case !== 'vxlan') return modern
  const bytes = toBinary(FlexibleTunnelProfileSchema, {
    ...profile,
    attributes: { ...profile.attributes!, tunnelAttributesType: { case: 'vxlan', value: { ...kind.value, flags: 0 } } },
  })
  const whole = fromBinary(ModernProfileSchema, bytes)
  const vxlan = whole.attributes?.tunnelAttributesType.value
  if (vxlan) vxlan.flags = kind.value.flags
  return whole
}

function reply<Codes extends Record<string, number>>({ fault, completed }: BatchOutcome, codes: Codes) {
  return fault
    ? {
        status: failure(fault.message),
        subCode: codes[fault.kind] as Codes[keyof Codes] as never,
        operationsCompleted: completed,
      }
    : { status: success, operationsCompleted: completed }
}

/** jnx.jet.routing.rib.FlexibleTunnel. */
export function tunnelsModern(routing: Routing): JetImplementation<typeof FlexibleTunnel> {
  const { tunnels } = routing
  const owner = tunnelOwner(routing)
  return {
    flexibleTunnelAdd({ tunnelProfiles }, { caller }) {
      const client = owner(caller)
      return reply(
        inOrder(tunnelProfiles, profile => tunnels.add(classicProfile(profile), client)),
        addCodes,
      )
    },
    flexibleTunnelUpdate({ tunnelProfiles }, { caller }) {
      const client = owner(caller)
      return reply(
        inOrder(tunnelProfiles, profile => tunnels.update(classicProfile(profile), client)),
        updateCodes,
      )
    },
    flexibleTunnelDelete({ tunnelProfileNames }, { caller }) {
      const client = owner(caller)
      return reply(
        inOrder(tunnelProfileNames, name => tunnels.delete(name, client)),
        deleteCodes,
      )
    },
    flexibleTunnelGet({ tunnelProfileName: name }) {
      if (!isProfileName(name))
        return { status: failure('that is no name of a profile'), subCode: GetCode.INVALID_PROFILE_NAME }
      const profile = tunnels.find(name)
      if (profile) return { status: success, tunnelProfile: modernProfile(profile) }
      return { status: failure(`${name}: no such profile`), subCode: GetCode.NOT_FOUND }
    },
  }
}
