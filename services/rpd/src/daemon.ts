import { defineDaemon } from '@hangar/daemon'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Routing } from './routing.ts'

/** Routing tables, next hops, and the JET routing APIs. */
export const rpd = defineDaemon({
  name: 'rpd',
  title: 'Routing process',
  signals: ['RIB_SYNCED'],
  async start(host) {
    const { bus, clock, log, lifecycle } = host
    const routing = new Routing({
      clock,
      log,
      links: { isUp: () => false, interfaceWith: () => undefined },
      kernel: bus.client('kernel', Kernel),
      incarnation: bus.incarnation,
    })
    const members = await bus.watchMembers({
      up: ({ daemon, incarnation }) => {
        if (daemon === 'kernel') routing.forwarding.kernelUp(incarnation)
      },
      down: (daemon, incarnation) => {
        if (daemon === 'kernel') routing.forwarding.kernelDown(incarnation)
      },
    })
    lifecycle.onStop('members', async () => members[Symbol.asyncDispose]())
    host.signal('RIB_SYNCED')
  },
})
