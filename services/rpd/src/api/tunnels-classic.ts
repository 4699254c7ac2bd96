import type { Caller, JetImplementation } from '@hangar/daemon'
import {
  FlexibleTunnelAddResponse_StatusCode as AddCode,
  FlexibleTunnelDeleteResponse_StatusCode as DeleteCode,
  type FlexibleTunnel,
  FlexibleTunnelGetResponse_StatusCode as GetCode,
  FlexibleTunnelUpdateResponse_StatusCode as UpdateCode,
} from '@hangar/protocol/flexible_tunnel_service_pb'
import { StatusCode as Code } from '@hangar/protocol/jnx_base_types_pb'
import type { Routing } from '../routing.ts'
import { isProfileName } from '../tunnels/profile-fault.ts'
import type { TunnelFault } from '../tunnels/tunnel-profiles.ts'

/** Entries of one request, by the contract. */
export const MOST_PROFILES = 1000

export interface BatchOutcome {
  /** Absent: all were done. */
  fault?: TunnelFault | { kind: 'many'; message: string }
  completed: number
}

/** Does entries in order up to the first error; too many are none. */
export function inOrder<T>(entries: readonly T[], act: (entry: T) => TunnelFault | undefined): BatchOutcome {
  if (entries.length > MOST_PROFILES)
    return {
      fault: { kind: 'many', message: `${entries.length} entries; ${MOST_PROFILES} are possible` },
      completed: 0,
    }
  for (const [completed, entry] of entries.entries()) {
    const fault = act(entry)
    if (fault) return { fault, completed }
  }
  return { completed: entries.length }
}

/** The numbers of the enumerations are the same in both generations. */
export const addCodes = {
  exists: AddCode.ALREADY_EXISTS,
  many: AddCode.TOO_MANY_OPS,
  profile: AddCode.INVALID_TUNNEL_PROFILE,
  action: AddCode.INVALID_TUNNEL_ACTION,
  name: AddCode.INVALID_PROFILE_NAME,
  absent: AddCode.INTERNAL_ERROR,
} as const
export const updateCodes = {
  exists: UpdateCode.ALREADY_EXISTS,
  many: UpdateCode.TOO_MANY_OPS,
  profile: UpdateCode.INVALID_TUNNEL_PROFILE,
  action: UpdateCode.INVALID_TUNNEL_ACTION,
  name: UpdateCode.INVALID_PROFILE_NAME,
  absent: UpdateCode.INTERNAL_ERROR,
} as const
export const deleteCodes = {
  absent: DeleteCode.NOT_FOUND,
  many: DeleteCode.TOO_MANY_OPS,
  name: DeleteCode.INVALID_PROFILE_NAME,
  exists: DeleteCode.INTERNAL_ERROR,
  profile: DeleteCode.INTERNAL_ERROR,
  action: DeleteCode.INTERNAL_ERROR,
} as const

function reply<Codes extends Record<string, number>>({ fault, completed }: BatchOutcome, codes: Codes) {
  if (!fault) return { code: Code.SUCCESS, subCode: 0, operationsCompleted: completed }
  return {
    code: Code.FAILURE,
    subCode: codes[fault.kind] as Codes[keyof Codes],
    message: fault.message,
    operationsCompleted: completed,
  }
}

/** Who a call's profiles belong to: they go when that client is purged. */
export function tunnelOwner({ tunnels, clients }: Routing): (caller: Caller) => string {
  return caller => {
    const client = clients.calling(caller)
    client.belongings.set('tunnels', () => tunnels.purge(client.id))
    return client.id
  }
}

/** routing.FlexibleTunnel. */
export function tunnelsClassic(routing: Routing): JetImplementation<typeof FlexibleTunnel> {
  const { tunnels } = routing
  const owner = tunnelOwner(routing)
  return {
    flexibleTunnelAdd({ tunnelProfiles }, { caller }) {
      const client = owner(caller)
      return reply(
        inOrder(tunnelProfiles, profile => tunnels.add(profile, client)),
        addCodes,
      )
    },
    flexibleTunnelUpdate({ tunnelProfiles }, { caller }) {
      const client = owner(caller)
      return reply(
        inOrder(tunnelProfiles, profile => tunnels.update(profile, client)),
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
        return { code: Code.FAILURE, subCode: GetCode.INVALID_PROFILE_NAME, message: 'that is no name of a profile' }
      const profile = tunnels.find(name)
      if (profile) return { code: Code.SUCCESS, tunnelProfile: profile }
      return { code: Code.FAILURE, subCode: GetCode.NOT_FOUND, message: `${name}: no such profile` }
    },
  }
}
