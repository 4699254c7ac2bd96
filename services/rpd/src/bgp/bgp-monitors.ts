import type { Routing } from '../routing.ts'
import { BgpMonitor } from './bgp-monitor.ts'
import type { ReplyFormat } from './to-entry.ts'

/** The monitors of all clients, at most one each, whichever generation asked for it. */
export class BgpMonitors {
  readonly #routing: Routing
  readonly #byClient = new Map<string, BgpMonitor>()

  constructor(routing: Routing) {
    this.#routing = routing
    routing.rib.listen({
      changed: changes => {
        for (const monitor of this.#byClient.values()) monitor.changed(changes)
      },
    })
    routing.onConfigured(() => {
      for (const monitor of this.#byClient.values()) monitor.reconsider()
    })
  }

  /** Undefined when the client has one. */
  register(client: string, options: { format: ReplyFormat; count: number }): BgpMonitor | undefined {
    if (this.#byClient.has(client)) return undefined
    const monitor = new BgpMonitor(this.#routing, options)
    this.#byClient.set(client, monitor)
    return monitor
  }

  find(client: string): BgpMonitor | undefined {
    return this.#byClient.get(client)
  }

  /** Ends the client's stream; a monitor that took its place meanwhile is left alone. */
  unregister(client: string, monitor = this.#byClient.get(client)): void {
    monitor?.end()
    if (this.#byClient.get(client) === monitor) this.#byClient.delete(client)
  }
}
