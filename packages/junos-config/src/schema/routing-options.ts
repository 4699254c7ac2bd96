import { ipAddress, routePrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { nextHop, textName } from '../values/name.ts'
import { integer, integerOr } from '../values/number.ts'
import { patternText, type ValueType } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'

const unsigned = integer(0, 4294967295)
const preference = leaf('preference', 'Preference value', unsigned)
const metric = leaf('metric', 'Metric value', unsigned)
const tag = leaf('tag', 'Tag string', unsigned)

/** 2-byte and 4-byte numbers, plain or as two halves with a dot (RFC 5396). */
const autonomousSystem: ValueType = patternText(
  'as-number',
  /^([1-9]\d{0,9}|\d{1,5}\.\d{1,5})$/,
  value => `invalid autonomous system number: '${value}'`,
)

/** Pairs of opposites, of which a route has at most one (`retain | no-retain`). */
function opposites(name: string, yes: string, no: string): SchemaNode[] {
  return oneOf(name, [flag(name, yes), flag(`no-${name}`, no)])
}

/** What a static route (and the defaults of static routes) may say besides where it leads. */
const routeOptions: readonly SchemaNode[] = [
  metric,
  preference,
  tag,
  leafList('community', 'BGP community identifier', textName('community')),
  ...opposites('retain', 'Always keep route in forwarding table', "Don't always keep route in forwarding table"),
  ...opposites('install', 'Install route into forwarding table', "Don't install route into forwarding table"),
  ...opposites(
    'readvertise',
    'Mark route as eligible to be readvertised',
    "Don't mark route as eligible to be readvertised",
  ),
  ...opposites(
    'resolve',
    'Allow resolution of indirectly connected next hops',
    "Don't resolve indirectly connected next hops",
  ),
  ...oneOf('activity', [
    flag('active', 'Remove inactive route from forwarding table'),
    flag('passive', 'Retain inactive route in forwarding table'),
  ]),
]

function staticRoutes(destination: ValueType): SchemaNode {
  return container('static', 'Static routes', [
    container('defaults', 'Global route options', routeOptions),
    list(
      'route',
      'Static route',
      key('destination', 'Destination prefix', destination),
      [
        ...oneOf('next-hop-choice', [
          leaf('next-table', 'Next hop to another table', textName('table-name')),
          flag('discard', 'Drop packets to destination; send no ICMP unreachables'),
          flag('reject', 'Drop packets to destination; send ICMP unreachables'),
          flag('receive', 'Install a receive route for the destination'),
          leafList('next-hop', 'Next hop to destination', nextHop),
        ]),
        list('qualified-next-hop', 'Next hop with qualifiers', key('nexthop', 'Next hop to destination', nextHop), [
          preference,
          metric,
          tag,
        ]),
        ...routeOptions,
      ],
      { oneLine: true },
    ),
  ])
}

/** What rpd reads of routing that belongs to no protocol. */
export const routingOptions = container('routing-options', 'Protocol-independent routing option configuration', [
  list('rib', 'Routing table options', key('rib-name', 'Routing table name', textName('rib-name')), [
    staticRoutes(routePrefix()),
  ]),
  staticRoutes(routePrefix('inet')),
  leaf('router-id', 'Router identifier', ipAddress('inet')),
  leaf('autonomous-system', 'Autonomous system number', autonomousSystem),
  container('programmable-rpd', 'Programmable routing protocol daemon', [
    leaf(
      'purge-timeout',
      'How long routes of a client that went away are kept',
      integerOr({ never: 'Keep them until the client cleans up' }, 1, 604800),
    ),
    container('rib-service', 'RIB service', [
      leaf(
        'dynamic-next-hop-interface',
        'Follow next hops that move to another interface',
        choice({ enable: 'Follow them', disable: 'Stay with the interface that the client named' }),
      ),
    ]),
  ]),
])
