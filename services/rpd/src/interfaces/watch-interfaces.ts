import { type Bus, type StateReplica, watchState } from '@hangar/bus'
import {
  Kernel,
  type PhysicalInterface,
  type WatchInterfacesResponse,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Clock, Logger, Random } from '@hangar/runtime'
import type { Interfaces } from './interfaces.ts'

/**
 * Keeps `interfaces` as the kernel has them, also while the kernel is away. What comes in one turn is taken together, so that routes are chosen once.
 */
export function watchInterfaces(
  { bus, clock, random, log }: { bus: Bus; clock: Clock; random: Random; log: Logger },
  interfaces: Interfaces,
): StateReplica<PhysicalInterface> {
  const client = bus.client('kernel', Kernel)
  const ports = new Map<string, PhysicalInterface | undefined>()
  let planned = false
  const take = () => {
    const batch = [...ports]
    ports.clear()
    interfaces.update(batch)
  }
  const changed = (name: string, port: PhysicalInterface | undefined) => {
    ports.set(name, port)
    if (planned) return
    planned = true
    setImmediate(() => {
      planned = false
      take()
    })
  }
  return watchState<WatchInterfacesResponse, PhysicalInterface>({
    bus,
    clock,
    random,
    log,
    daemon: 'kernel',
    open: signal => client.watchInterfaces({}, { signal }),
    read: message => ({ mark: message.mark, key: message.name, value: message.interface }),
    onPut: changed,
    onDelete: name => changed(name, undefined),
    onSynced: take,
  })
}
