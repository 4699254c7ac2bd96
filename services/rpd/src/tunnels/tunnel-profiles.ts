import { toBinary } from '@bufbuild/protobuf'
import { type FlexibleTunnelProfile, TunnelAttributesSchema } from '@hangar/protocol/flexible_tunnel_profile_pb'
import { isProfileName, type ProfileFault, profileFault } from './profile-fault.ts'

/** What became of one profile of a request. */
export type TunnelFault = ProfileFault | { kind: 'exists' | 'absent'; message: string }

interface Held {
  readonly profile: FlexibleTunnelProfile
  readonly attributes: string
  readonly client: string
}

/** Flexible tunnel profiles by name. One belongs to the client that made it, and goes when that client is purged. */
export class TunnelProfiles {
  readonly #byName = new Map<string, Held>()
  /** Name by attributes: two profiles that do the same would be the same tunnel. */
  readonly #byAttributes = new Map<string, string>()

  find(name: string): FlexibleTunnelProfile | undefined {
    return this.#byName.get(name)?.profile
  }

  add(profile: FlexibleTunnelProfile, client: string): TunnelFault | undefined {
    const fault = profileFault(profile)
    if (fault) return fault
    if (this.#byName.has(profile.name))
      return { kind: 'exists', message: `${profile.name}: there is a profile of that name` }
    return this.#put(profile, client)
  }

  /** Adds or replaces. A profile of another client stays as it is. */
  update(profile: FlexibleTunnelProfile, client: string): TunnelFault | undefined {
    const fault = profileFault(profile)
    if (fault) return fault
    const held = this.#byName.get(profile.name)
    if (held && held.client !== client) return { kind: 'exists', message: `${profile.name}: another client's profile` }
    return this.#put(profile, client)
  }

  delete(name: string, client: string): TunnelFault | undefined {
    if (!isProfileName(name)) return { kind: 'name', message: 'that is no name of a profile' }
    const held = this.#byName.get(name)
    if (!held || held.client !== client) return { kind: 'absent', message: `${name}: no such profile` }
    this.#remove(held)
    return undefined
  }

  purge(client: string): void {
    for (const held of this.#byName.values()) if (held.client === client) this.#remove(held)
  }

  #put(profile: FlexibleTunnelProfile, client: string): TunnelFault | undefined {
    const attributes = attributesKey(profile)
    const holder = this.#byAttributes.get(attributes)
    if (holder !== undefined && holder !== profile.name)
      return { kind: 'exists', message: `${profile.name}: ${holder} has the same attributes` }
    const before = this.#byName.get(profile.name)
    if (before) this.#remove(before)
    this.#byName.set(profile.name, { profile, attributes, client })
    this.#byAttributes.set(attributes, profile.name)
    return undefined
  }

  #remove({ profile, attributes }: Held): void {
    this.#byName.delete(profile.name)
    this.#byAttributes.delete(attributes)
  }
}

function attributesKey(profile: FlexibleTunnelProfile): string {
  const attributes = Buffer.from(toBinary(TunnelAttributesSchema, profile.attributes!)).toString('base64')
  return `${profile.action} ${profile.interfaceName} ${attributes}`
}
