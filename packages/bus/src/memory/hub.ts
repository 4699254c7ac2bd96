import type { Bus } from '../bus.ts'
import { type BusOptions, checkName } from '../options.ts'
import { unavailable } from '../rpc/errors.ts'
import { MemoryBus } from './bus.ts'
import { EventExchange } from './events.ts'
import { MemberBoard } from './members.ts'

/** The bus of daemons that live in one process. */
export interface MemoryHub {
  readonly device: string
  /** A daemon's end. Throws when the daemon is already connected. */
  connect(daemon: string, options: BusOptions): Bus
  /** Ends a daemon's part as a crash would, for tests and faults: no goodbye, calls under way fail with Code.Unavailable. */
  kill(daemon: string): void
}

/** Devices of one process do not hear each other when each has a hub of its own. */
export function createMemoryHub(options: { device: string }): MemoryHub {
  const device = checkName('device', options.device)
  const buses = new Map<string, MemoryBus>()
  const shared = {
    device,
    find: (daemon: string) => buses.get(daemon),
    members: new MemberBoard(),
    events: new EventExchange(),
  }
  return {
    device,
    connect(daemon, busOptions) {
      if (buses.has(daemon)) throw new Error(`${daemon} is already connected`)
      const bus = new MemoryBus(shared, checkName('daemon', daemon), busOptions, () => buses.delete(daemon))
      buses.set(daemon, bus)
      return bus
    },
    kill(daemon) {
      buses.get(daemon)?.leave(unavailable(daemon, 'died'))
    },
  }
}
