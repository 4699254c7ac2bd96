import { choice } from '../values/choice.ts'
import { addressOrHost, identifier, prefixOrHost, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { fileSize } from '../values/size.ts'
import { container, flag, leaf, leafList, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'

/** Address and port of a gRPC listener: the same for ssl and clear-text. */
const listener: readonly SchemaNode[] = [
  leaf('address', 'Address to listen for incoming connections', addressOrHost, { default: '::' }),
  leaf('port', 'Port to accept incoming connections', port, { default: '32767' }),
]

const mutualAuthentication = container('mutual-authentication', 'Enable SSL mutual authentication', [
  leaf('certificate-authority', 'Certificate authority profile', identifier),
  leaf(
    'client-certificate-request',
    'Certificate verification policy',
    choice({
      'no-certificate': 'Client certificate is not requested',
      'request-certificate': 'Client certificate is requested, but not verified',
      'request-certificate-and-verify': 'Client certificate is requested and, when sent, verified',
      'require-certificate': 'Client certificate is required, but not verified',
      'require-certificate-and-verify': 'Client certificate is required and verified',
    }),
    { default: 'require-certificate-and-verify' },
  ),
])

/** The JET port. `clear-text` and `skip-authentication` are accepted and shown, but never offered. */
const grpc = container('grpc', 'Grpc server configuration', [
  ...oneOf('transport', [
    container(
      'ssl',
      'SSL based API connection settings',
      [
        ...listener,
        leafList('local-certificate', 'Name of local X.509 certificate to use', identifier),
        mutualAuthentication,
        flag('hot-reloading', 'Reload certificates without closing sessions', { since: '21.1' }),
        flag('use-pki', 'Take certificates from the PKI hierarchy', { since: '21.1' }),
      ],
      { presence: true },
    ),
    container('clear-text', 'Clear-text based API connection settings', listener, { presence: true, hidden: true }),
  ]),
  flag('skip-authentication', 'Let clients in without login', { hidden: true }),
  leaf('max-connections', 'Maximum number of connections', integer(1, 30), { default: '5' }),
  leaf('routing-instance', 'Routing instance to listen in', textName('routing-instance'), { since: '20.1' }),
  leaf('grpc-keep-alive', 'Seconds between keep-alives to idle clients', integer(0, 4294967295), {
    default: '300',
    since: '23.1',
  }),
])

const notification = container(
  'notification',
  'Notification API server configuration',
  [
    leaf('port', 'Port to accept incoming connections', port, { default: '1883' }),
    leaf('max-connections', 'Maximum number of connections', integer(1, 20), { default: '20' }),
    leaf('broker-socket-send-buffer-size', 'Size of the socket send buffer of the broker', integer(1, 4294967295), {
      default: '65536',
    }),
    container('allow-clients', 'Clients that are allowed to connect', [
      leafList('address', 'Address, prefix or name of allowed clients', prefixOrHost),
    ]),
  ],
  { presence: true },
)

const traceoptions = container('traceoptions', 'Trace options for the extension service', [
  flag('no-remote-trace', 'Disable remote tracing'),
  container(
    'file',
    'Trace file information',
    [
      leaf('filename', 'Name of file in which to write trace information', textName('filename'), { keyword: false }),
      leaf('size', 'Maximum trace file size', fileSize, { default: '128k' }),
      leaf('files', 'Maximum number of trace files', integer(2, 1000), { default: '10' }),
      ...oneOf('world-readable', [
        flag('world-readable', 'Allow any user to read the log file'),
        flag('no-world-readable', "Don't allow any user to read the log file"),
      ]),
      leaf('match', 'Regular expression for lines to be logged', textName('match')),
    ],
    { oneLine: 'always' },
  ),
  leaf('level', 'Level of debugging output', choice({ error: 'Match error conditions' }), { since: '20.4' }),
  leafList(
    'flag',
    'Tracing parameters',
    choice({
      all: 'Trace everything',
      config: 'Trace configuration',
      general: 'Trace general events',
      grpc: 'Trace gRPC events',
      'libgrpc-debug': 'Trace debug messages of the gRPC library',
      'libgrpc-errors': 'Trace error messages of the gRPC library',
      'libgrpc-info': 'Trace info messages of the gRPC library',
      notification: 'Trace notification events',
      'routing-socket': 'Trace routing socket events',
      timeouts: 'Trace timeouts',
      timer: 'Trace timers',
    }),
  ),
])

/** The transport before gRPC (15.1, 16.1): configurations that still have it load; nobody serves it. */
const thrift = container(
  'thrift',
  'Thrift server configuration',
  [
    container(
      'clear-text',
      'Clear-text based API connection settings',
      [
        leaf('address', 'Address to listen for incoming connections', addressOrHost, { default: '::' }),
        leaf('port', 'Port to accept incoming connections', port, { default: '9090' }),
      ],
      { presence: true },
    ),
    leaf('max-connections', 'Maximum number of connections', integer(1, 8), { default: '5' }),
  ],
  { hidden: true },
)

const remoteTelemetry = container(
  'remote-telemetry-service',
  'Remote telemetry service',
  [
    leaf('host', 'Host of the remote service', addressOrHost),
    leaf('port', 'Port of the remote service', port),
    leaf('user', 'User to log in as', identifier),
    leaf('password', 'Password to log in with', textName('password'), { secret: true }),
  ],
  { since: '22.4' },
)

/** JET: requests over gRPC, notifications over MQTT. */
export const extensionService = container('extension-service', 'Enable JUNOS extension services', [
  container('request-response', 'Request-response API service', [grpc, thrift, remoteTelemetry]),
  notification,
  traceoptions,
])
