import type { Caller } from '@hangar/daemon'
import type { RoutingClient } from '../../clients/clients.ts'
import type { RouteSource } from '../../rib/attributes.ts'
import type { Routing } from '../../routing.ts'
import type { RequestFault } from './faults.ts'
import { type DefaultPreferences, defaultPreferences } from './route-attributes.ts'

export type Generation = 'classic' | 'modern'
export type InitializeOutcome = 'SUCCESS' | 'SUCCESS_REBOUND' | 'ALREADY_INITIALIZED' | RequestFault

/** Who may write routes, and with what defaults. Both generations share it, as a client uses one of them. */
export class RibClients {
  readonly #routing: Routing
  readonly #defaults = new WeakMap<RoutingClient, DefaultPreferences>()

  constructor(routing: Routing) {
    this.#routing = routing
  }

  /** Of the modern generation. What it says holds for the session, and takes the place of what was said before. */
  initialize(
    caller: Caller,
    addresses: RoutingClient['ribAddresses'],
    defaults: DefaultPreferences,
  ): { outcome: InitializeOutcome; routes: number } {
    const client = this.#routing.clients.calling(caller)
    const fault = this.#refusal(client, 'modern')
    if (fault) return { outcome: fault, routes: 0 }
    const before = client.initialized.get('rib')
    client.initialized.set('rib', caller.session)
    client.ribAddresses = addresses
    this.#defaults.set(client, defaults)
    const outcome =
      before === undefined ? 'SUCCESS' : before === caller.session ? 'ALREADY_INITIALIZED' : 'SUCCESS_REBOUND'
    return { outcome, routes: this.source(client).routes }
  }

  /** The client that calls, or why it may not write now. */
  writing(caller: Caller, generation: Generation): RoutingClient | RequestFault {
    const client = this.#routing.clients.calling(caller)
    if (client.ribGeneration !== undefined && client.ribGeneration !== generation) return 'ROUTE_API_VERSION_MISMATCH'
    if (generation === 'modern' && client.initialized.get('rib') !== caller.session) return 'NOT_INITIALIZED'
    return this.#refusal(client, generation) ?? client
  }

  /** Routes were written: from now on the client uses this generation. */
  wrote(client: RoutingClient, generation: Generation): void {
    client.ribGeneration = generation
  }

  source(client: RoutingClient): RouteSource {
    return this.#routing.rib.attributes.source('Static', client.id)
  }

  defaults(client: RoutingClient): DefaultPreferences {
    return this.#defaults.get(client) ?? defaultPreferences
  }

  /** Removes the client's routes; it has to initialize again afterwards, and may choose its generation anew. */
  async cleanup(client: RoutingClient): Promise<void> {
    client.initialized.delete('rib')
    client.ribGeneration = undefined
    this.#defaults.delete(client)
    client.cleaning++
    try {
      await this.#routing.removeRoutes(client.id, 'Static')
    } finally {
      client.cleaning--
    }
  }

  #refusal(client: RoutingClient, generation: Generation): RequestFault | undefined {
    if (client.ribGeneration !== undefined && client.ribGeneration !== generation) return 'ROUTE_API_VERSION_MISMATCH'
    // What is written while routes of the same client are being removed might go with them.
    return client.cleaning > 0 ? 'NOT_READY' : undefined
  }
}
