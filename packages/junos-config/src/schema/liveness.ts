import { integer } from '../values/number.ts'
import { container, flag, leaf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

const interval = integer(1, 255000)

/** `bfd-liveness-detection { minimum-interval 300; }`: whether the other end still forwards. */
export function liveness(...more: readonly SchemaNode[]): ContainerSchema {
  return container('bfd-liveness-detection', 'Bidirectional Forwarding Detection (BFD) options', () => [
    leaf('minimum-interval', 'Minimum transmit and receive interval', interval),
    leaf('minimum-receive-interval', 'Milliseconds between packets of the other end', interval),
    leaf('multiplier', 'Detection time multiplier', integer(1, 255), { default: '3' }),
    flag('no-adaptation', 'Keep to the intervals'),
    container('transmit-interval', 'Packets that are sent', [
      leaf('minimum-interval', 'Milliseconds between them', interval),
      leaf('threshold', 'Milliseconds at which it is told', integer(1, 4294967295)),
    ]),
    container('detection-time', 'When the other end counts as gone', [
      leaf('threshold', 'Milliseconds at which it is told', integer(1, 4294967295)),
    ]),
    leaf('holddown-interval', 'Milliseconds before it counts as there again', integer(0, 255000)),
    ...more,
  ])
}
