import { ipAddress, ipPrefix } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { areaId, bandwidth } from '../values/routing.ts'
import { ospfAuthentication } from './authentication.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import { liveness } from './liveness.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { protocolInterface } from './protocol-interface.ts'
import { policyList, ribGroupName } from './references.ts'
import { opposites, unsigned } from './route-attributes.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

/*
 * OSPF as it is configured: nobody speaks it here.
 */

const types = choice({
  nbma: 'Nonbroadcast multiaccess',
  p2mp: 'Point-to-multipoint NBMA',
  p2p: 'Point-to-point',
})

const metric = integer(1, 65535)
const metricType = leaf('metric-type', 'Kind of external metric', integer(1, 2))

function onInterface(): readonly SchemaNode[] {
  return [
    flag('disable', 'Disable OSPF on this interface'),
    leaf('interface-type', 'Type of interface', types),
    ...oneOf<SchemaNode>('protection', [
      flag('link-protection', 'Have another way for when the link fails'),
      flag('node-link-protection', 'Have another way for when the link or the router behind it fails'),
    ]),
    flag('no-eligible-backup', 'Never a way for when another link fails'),
    container('passive', 'Do not run OSPF, but advertise it', () => [], { presence: true }),
    leaf('metric', 'Interface metric', metric),
    leaf('te-metric', 'Metric for traffic engineering', integer(1, 4294967295)),
    leaf('priority', 'Designated router priority', integer(0, 255)),
    leaf('hello-interval', 'Hello interval', integer(1, 255)),
    leaf('dead-interval', 'Dead interval', integer(1, 65535)),
    leaf('retransmit-interval', 'Seconds until something is sent again', integer(1, 65535)),
    leaf('transit-delay', 'Seconds that a packet is under way', integer(1, 65535)),
    flag('flood-reduction', "Don't send anew what has not changed"),
    flag('demand-circuit', 'Be silent while nothing changes'),
    container(
      'ldp-synchronization',
      'Wait for LDP',
      () => [flag('disable', "Don't wait"), leaf('hold-time', 'Seconds to wait', integer(1, 65535))],
      { presence: true },
    ),
    liveness(flag('full-neighbors-only', 'Full neighbors alone')),
    ospfAuthentication,
    list(
      'neighbor',
      'Neighbor where there is no multicast',
      key('address', 'Address of the neighbor', ipAddress()),
      () => [flag('eligible', 'May be designated router')],
      { oneLine: 'always' },
    ),
  ]
}

const areaRange = list(
  'area-range',
  'Networks that are told as one',
  key('prefix', 'Network', ipPrefix('refused')),
  () => [
    flag('restrict', "Don't tell of it"),
    flag('exact', 'Tell of the networks as they are too'),
    leaf('override-metric', 'Metric of the whole', integer(1, 16777215)),
  ],
  { oneLine: 'single' },
)

function kindsOfArea(): SchemaNode[] {
  const defaultMetric = leaf('default-metric', 'Metric of the default route', integer(1, 16777215))
  const summaries = opposites('summaries', 'Flood summary LSAs', "Don't flood summary LSAs")
  return oneOf<SchemaNode>('kind', [
    container('stub', 'Configure a stub area', () => [defaultMetric, ...summaries], {
      presence: true,
      oneLine: 'always',
    }),
    container(
      'nssa',
      'Not-so-stubby area',
      () => [
        container(
          'default-lsa',
          'Default route into the area',
          () => [defaultMetric, metricType, flag('type-7', 'As an external one')],
          { presence: true },
        ),
        ...summaries,
        areaRange,
      ],
      { presence: true },
    ),
  ])
}

const overload = container(
  'overload',
  'Tell others not to send through this router',
  () => [
    leaf('timeout', 'Seconds after boot', integer(60, 1800)),
    flag('as-external', 'For external routes too'),
    flag('stub-network', 'For networks of this router too'),
  ],
  { presence: true },
)

const spf = container('spf-options', 'When shortest paths are found anew', () => [
  leaf('delay', 'Milliseconds after a change', integer(50, 8000)),
  leaf('holddown', 'Milliseconds after several', integer(2000, 20000)),
  leaf('rapid-runs', 'How many are several', integer(1, 10)),
])

/** OSPF of either version. */
export function ospf(name: 'ospf' | 'ospf3'): ContainerSchema {
  const help = name === 'ospf' ? 'OSPF configuration' : 'OSPFv3 configuration'
  return container(name, help, () => [
    flag('disable', 'Disable OSPF'),
    traceOptions({
      spf: 'Shortest paths',
      hello: 'Hello packets',
      packets: 'All packets',
      error: 'Faulty packets',
      'lsa-update': 'Updates of the database',
      'lsa-ack': 'Acknowledgements',
      'lsa-request': 'Requests',
      'database-description': 'Descriptions of the database',
      flooding: 'Flooding',
      event: 'Events',
      ...commonFlags,
    }),
    spf,
    container(
      'backup-spf-options',
      'Ways for when links fail',
      () => [
        flag('disable', 'None'),
        flag('no-install', "Don't install them"),
        flag('downstream-paths-only', 'Those that lead nearer alone'),
        container('remote-backup-calculation', 'Through tunnels too', () => [], { presence: true }),
      ],
      { presence: true },
    ),
    container(
      'traffic-engineering',
      'Configure traffic engineering attributes',
      () => [
        flag('no-topology', "Don't tell of links"),
        flag('multicast-rpf-routes', 'Routes for multicast'),
        flag('shortcuts', 'Through label-switched paths'),
        flag('advertise-unnumbered-interfaces', 'Tell of links without addresses'),
      ],
      { presence: true },
    ),
    leaf('prefix-export-limit', 'Routes told at most', unsigned),
    leaf('rib-group', 'Tables that get the routes', ribGroupName),
    overload,
    list('area', 'Configure an OSPF area', key('area-id', 'OSPF area identifier', areaId), () => [
      ...kindsOfArea(),
      areaRange,
      ...['import', 'export'].map(way => policyList(`network-summary-${way}`, `Summaries to ${way}`)),
      protocolInterface(onInterface),
    ]),
    leaf('preference', 'Preference of internal routes', unsigned),
    leaf('external-preference', 'Preference of external routes', unsigned),
    leaf('reference-bandwidth', 'Bandwidth for calculating metric defaults', bandwidth),
    flag('no-rfc-1583', 'Find external routes as RFC 2328 has it'),
    container('graceful-restart', 'Keep forwarding while OSPF starts anew', () => [
      flag('disable', "Don't"),
      leaf('restart-duration', 'Seconds that it takes', integer(1, 3600)),
      leaf('notify-duration', 'Seconds for which it is told', integer(1, 3600)),
      flag('helper-disable', "Don't help others"),
      flag('no-strict-lsa-checking', 'Help even when something changes'),
    ]),
    policyList('export', 'Export policy'),
    policyList('import', 'Import policy (for external routes or setting priority)'),
  ])
}
