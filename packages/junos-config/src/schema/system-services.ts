import { choice } from '../values/choice.ts'
import { integer, port } from '../values/number.ts'
import { container, flag, leaf } from './dsl.ts'
import { extensionService } from './extension-service.ts'

const connectionLimit = leaf('connection-limit', 'Maximum number of allowed connections', integer(1, 250), {
  default: '75',
})
const rateLimit = leaf('rate-limit', 'Maximum number of connections per minute', integer(1, 250), { default: '150' })

const ssh = container(
  'ssh',
  'Allow ssh access',
  [
    leaf(
      'root-login',
      'Configure root access via ssh',
      choice({
        allow: 'Allow root access via ssh',
        deny: 'Do not allow root access via ssh',
        'deny-password': 'Allow for non-password-based authentication methods only',
      }),
      { default: 'deny-password' },
    ),
    leaf('protocol-version', 'Specify ssh protocol versions supported', choice({ v2: 'SSH protocol version 2' })),
    leaf('max-sessions-per-connection', 'Maximum number of sessions per single SSH connection', integer(1, 65535), {
      default: '10',
    }),
    leaf('port', 'Port number to accept incoming connections', port, { default: '22', since: '21.1' }),
    connectionLimit,
    rateLimit,
  ],
  { presence: true },
)

const netconf = container('netconf', 'Allow NETCONF connections', [
  container(
    'ssh',
    'Allow NETCONF over SSH',
    [connectionLimit, rateLimit, leaf('port', 'Service port number', port, { default: '830' })],
    { presence: true },
  ),
  flag('rfc-compliant', 'Make the NETCONF session follow the RFCs'),
  container('notification', 'NETCONF notifications', [
    flag('interleave', 'Take other requests while notifications are sent'),
  ]),
])

export const services = container('services', 'System services', [ssh, netconf, extensionService])
