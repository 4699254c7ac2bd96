import type { Announcement } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Logger } from '@hangar/runtime'
import type { MemberListener } from '../bus.ts'
import { Delivery } from '../delivery.ts'

/** Who is on the hub, and who wants to know. */
export class MemberBoard {
  readonly #announced = new Map<string, Announcement>()
  readonly #watchers = new Set<{ listener: MemberListener; delivery: Delivery }>()

  announce(announcement: Announcement): void {
    this.#announced.set(announcement.daemon, announcement)
    for (const { listener, delivery } of this.#watchers) delivery.push(() => listener.up(announcement))
  }

  leave(daemon: string, incarnation: string): void {
    if (!this.#announced.delete(daemon)) return
    for (const { listener, delivery } of this.#watchers) delivery.push(() => listener.down(daemon, incarnation))
  }

  /** Resolves when the listener knows of everybody who is there. The function that it gives ends the watch. */
  async watch(listener: MemberListener, log: Logger): Promise<() => void> {
    const watcher = { listener, delivery: new Delivery(log) }
    for (const announcement of this.#announced.values()) watcher.delivery.push(() => listener.up(announcement))
    this.#watchers.add(watcher)
    await watcher.delivery.settled()
    return () => {
      this.#watchers.delete(watcher)
      watcher.delivery.close()
    }
  }
}
