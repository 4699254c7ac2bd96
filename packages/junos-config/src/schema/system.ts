import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, hostName } from '../values/name.ts'
import { patternText } from '../values/value.ts'
import { container, flag, key, leaf, list } from './dsl.ts'
import { login, rootAuthentication } from './system-login.ts'
import { services } from './system-services.ts'
import { syslog } from './system-syslog.ts'

const timeZone = patternText('time-zone', /^[A-Za-z0-9_+\-/]{1,64}$/, value => `invalid time zone: '${value}'`)

const commit = container('commit', 'Configuration commit management', [
  flag('fast-synchronize', 'Commit on every Routing Engine at the same time'),
  flag('synchronize', 'Synchronize commit on both Routing Engines by default'),
  flag('persist-groups-inheritance', 'Keep the inherited configuration between commits'),
  container(
    'notification',
    'Notify applications upon commit complete',
    [
      leaf(
        'configuration-diff-format',
        'How the change is written in the notification',
        choice({ xml: 'As XML', json: 'As JSON' }),
        { hidden: true },
      ),
    ],
    { presence: true },
  ),
  flag('xpath', 'Evaluate constraints with XPath', { hidden: true }),
  container(
    'constraints',
    'Where constraints are evaluated',
    [flag('direct-access', 'In the database itself', { hidden: true })],
    { hidden: true },
  ),
])

const instanceName = patternText(
  'instance-name',
  /^(?!default$)[A-Za-z0-9_-]{1,32}$/,
  value => `invalid ephemeral instance name: '${value}'`,
)

const configurationDatabase = container('configuration-database', 'Configuration database parameters', [
  container(
    'ephemeral',
    'Ephemeral database parameters',
    [
      list(
        'instance',
        'Ephemeral database instance; the first named has the highest priority',
        key('instance-name', 'Instance name', instanceName),
        [],
      ),
      flag('ignore-ephemeral-default', 'Leave the default instance out of the active configuration'),
      flag('delete-ephemeral-default', 'Delete what the default instance holds'),
      flag('allow-commit-synchronize-with-gres', 'Allow synchronized commits together with GRES'),
      leaf(
        'commit-synchronize-model',
        'How the other Routing Engine is kept in step',
        choice({ asynchronous: 'After the commit', synchronous: 'During the commit' }),
      ),
      flag('resize-ephemeral-default', 'Let the database of the default instance shrink'),
    ],
    { presence: true },
  ),
])

/** The device itself: names, users, services, logs. */
export const system = container('system', 'System parameters', [
  leaf('host-name', 'Hostname for this router', hostName),
  leaf('domain-name', 'Domain name for this router', hostName),
  rootAuthentication,
  commit,
  configurationDatabase,
  login,
  services,
  leaf('time-zone', 'Time zone name or POSIX-compliant time zone string', timeZone, { default: 'UTC' }),
  container('name-server', 'DNS name servers', [
    list('name', 'DNS name server address', key('address', 'DNS name server address', ipAddress()), [], {
      keyword: false,
    }),
  ]),
  syslog,
  container('ports', 'Craft interface RS-232 ports', [
    container('console', 'Console port', [
      flag('disable', 'Disable console'),
      flag('insecure', 'Disallow superuser access'),
      flag('log-out-on-disconnect', 'Log out the console session when cable is unplugged'),
    ]),
  ]),
  container('ntp', 'Network Time Protocol services', [
    leaf('boot-server', 'Server to query during boot sequence', addressOrHost),
    list('server', 'Server parameters', key('address', 'Name or address of server', addressOrHost), [
      flag('prefer', 'Prefer this peer'),
    ]),
    list('source-address', 'Source address to use', key('address', 'Source address', ipAddress()), []),
  ]),
])
