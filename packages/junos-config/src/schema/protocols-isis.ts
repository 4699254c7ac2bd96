import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { bandwidth } from '../values/routing.ts'
import { text } from '../values/value.ts'
import { keyAndType } from './authentication.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import { liveness } from './liveness.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { policyList } from './references.ts'
import { unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

function level(body: () => readonly SchemaNode[]): SchemaNode {
  return list('level', 'Configure levels', key('level-number', 'Level number', integer(1, 2)), body, {
    oneLine: 'single',
    order: 'system',
  })
}

const onLevel = (): readonly SchemaNode[] => [
  flag('disable', 'Disable IS-IS for this level on this interface'),
  leaf('metric', 'Metric for this level', integer(1, 16777215)),
  leaf('te-metric', 'Metric for traffic engineering', integer(1, 16777215)),
  leaf('ipv6-unicast-metric', 'Metric of IPv6', integer(1, 16777215)),
  leaf('hello-interval', 'Seconds between hellos', integer(1, 20000)),
  leaf('hold-time', 'Seconds without a hello', integer(3, 65535)),
  leaf('priority', 'Priority of the designated router', integer(0, 127)),
  flag('passive', 'Do not run IS-IS at this level, but advertise it'),
  leaf('hello-authentication-key', 'Key for hellos', text, { secret: true }),
  leaf('hello-authentication-type', 'Kind of authentication of hellos', choice({ md5: 'MD5', simple: 'A password' })),
]

const onInterface = (): readonly SchemaNode[] => [
  level(onLevel),
  flag('disable', 'Disable IS-IS on this interface'),
  flag('passive', 'Do not run IS-IS, but advertise it'),
  flag('point-to-point', 'Treat interface as point to point'),
  leaf(
    'hello-padding',
    'How hellos are filled up',
    choice({
      adaptive: 'Until the neighbor is known',
      loose: 'Until the neighbor has been seen',
      strict: 'Always',
      disable: 'Never',
    }),
  ),
  leaf('lsp-interval', 'Milliseconds between packets', integer(0, 1000)),
  leaf('csnp-interval', 'Seconds between lists of the database', integer(1, 65535)),
  flag('no-ipv4-multicast', 'No multicast of IPv4'),
  flag('no-ipv6-unicast', 'No IPv6'),
  container(
    'ldp-synchronization',
    'Wait for LDP',
    () => [flag('disable', "Don't wait"), leaf('hold-time', 'Seconds to wait', integer(1, 65535))],
    { presence: true },
  ),
  ...oneOf('protection', [
    flag('link-protection', 'Have another way for when the link fails'),
    flag('node-link-protection', 'Have another way for when the link or the router behind it fails'),
  ]),
  container(
    'family',
    'Of one family',
    () => [container('inet', 'IPv4', () => [liveness()]), container('inet6', 'IPv6', () => [liveness()])],
    { prefix: true },
  ),
  liveness(),
]

const overload = container(
  'overload',
  'Tell others not to send through this router',
  () => [
    leaf('timeout', 'Seconds after boot', integer(60, 1800)),
    flag('advertise-high-metrics', 'By high metrics'),
    flag('allow-route-leaking', 'Routes go between levels all the same'),
  ],
  { presence: true },
)

/** IS-IS as it is configured: nobody speaks it here. */
export function isis(): ContainerSchema {
  return container('isis', 'IS-IS configuration', () => [
    flag('disable', 'Disable IS-IS'),
    traceOptions({
      error: 'Faulty packets',
      spf: 'Shortest paths',
      packets: 'All packets',
      hello: 'Hello packets',
      lsp: 'Packets of the database',
      'lsp-generation': 'How these are made',
      csnp: 'Lists of the database',
      psnp: 'Acknowledgements',
      'graceful-restart': 'Graceful restart',
      ...commonFlags,
    }),
    protocolInterface(onInterface),
    container('spf-options', 'When shortest paths are found anew', () => [
      leaf('delay', 'Milliseconds after a change', integer(50, 1000)),
      leaf('holddown', 'Milliseconds after several', integer(2000, 20000)),
      leaf('rapid-runs', 'How many are several', integer(1, 10)),
    ]),
    container('backup-spf-options', 'Ways for when links fail', () => [], { presence: true }),
    container('traffic-engineering', 'Traffic engineering', () => [
      flag('disable', 'None'),
      flag('ipv4-multicast-rpf-routes', 'Routes for multicast'),
      container(
        'family',
        'Of one family',
        () => [
          container('inet', 'IPv4', () => [flag('shortcuts', 'Through label-switched paths')]),
          container('inet6', 'IPv6', () => [flag('shortcuts', 'Through label-switched paths')]),
        ],
        { prefix: true },
      ),
    ]),
    container('topologies', 'Topologies of their own', () => [
      flag('ipv4-multicast', 'Multicast of IPv4'),
      flag('ipv6-unicast', 'IPv6'),
      flag('ipv6-multicast', 'Multicast of IPv6'),
    ]),
    level(() => [
      flag('disable', 'Disable this level'),
      ...keyAndType,
      flag('wide-metrics-only', 'Generate wide metrics only'),
      leaf('preference', 'Preference of internal routes', unsigned),
      leaf('external-preference', 'Preference of external routes', unsigned),
      leaf('prefix-export-limit', 'Routes told at most', unsigned),
    ]),
    ...keyAndType,
    flag('no-authentication-check', "Don't check keys"),
    leaf('lsp-lifetime', 'Seconds for which a packet of the database is good', integer(350, 65535)),
    leaf('max-lsp-size', 'Largest packet of the database', integer(512, 9192)),
    leaf('reference-bandwidth', 'Bandwidth for calculating metric defaults', bandwidth),
    overload,
    container('graceful-restart', 'Keep forwarding while IS-IS starts anew', () => [
      flag('disable', "Don't"),
      flag('helper-disable', "Don't help others"),
      leaf('restart-duration', 'Seconds that it takes', integer(30, 300)),
    ]),
    flag('ignore-attached-bit', 'No default route to routers between levels'),
    flag('no-adjacency-holddown', "Don't wait before neighbors count"),
    flag('no-ipv4-routing', 'No IPv4'),
    flag('no-ipv6-routing', 'No IPv6'),
    policyList('export', 'Export policy'),
    policyList('import', 'Import policy'),
  ])
}
