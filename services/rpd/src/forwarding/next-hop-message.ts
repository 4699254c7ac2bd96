import { formatAddress } from '@hangar/inet'
import { ForwardingNextHop_Kind as Kind } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { LabelStep, NextHop } from '../rib/next-hop.ts'

/** A next hop as the kernel has it: where it leads now. */
export function forwardingNextHop(nextHop: NextHop) {
  return {
    id: nextHop.id,
    kind: kindOf(nextHop),
    legs: nextHop.legs.map(leg => ({
      gateway: leg.gateway ? formatAddress(leg.gateway) : '',
      interface: leg.interface,
      weight: leg.weight,
      balance: leg.balance,
      labelOperation: labelText(leg.labels),
    })),
    table: nextHop.spec.kind === 'table' ? nextHop.spec.table : 0,
  }
}

function kindOf(nextHop: NextHop): Kind {
  switch (nextHop.spec.kind) {
    case 'interface':
      return nextHop.spec.own ? Kind.RECEIVE : Kind.RESOLVE
    case 'local':
    case 'receive':
      return Kind.RECEIVE
    case 'table':
      return Kind.TABLE
    case 'discard':
      return Kind.DISCARD
    case 'reject':
      return Kind.REJECT
    case 'gateways':
      if (nextHop.sink === 'discard') return Kind.DISCARD
      if (nextHop.sink === 'reject') return Kind.REJECT
      return nextHop.indirect ? Kind.INDIRECT : Kind.UNICAST
  }
}

/** "Push 299776, Push 17(top)": as `show route` prints it, the outermost label last. */
export function labelText(labels: readonly LabelStep[]): string {
  const words = labels.map(({ operation, label }) => {
    const word = operation[0]!.toUpperCase() + operation.slice(1)
    return operation === 'pop' ? word : `${word} ${label}`
  })
  if (words.length > 1) words[0] += '(top)'
  return words.toReversed().join(', ')
}
