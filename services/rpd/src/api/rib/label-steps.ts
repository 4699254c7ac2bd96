import { isLabel } from '../../rib/label.ts'
import type { LabelStep } from '../../rib/next-hop.ts'
import type { TableFamily } from '../../rib/routing-table.ts'

/** LabelStack of both generations: the numbers of the operations are the same. */
export interface LabelStackMessage {
  readonly entries: readonly {
    readonly opcode: number
    readonly labelEntry?: { readonly label: number } | undefined
  }[]
}

/** Labels that a packet can carry, as many as a router's `maximum-labels` can be told. */
const DEEPEST = 16
const Operation = { noop: 0, pop: 1, push: 2, swap: 3 } as const

/**
 * What a gateway does to the label stack, outermost label first. Of the incoming label a route in mpls.0 may swap or pop one; that is named
 * first or last, and is done before any label is pushed.
 */
export function labelSteps(
  stack: LabelStackMessage | undefined,
  family: TableFamily,
): readonly LabelStep[] | 'MPLS_LABEL_INVALID' | 'MPLS_ACTION_INVALID' {
  const pushes: LabelStep[] = []
  let incoming: LabelStep | undefined
  const entries = (stack?.entries ?? []).filter(({ opcode }) => opcode !== Operation.noop)
  if (entries.length > DEEPEST) return 'MPLS_ACTION_INVALID'
  for (const [i, { opcode, labelEntry }] of entries.entries()) {
    if (opcode === Operation.push) {
      if (!labelEntry || !isLabel(labelEntry.label)) return 'MPLS_LABEL_INVALID'
      pushes.push({ operation: 'push', label: labelEntry.label })
      continue
    }
    if (opcode !== Operation.pop && opcode !== Operation.swap) return 'MPLS_ACTION_INVALID'
    const outside = i > 0 && i < entries.length - 1
    if (family !== 'mpls' || incoming || outside) return 'MPLS_ACTION_INVALID'
    if (opcode === Operation.swap && (!labelEntry || !isLabel(labelEntry.label))) return 'MPLS_LABEL_INVALID'
    incoming =
      opcode === Operation.pop ? { operation: 'pop', label: 0 } : { operation: 'swap', label: labelEntry!.label }
  }
  return incoming ? [...pushes, incoming] : pushes
}
