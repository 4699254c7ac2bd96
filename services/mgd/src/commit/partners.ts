import type { Bus } from '@hangar/bus'
import { type Announcement, Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Partner } from './partner.ts'

/** The daemons that read configuration, as they come and go. Nobody is known by name: an announcement says it all. */
export class Partners {
  readonly #bus: Bus
  readonly #partners = new Map<string, Partner>()
  /** A daemon came, or came back, and holds no configuration yet. */
  readonly #onJoin: () => void

  constructor(bus: Bus, onJoin: () => void) {
    this.#bus = bus
    this.#onJoin = onJoin
  }

  up({ daemon, incarnation, configuration }: Announcement): void {
    const known = this.#partners.get(daemon)
    const same =
      known?.incarnation === incarnation && known.subtrees.map(path => path.join(' ')).join() === configuration.join()
    if (same) {
      // It was out of reach for a while: what it missed it is told now.
      if (!known.held) this.#onJoin()
      return
    }
    if (configuration.length === 0) return void this.#partners.delete(daemon)
    const client = this.#bus.client(daemon, Daemon)
    this.#partners.set(daemon, new Partner({ daemon, incarnation, subtrees: configuration, client }))
    this.#onJoin()
  }

  down(daemon: string, incarnation: string): void {
    if (this.#partners.get(daemon)?.incarnation === incarnation) this.#partners.delete(daemon)
  }

  get all(): readonly Partner[] {
    return [...this.#partners.values()]
  }

  has(partner: Partner): boolean {
    return this.#partners.get(partner.daemon) === partner
  }
}
