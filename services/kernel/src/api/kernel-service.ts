import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { type Publisher, StateOwner } from '@hangar/bus'
import type { Kernel, PhysicalInterface, RoutingSocketEventSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Forwarding } from '../forwarding/index.ts'
import { configurationFault } from '../interfaces/check-configuration.ts'
import type { InterfaceTable, TableChange } from '../interfaces/interface-table.ts'
import { programForwarding } from './program-forwarding.ts'

/** hangar.kernel.v1.Kernel: what a call changes is in the tables and the watched state, and on its way as events, when it answers. */
export function kernelService(
  table: InterfaceTable,
  forwarding: Forwarding,
  events: Publisher<typeof RoutingSocketEventSchema>,
  incarnation: string,
  onSynced: () => void,
): ServiceImpl<typeof Kernel> {
  const state = new StateOwner<PhysicalInterface>({ incarnation })
  const report = (change: TableChange) => {
    for (const one of change.interfaces) state.put(one.name, one)
    for (const event of change.events) events.publish(event)
  }
  report(table.discovery)
  return {
    configureInterfaces(request) {
      const fault = configurationFault(request.interfaces)
      if (fault) throw new ConnectError(fault, Code.InvalidArgument)
      report(table.configure(request))
      return {}
    },
    async *watchInterfaces(_request, context) {
      for await (const { mark, key, value } of state.watch(context.signal)) {
        yield value ? { mark, name: key, interface: value } : { mark, name: key }
      }
    },
    setCarrier({ name, up }) {
      const change = table.setCarrier(name, up)
      if (!change) throw new ConnectError(`device ${name} not found`, Code.NotFound)
      report(change)
      return {}
    },
    programForwarding: programForwarding(forwarding, events, onSynced),
  }
}
