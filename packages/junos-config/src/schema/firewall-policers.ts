import { choice } from '../values/choice.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { bandwidth } from '../values/routing.ts'
import { fileSize } from '../values/size.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'

const burst = fileSize

const lossPriority = leaf(
  'loss-priority',
  'Set the loss priority',
  choice({ low: 'Low', 'medium-low': 'Medium low', 'medium-high': 'Medium high', high: 'High' }),
)

const policer = list(
  'policer',
  'Limit of a rate',
  key('policer-name', 'Name of the policer', identifier),
  () => [
    flag('filter-specific', 'One for all terms of a filter'),
    flag('logical-interface-policer', 'One for all families of a logical interface'),
    flag('physical-interface-policer', 'One for all units of an interface'),
    flag('shared-bandwidth-policer', 'Shared between the links of a bundle'),
    flag('logical-bandwidth-policer', 'By the bandwidth of the logical interface'),
    ...oneOf<SchemaNode>('limit', [
      container('if-exceeding', 'More than', () => [
        ...oneOf('bandwidth', [
          leaf('bandwidth-limit', 'Bits a second', bandwidth),
          leaf('bandwidth-percent', 'Percentage of the interface', integer(1, 100)),
        ]),
        leaf('burst-size-limit', 'Bytes at once', burst),
      ]),
      container('if-exceeding-pps', 'More packets than', () => [
        leaf('pps-limit', 'Packets a second', bandwidth),
        leaf('packet-burst', 'Packets at once', bandwidth),
      ]),
    ]),
    container(
      'then',
      'What becomes of what is too much',
      () => [
        flag('discard', 'Drop it'),
        lossPriority,
        leaf('forwarding-class', 'Set the forwarding class', identifier),
      ],
      { oneLine: 'single' },
    ),
  ],
  { order: 'system' },
)

const colors = oneOf('colors', [
  flag('color-blind', 'Whatever the color of packets'),
  flag('color-aware', 'By the color of packets'),
])

const threeColors = list(
  'three-color-policer',
  'Limits of two rates, or of a rate and a burst',
  key('policer-name', 'Name of the policer', identifier),
  () => [
    flag('filter-specific', 'One for all terms of a filter'),
    flag('logical-interface-policer', 'One for all families of a logical interface'),
    flag('physical-interface-policer', 'One for all units of an interface'),
    flag('shared-bandwidth-policer', 'Shared between the links of a bundle'),
    container('action', 'What becomes of what is too much', () => [
      container(
        'loss-priority',
        'Packets of a loss priority',
        () => [
          container('high', 'High', () => [leaf('then', 'What becomes of them', choice({ discard: 'Drop them' }))], {
            oneLine: 'always',
          }),
        ],
        { oneLine: 'always' },
      ),
    ]),
    ...oneOf<SchemaNode>('rates', [
      container('single-rate', 'A rate and two bursts', () => [
        ...colors,
        leaf('committed-information-rate', 'Bits a second', bandwidth),
        leaf('committed-burst-size', 'Bytes at once', burst),
        leaf('excess-burst-size', 'Bytes at once that are too much', burst),
      ]),
      container('two-rate', 'Two rates', () => [
        ...colors,
        leaf('committed-information-rate', 'Bits a second', bandwidth),
        leaf('committed-burst-size', 'Bytes at once', burst),
        leaf('peak-information-rate', 'Bits a second that are too much', bandwidth),
        leaf('peak-burst-size', 'Bytes at once that are too much', burst),
      ]),
    ]),
  ],
  { order: 'system' },
)

export function policers(): readonly SchemaNode[] {
  return [policer, threeColors]
}
