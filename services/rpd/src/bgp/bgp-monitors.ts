import type { Routing } from '../routing.ts'
import { BgpMonitor } from './bgp-monitor.ts'
import type { ReplyFormat } from './to-entry.ts'

/** The monitors of all clients, at most one each, whichever generation asked for it. */
export class BgpMonitors {
  readonly #routing: Routing
  readonly #byClient = new Map<string, { session: string; monitor: BgpMonitor }>()

  constructor(routing: Routing) {
    this.#routing = routing
    routing.rib.listen({
      changed: changes => {
        for (const { monitor } of this.#byClient.values()) monitor.changed(changes)
      },
    })
    routing.onConfigured(() => {
      for (const { monitor } of this.#byClient.values()) monitor.reconsider()
    })
  }

  /** Undefined when the client has one. That of a session that is over, whose end has not been heard yet, makes room. */
  register(client: string, session: string, options: { format: ReplyFormat; count: number }): BgpMonitor | undefined {
    const before = this.#byClient.get(client)
    if (before?.session === session) return undefined
    before?.monitor.end()
    const monitor = new BgpMonitor(this.#routing, options)
    this.#byClient.set(client, { session, monitor })
    return monitor
  }

  find(client: string): BgpMonitor | undefined {
    return this.#byClient.get(client)?.monitor
  }

  /** Ends the client's stream; a monitor that took its place meanwhile is left alone. */
  unregister(client: string, monitor = this.find(client)): void {
    monitor?.end()
    if (this.find(client) === monitor) this.#byClient.delete(client)
  }
}
