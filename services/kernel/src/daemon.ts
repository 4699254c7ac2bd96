import { defineDaemon, product } from '@hangar/daemon'
import { Kernel, RoutingSocketEventSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { kernelService } from './api/kernel-service.ts'
import { showInterfaces } from './commands/show-interfaces.ts'
import { forwardingTableNames, showRouteForwardingTable } from './commands/show-route-forwarding-table.ts'
import { showSystemConnections } from './commands/show-system-connections.ts'
import { Forwarding } from './forwarding/index.ts'
import { interfaceNames } from './interfaces/interface-names.ts'
import { InterfaceTable } from './interfaces/interface-table.ts'
import { createPorts } from './interfaces/port.ts'

export interface KernelOptions {
  /** Ports with a slot that the chassis has; xe-0/0/0 to xe-0/0/3 unless told otherwise. em0 and lo0 are always there. */
  ports?: readonly string[]
}

/** Interfaces and addresses as they are, and the forwarding tables. */
export const kernel = defineDaemon<KernelOptions | undefined>({
  name: 'kernel',
  title: 'Kernel',
  signals: ['FIB_SYNCED'],
  async start(host, { ports } = {}) {
    const { bus, clock } = host
    const table = new InterfaceTable(createPorts(ports), () => clock.now())
    const events = host.publisher('rtsock', RoutingSocketEventSchema)
    const forwarding = new Forwarding(() => clock.now())
    host.serve(
      Kernel,
      kernelService(table, forwarding, events, bus.incarnation, () => host.signal('FIB_SYNCED')),
    )
    host.command(showInterfaces({ interfaces: () => table.interfaces(), release: product.release, clock }))
    host.completion('interface-name', () => interfaceNames(table.interfaces()))

    host.command(showRouteForwardingTable({ forwarding, release: product.release }))
    host.completion('forwarding-table', () => forwardingTableNames(forwarding))

    const members = new Set<string>()
    const watch = await bus.watchMembers({
      up: ({ daemon }) => void members.add(daemon),
      down: daemon => void members.delete(daemon),
    })
    host.lifecycle.onStop('members', async () => watch[Symbol.asyncDispose]())
    host.command(showSystemConnections(bus, () => members))
  },
})
