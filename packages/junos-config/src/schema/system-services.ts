import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, identifier, logicalInterfaceName, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list } from './dsl.ts'
import { extensionService } from './extension-service.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { opposites, unsigned } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'
import { authenticationOrder } from './system-authentication.ts'
import { clientAlive, limits, ssh } from './system-ssh.ts'
import { processTraceOptions } from './trace-options.ts'

const netconf = container('netconf', 'Allow NETCONF connections', () => [
  container('yang-modules', 'YANG modules that are handed out', [
    flag('emit-family-ns-and-module-name', 'Name them by the family of the device'),
    flag('device-specific', 'Those of this very device'),
    flag('emit-extensions', 'With Junos extensions'),
  ]),
  container(
    'ssh',
    'Allow NETCONF over SSH',
    [...limits, ...clientAlive, leaf('port', 'Service port number', port, { default: '830' })],
    { presence: true },
  ),
  container('hello-message', 'What the hello says', [
    container('yang-module-capabilities', 'YANG modules to name', [
      flag('advertise-native-yang-modules', 'Those of Junos'),
      flag('advertise-custom-yang-modules', 'Those that were added'),
      flag('advertise-standard-yang-modules', 'Those of standards'),
    ]),
  ]),
  container('netconf-monitoring', 'Monitoring of NETCONF itself', [
    container('netconf-state-schemas', 'YANG modules that are told', [
      flag('retrieve-custom-yang-modules', 'Those that were added'),
      flag('retrieve-standard-yang-modules', 'Those of standards'),
    ]),
  ]),
  flag('rfc-compliant', 'Make the NETCONF session follow the RFCs'),
  flag('yang-compliant', 'Make the NETCONF session follow the YANG modules'),
  flag('flatten-commit-results', 'Leave commit results out of answers'),
  processTraceOptions({ all: 'Everything', incoming: 'What comes in', outgoing: 'What goes out', debug: 'Details' }, [
    flag('on-demand', 'Trace sessions that ask for it'),
  ]),
  container(
    'notification',
    'NETCONF notifications',
    [flag('interleave', 'Take other requests while notifications are sent')],
    { presence: true },
  ),
])

function simple(name: string, help: string, more: readonly SchemaNode[] = []): ContainerSchema {
  return container(name, help, [...limits, ...more], { presence: true })
}

const certificate = leaf('local-certificate', 'Certificate to use', identifier)

const webManagement = container(
  'web-management',
  'Management from a browser',
  () => [
    leaf('management-url', 'Path of the pages', textName('management-url')),
    container(
      'http',
      'Without encryption',
      [
        leaf('port', 'Port of the pages', port, { default: '80' }),
        leafList('interface', 'Interfaces that take requests', logicalInterfaceName),
      ],
      { presence: true },
    ),
    container('https', 'With encryption', [
      leaf('port', 'Port of the pages', port, { default: '443' }),
      leafList('interface', 'Interfaces that take requests', logicalInterfaceName),
      certificate,
      leaf('pki-local-certificate', 'Certificate of the PKI', identifier),
      flag('system-generated-certificate', 'A certificate of its own'),
    ]),
    container('session', 'Sessions', [
      leaf('idle-timeout', 'Minutes until a silent session ends', integer(1, 1440)),
      leaf('session-limit', 'Sessions at once', integer(1, 1024)),
    ]),
  ],
  { presence: true },
)

const listen = [
  leaf('port', 'Port to listen on', port),
  leafList('addresses', 'Addresses to listen on', ipAddress()),
] as const

const rest = container('rest', 'Commands over HTTP', () => [
  container('http', 'Without encryption', listen, { presence: true }),
  container('https', 'With encryption', [
    ...listen,
    leaf('server-certificate', 'Certificate of the server', identifier),
    leafList('cipher-list', 'Ciphers to offer', textName('cipher')),
    container('mutual-authentication', 'Certificates of clients', [
      leaf('certificate-authority', 'Certificate authority profile', identifier),
    ]),
  ]),
  container('control', 'Limits', [
    leafList('allowed-sources', 'Addresses of clients', ipAddress()),
    leaf('connection-limit', 'Connections at once', integer(1, 1024), { default: '64' }),
  ]),
  flag('enable-explorer', 'Pages to try it out'),
])

/** The device connects to a management station, and then serves it. */
const outboundSsh = container('outbound-ssh', 'SSH connections that the device makes', () => [
  routingInstance,
  processTraceOptions({ configuration: 'Configuration', connectivity: 'Connections', all: 'Everything' }),
  list('client', 'Management station', key('client-name', 'Name of the station', identifier), [
    leaf('device-id', 'Name under which the device is known there', text),
    leaf('secret', 'Secret shared with the station', text, { secret: true }),
    container(
      'keep-alive',
      'Watch the connection',
      [
        leaf('retry', 'Requests that may stay unanswered', unsigned, { default: '3' }),
        leaf('timeout', 'Seconds between requests', unsigned, { default: '15' }),
      ],
      { presence: true },
    ),
    leaf(
      'reconnect-strategy',
      'Which server is tried first',
      choice({ sticky: 'The last that answered', 'in-order': 'The first that is configured' }),
      { default: 'in-order' },
    ),
    leaf('services', 'What the station may use', choice({ netconf: 'NETCONF' })),
    list(
      'servers',
      'Addresses of the station',
      key('address', 'Address or name', addressOrHost),
      [
        leaf('port', 'Port to connect to', port),
        leaf('retry', 'Tries', unsigned, { default: '3' }),
        leaf('timeout', 'Seconds between tries', unsigned, { default: '15' }),
      ],
      { keyword: false, oneLine: 'always' },
    ),
  ]),
])

const dns = container(
  'dns',
  'Name server',
  () => [
    leaf('max-cache-ttl', 'Seconds for which answers are known', integer(0, 604800), { default: '604800' }),
    leaf('max-ncache-ttl', 'Seconds for which it is known that there is none', integer(0, 604800), {
      default: '10800',
    }),
    groupedList('forwarders', 'Servers to ask', key('address', 'Address of the server', ipAddress())),
    flag('dns-proxy', 'Answer for clients on interfaces', { hidden: true }),
  ],
  { presence: true },
)

/** What answers on the network. */
export const services: ContainerSchema = container('services', 'System services', () => [
  netconf,
  ssh,
  simple('finger', 'Allow finger'),
  simple('ftp', 'Allow FTP', [authenticationOrder]),
  simple('telnet', 'Allow telnet', [authenticationOrder]),
  simple('xnm-clear-text', 'Allow Junos XML without encryption'),
  simple('xnm-ssl', 'Allow Junos XML over TLS', [
    certificate,
    ...opposites('ssl-renegotiation', 'Allow renegotiation', "Don't allow renegotiation"),
  ]),
  extensionService,
  simple('tftp-server', 'Allow TFTP'),
  dns,
  webManagement,
  rest,
  outboundSsh,
])
