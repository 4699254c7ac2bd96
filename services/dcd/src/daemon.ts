import { defineDaemon } from '@hangar/daemon'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { identicalAddresses } from './interfaces/identical-addresses.ts'
import { instancesOf } from './interfaces/instances.ts'
import { InterfaceReader } from './interfaces/read-interfaces.ts'
import { KernelInterfaces } from './kernel/kernel-interfaces.ts'

/** Interface configuration, checked and made true in the kernel. */
export const dcd = defineDaemon({
  name: 'dcd',
  title: 'Interface control process',
  signals: ['INTERFACES_UP'],
  async start({ bus, clock, log, lifecycle, configure, signal }) {
    const reader = new InterfaceReader()
    const kernel = new KernelInterfaces({ client: bus.client('kernel', Kernel), clock, log })
    kernel.onSettled = () => signal('INTERFACES_UP')

    configure({
      subtrees: [['interfaces'], ['routing-instances']],
      check: next => identicalAddresses(reader.read(next), instancesOf(next)),
      async apply(next) {
        const refusal = await kernel.want(reader.read(next))
        return refusal === undefined ? [] : [{ path: ['interfaces'], message: refusal }]
      },
    })

    const watch = await bus.watchMembers({
      up: ({ daemon, incarnation }) => {
        if (daemon === 'kernel') kernel.up(incarnation)
      },
      down: (daemon, incarnation) => {
        if (daemon === 'kernel') kernel.down(incarnation)
      },
    })
    lifecycle.onStop('kernel', async () => {
      kernel.close()
      await watch[Symbol.asyncDispose]()
    })
  },
})
