import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { container, flag, leaf, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

const failover = leaf(
  'failover',
  'What to do when the process keeps failing',
  choice({
    'other-routing-engine': 'Let the other Routing Engine take over',
    'alternate-media': 'Boot from the other medium',
  }),
)

/** Processes that can be turned off, with what they are for. */
const names: Readonly<Record<string, string>> = {
  'chassis-control': 'Chassis control',
  'service-pics': 'Service cards',
  ntp: 'Network time',
  'routing-socket-proxy': 'Routing socket proxy',
  'web-management': 'Web management',
  'named-service': 'Name server',
  'general-authentication-service': 'Authentication of subscribers',
  'smg-service': 'Subscriber management',
  cfm: 'Ethernet connectivity faults',
  'dhcp-service': 'DHCP',
  'diameter-service': 'Diameter',
  'dynamic-flow-capture': 'Dynamic flow capture',
  'ecc-error-logging': 'Memory errors',
  'ethernet-link-fault-management': 'Ethernet link faults',
  'firewall-authentication-service': 'Firewall authentication',
  firewall: 'Firewall',
  'inet-process': 'Internet services',
  'interface-control': 'Interfaces',
  'kernel-replication': 'Kernel replication',
  'l2-learning': 'Layer 2 learning',
  lacp: 'Link aggregation',
  lldpd: 'Link layer discovery',
  'local-policy-decision-function': 'Local policy decisions',
  'mib-process': 'MIB II',
  'network-access-process': 'Network access',
  'ppp-service': 'PPP',
  pppoe: 'PPPoE',
  'remote-operations': 'Remote operations',
  'sampling-process': 'Traffic sampling',
  'service-deployment': 'Service deployment',
  'sflow-service': 'sFlow',
  snmp: 'SNMP',
  'tunnel-oamd': 'OAM of tunnels',
  vrrp: 'VRRP',
}

function process(name: string, help: string): SchemaNode {
  return container(name, help, [flag('disable', `Don't run it`), failover])
}

/** `processes { snmp disable; }` and its kin. */
export const processes: ContainerSchema = container('processes', 'Process control', () => [
  container('routing', 'Routing', [
    flag('disable', "Don't run it"),
    failover,
    ...oneOf('mode', [
      flag('force-32-bit', 'With 32 bits'),
      flag('force-64-bit', 'With 64 bits'),
      flag('auto-64-bit', 'With 64 bits where memory allows'),
    ]),
    container('bgp', 'BGP', [
      container('rib-sharding', 'Several threads for tables', [leaf('number-of-shards', 'Threads', integer(1, 31))], {
        presence: true,
      }),
      container(
        'update-threading',
        'Several threads for updates',
        [leaf('number-of-threads', 'Threads', integer(1, 128))],
        { presence: true },
      ),
      leaf('tcp-listen-port', 'Port to listen on', integer(1, 65535)),
    ]),
  ]),
  ...Object.entries(names).map(([name, help]) => process(name, help)),
  container('watchdog', 'Watchdog', [
    ...oneOf('enable-disable', [flag('enable', 'Run it'), flag('disable', "Don't run it")]),
    leaf('timeout', 'Seconds until it acts', integer(1, 3600)),
  ]),
])
