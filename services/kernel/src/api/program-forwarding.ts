import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import type { Publisher } from '@hangar/bus'
import type {
  Kernel,
  ProgramForwardingRequest,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Queue, turn } from '@hangar/runtime'
import { type Forwarding, ProgramOrder, programFault } from '../forwarding/index.ts'

/**
 * Kernel.ProgramForwarding: one request after the other, and between two slices of one a turn for everybody else. `onSynced` is called
 * each time that a snapshot is complete.
 */
export function programForwarding(
  forwarding: Forwarding,
  events: Publisher<typeof RoutingSocketEventSchema>,
  onSynced: () => void,
): NonNullable<ServiceImpl<typeof Kernel>['programForwarding']> {
  const order = new ProgramOrder()
  const queue = new Queue()
  const program = async (request: ProgramForwardingRequest) => {
    order.check(request)
    const fault = programFault(request, forwarding)
    if (fault) throw new ConnectError(fault, Code.InvalidArgument)
    order.take(request)
    let first = true
    for (const event of forwarding.program(request)) {
      if (event) events.publish(event)
      if (!first) await turn()
      first = false
    }
    if (request.synced) {
      order.synced()
      onSynced()
    }
    return {}
  }
  return request => queue.run(() => program(request))
}
