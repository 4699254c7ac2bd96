import type { Client } from '@connectrpc/connect'
import type { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Clock, Logger } from '@hangar/runtime'
import { Clients } from './clients/clients.ts'
import { removeRoutes } from './clients/remove-routes.ts'
import { defaultSettings, type Settings } from './configuration/settings.ts'
import { Forwarding } from './forwarding/forwarding.ts'
import { changeInterfaceRoutes } from './interfaces/interface-routes.ts'
import { Interfaces } from './interfaces/interfaces.ts'
import { Policies } from './policy/policies.ts'
import type { Links } from './resolve/resolver.ts'
import { Rib } from './rib/rib.ts'
import { standardTables } from './routing-names.ts'
import { TunnelProfiles } from './tunnels/tunnel-profiles.ts'

/** All that the routing APIs, the configuration and the commands work on. */
export class Routing {
  readonly rib: Rib
  readonly interfaces = new Interfaces()
  /** What next hops rest on. */
  readonly links: Links
  readonly clients: Clients
  readonly forwarding: Forwarding
  /** As of the last commit. */
  settings: Settings = defaultSettings
  /** Names of the tables that the configuration made. */
  readonly configuredTables = new Set<string>()
  readonly tunnels = new TunnelProfiles()
  readonly #configured = new Set<() => void>()
  readonly policies = new Policies()
  readonly clock: Clock
  readonly log: Logger

  constructor(options: {
    clock: Clock
    log: Logger
    /** The interfaces unless a test has others. */
    links?: Links
    kernel: Client<typeof Kernel>
    incarnation: string
  }) {
    const { clock, log, links = this.interfaces, kernel, incarnation } = options
    this.clock = clock
    this.log = log
    this.links = links
    this.rib = new Rib({ clock, links })
    this.forwarding = new Forwarding({ rib: this.rib, client: kernel, clock, log, incarnation })
    this.clients = new Clients({
      clock,
      removeRoutes: async client => void (await this.removeRoutes(client.id)),
    })
    for (const [name, family] of standardTables) this.rib.addTable(name, family)
    this.interfaces.listen(changes => {
      changeInterfaceRoutes(this.rib, changes)
      this.rib.linksChanged()
    })
  }

  /** Called after each commit, when its settings are in force. */
  onConfigured(listener: () => void): void {
    this.#configured.add(listener)
  }

  configured(): void {
    for (const listener of this.#configured) listener()
  }

  /** Resolves when all that was changed until now is chosen, resolved and in the kernel's tables. */
  async committed(): Promise<void> {
    await this.rib.soon()
    await this.forwarding.acknowledged()
  }

  /** Removes a client's routes, of one protocol or of all, in slices; resolves to how many went when the kernel has forgotten them too. */
  removeRoutes(client: string, protocol?: string): Promise<number> {
    return removeRoutes(
      this.rib,
      ({ source }) => source.client === client && (protocol === undefined || source.protocol === protocol),
      () => this.committed(),
    )
  }
}
