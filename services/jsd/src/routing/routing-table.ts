import type { Client } from '@connectrpc/connect'
import type { Bus, MemberListener } from '@hangar/bus'
import { type Announcement, Jet } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

/** Where the calls of one path go. */
export interface Route {
  readonly path: string
  readonly daemon: string
  readonly client: Client<typeof Jet>
  readonly clientStreaming: boolean
  readonly serverStreaming: boolean
}

/**
 * Path to daemon, from what the daemons say of themselves. When two serve the same path the one that announced it last has
 * it, so that somebody's own daemon can stand in for ours; when that one leaves, the other has it again.
 */
export class RoutingTable implements MemberListener {
  readonly #bus: Bus
  readonly #members = new Map<string, Announcement>()
  #routes = new Map<string, Route>()

  constructor(bus: Bus) {
    this.#bus = bus
  }

  find(path: string): Route | undefined {
    return this.#routes.get(path)
  }

  /** The JET services that are announced, each with the daemons that serve something of it. */
  services(): Map<string, string[]> {
    const services = new Map<string, string[]>()
    for (const { daemon, jetServices } of this.#members.values())
      for (const { name } of jetServices) services.set(name, [...(services.get(name) ?? []), daemon])
    return services
  }

  up(announcement: Announcement): void {
    const known = this.#members.get(announcement.daemon)
    // A daemon that only reached a signal keeps its turn among those that serve the same paths.
    if (known?.incarnation !== announcement.incarnation) this.#members.delete(announcement.daemon)
    this.#members.set(announcement.daemon, announcement)
    this.#rebuild()
  }

  down(daemon: string, incarnation: string): void {
    if (this.#members.get(daemon)?.incarnation !== incarnation) return
    this.#members.delete(daemon)
    this.#rebuild()
  }

  #rebuild(): void {
    const routes = new Map<string, Route>()
    for (const { daemon, jetServices } of this.#members.values()) {
      if (jetServices.length === 0) continue
      const client = this.#bus.client(daemon, Jet)
      for (const service of jetServices)
        for (const { name, clientStreaming, serverStreaming } of service.methods) {
          const path = `/${service.name}/${name}`
          routes.set(path, { path, daemon, client, clientStreaming, serverStreaming })
        }
    }
    this.#routes = routes
  }
}
