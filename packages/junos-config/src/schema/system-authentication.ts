import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { boundedText, text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { opposites } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'

const secret = leaf('secret', 'Secret shared with the server', text, { secret: true })
const source = leaf('source-address', 'Address that requests come from', ipAddress())
const address = key('address', 'Address or name of the server', addressOrHost)

const radius = (): readonly SchemaNode[] => [
  leaf('port', 'Port for authentication', port, { default: '1812' }),
  leaf('accounting-port', 'Port for accounting', port, { default: '1813' }),
  leaf('preauthentication-port', 'Port for preauthentication', port),
  secret,
  leaf('timeout', 'Seconds to wait for an answer', integer(1, 1000), { default: '3' }),
  leaf('retry', 'Tries', integer(1, 100), { default: '3' }),
  leaf('accounting-timeout', 'Seconds to wait for an accounting answer', integer(0, 1000)),
  leaf('accounting-retry', 'Tries of accounting', integer(0, 100)),
  leaf('max-outstanding-requests', 'Most requests under way', integer(0, 2000), { default: '1000' }),
  source,
  routingInstance,
]

const tacplus = (): readonly SchemaNode[] => [
  routingInstance,
  leaf('port', 'Port of the server', port, { default: '49' }),
  secret,
  leaf('timeout', 'Seconds to wait for an answer', integer(1, 90), { default: '3' }),
  flag('single-connection', 'One connection for all requests'),
  source,
]

/** RADIUS servers, as `access` names them too. */
export const radiusServer = () => groupedList('radius-server', 'RADIUS servers', address, radius)

/** `authentication-order [ radius password ]`. */
export const authenticationOrder = leafList(
  'authentication-order',
  'Order in which ways to authenticate are tried',
  choice({
    radius: 'RADIUS servers',
    tacplus: 'TACACS+ servers',
    password: 'Passwords of the configuration',
  }),
)

/** Servers that say who may log in, and that are told what was done. */
export function authenticationServers(): readonly SchemaNode[] {
  return [
    radiusServer(),
    groupedList('tacplus-server', 'TACACS+ servers', address, tacplus),
    container('radius-options', 'RADIUS options', [
      leaf('password-protocol', 'How passwords are sent', choice({ 'mschap-v2': 'MSCHAP version 2' })),
      flag('enhanced-accounting', 'Tell more of logins'),
      container('attributes', 'Attributes of requests', [
        leaf('nas-ip-address', 'NAS-IP-Address of requests', ipAddress()),
        leaf('nas-id', 'NAS-ID of requests', boundedText('nas-id', 3, 64)),
      ]),
    ]),
    container('tacplus-options', 'TACACS+ options', [
      leaf('service-name', 'Service that is asked for', textName('service-name')),
      leaf('authorization-time-interval', 'Minutes after which authorization is asked for anew', integer(15, 1440)),
      ...opposites(
        'strict-authorization',
        'Refuse logins that are not authorized',
        "Don't refuse logins that are not authorized",
      ),
      flag('no-cmd-attribute-value', 'Send an empty command attribute'),
      flag('exclude-cmd-attribute', 'Send no command attribute'),
      flag('enhanced-accounting', 'Tell more of logins'),
      flag('timestamp-and-timezone', 'Tell times and the time zone'),
    ]),
    container('accounting', 'Accounting of what is done', [
      leafList(
        'events',
        'What is accounted for',
        choice({
          login: 'Logins',
          'change-log': 'Changes of the configuration',
          'interactive-commands': 'Commands',
        }),
      ),
      container('destination', 'Who is told', [
        container('radius', 'RADIUS servers', () => [groupedList('server', 'RADIUS servers', address, radius)], {
          presence: true,
        }),
        container('tacplus', 'TACACS+ servers', () => [groupedList('server', 'TACACS+ servers', address, tacplus)], {
          presence: true,
        }),
      ]),
    ]),
  ]
}
