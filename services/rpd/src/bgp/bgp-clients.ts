import type { Caller } from '@hangar/daemon'
import type { RoutingClient } from '../clients/clients.ts'
import type { Routing } from '../routing.ts'

export type InitializeOutcome =
  | 'SUCCESS'
  | 'SUCCESS_STATE_REBOUND'
  | 'ALREADY_INITIALIZED'
  | 'CLEANUP_PENDING'
  | 'BGP_NOT_READY'

/** Who has initialized the BGP API, and what becomes of that. Both generations share it: a client has one state. */
export class BgpClients {
  readonly #routing: Routing

  constructor(routing: Routing) {
    this.#routing = routing
  }

  initialize(caller: Caller): { outcome: InitializeOutcome; routes: number } {
    const { clients, settings } = this.#routing
    if (!settings.bgpConfigured) return { outcome: 'BGP_NOT_READY', routes: 0 }
    const client = clients.calling(caller)
    const routes = this.routes(client)
    if (client.cleaning > 0) return { outcome: 'CLEANUP_PENDING', routes }
    const before = client.initialized.get('bgp')
    client.initialized.set('bgp', caller.session)
    if (before === caller.session) return { outcome: 'ALREADY_INITIALIZED', routes }
    return { outcome: before === undefined ? 'SUCCESS' : 'SUCCESS_STATE_REBOUND', routes }
  }

  /** The caller, when it has initialized the API on this connection. */
  initialized(caller: Caller): RoutingClient | undefined {
    const client = this.#routing.clients.calling(caller)
    return client.initialized.get('bgp') === caller.session ? client : undefined
  }

  /** Removes the client's routes; it has to initialize again afterwards. */
  async cleanup(client: RoutingClient): Promise<void> {
    client.initialized.delete('bgp')
    client.cleaning++
    try {
      await this.#routing.removeRoutes(client.id, 'BGP-Static')
    } finally {
      client.cleaning--
    }
  }

  routes(client: RoutingClient): number {
    return this.#routing.rib.attributes.source('BGP-Static', client.id).routes
  }
}
