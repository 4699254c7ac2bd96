import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { fileSize } from '../values/size.ts'
import { dateAndTime } from '../values/time.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { routingInstance } from './scripts.ts'
import { archiveSites } from './system-files.ts'

/** Severities, of which a facility has one. */
const severities: Readonly<Record<string, string>> = {
  any: 'All levels',
  emergency: 'Panic conditions',
  alert: 'Conditions that should be corrected immediately',
  critical: 'Critical conditions',
  error: 'Error conditions',
  warning: 'Warning messages',
  notice: 'Conditions that should be handled specially',
  info: 'Informational messages',
  none: 'No messages',
  debug: 'Informational and debug messages',
}

/** In the order in which they are shown. */
const facilityNames: Readonly<Record<string, string>> = {
  any: 'All facilities',
  authorization: 'Authorization system',
  daemon: 'Various system processes',
  ftp: 'FTP process',
  ntp: 'NTP process',
  security: 'Security related',
  kernel: 'Kernel',
  user: 'User processes',
  dfc: 'Dynamic flow capture',
  external: 'Local external applications',
  firewall: 'Firewall filtering system',
  pfe: 'Packet Forwarding Engine',
  'conflict-log': 'Configuration conflict log',
  'change-log': 'Configuration change log',
  'interactive-commands': 'Commands executed by the UI',
  'application-status': 'Applications that start and stop',
}

const facilityOrder = Object.keys(facilityNames)

/** `facility severity;` pairs. */
function facilities(): SchemaNode {
  return list(
    'contents',
    'Facility and severity',
    key('facility', 'Facility', choice(facilityNames)),
    () =>
      oneOf(
        'level',
        Object.entries(severities).map(([name, help]) => flag(name, help, name === 'debug' ? { hidden: true } : {})),
      ),
    {
      keyword: false,
      oneLine: 'always',
      order: 'system',
      compare: (a, b) => facilityOrder.indexOf(a) - facilityOrder.indexOf(b),
    },
  )
}

const match: readonly SchemaNode[] = [
  leaf('match', 'Regular expression for lines to be logged', boundedText('match', 0, 1024)),
  flag('allow-duplicates', 'Log repeated messages each time'),
]
const matchStrings = leafList(
  'match-strings',
  'Matching string(s) for lines to be logged',
  boundedText('match-strings', 1, 255),
)

const archive = container(
  'archive',
  'Archive file information',
  () => [
    leaf('size', 'Size of files to be archived', fileSize),
    leaf('files', 'Number of files to be archived', integer(1, 1000)),
    leaf('start-time', 'Time of the first copy to archive sites', dateAndTime),
    leaf('transfer-interval', 'Minutes between copies to archive sites', integer(5, 2880)),
    ...oneOf('world-readable', [
      flag('world-readable', 'Allow any user to read the log file'),
      flag('no-world-readable', "Don't allow any user to read the log file"),
    ]),
    ...oneOf('binary-data', [
      flag('binary-data', 'Mark file such that it contains binary data'),
      flag('no-binary-data', "Don't mark file such that it contains binary data"),
    ]),
    archiveSites,
  ],
  { oneLine: 'always', presence: true },
)

const structuredData = container(
  'structured-data',
  'Log system message in structured format',
  [flag('brief', 'Omit English-language text from end of logged message')],
  { presence: true },
)

const explicitPriority = flag('explicit-priority', 'Include priority and facility in messages')

const overrides = choice(
  Object.fromEntries(
    ['authorization', 'daemon', 'ftp', 'kernel', 'user', ...Array.from({ length: 8 }, (_, i) => `local${i}`)].map(
      name => [name, `Facility ${name}`],
    ),
  ),
)

const host = list('host', 'Host to be notified', key('host-name', 'Host to be notified', addressOrHost), () => [
  facilities(),
  ...match,
  leaf('port', 'Port number', port),
  leaf('facility-override', 'Alternate facility for logging to remote host', overrides),
  leaf('log-prefix', 'Prefix for all logging to this host', textName('log-prefix')),
  leaf('source-address', 'Use specified address as source address', ipAddress()),
  routingInstance,
  explicitPriority,
  flag('exclude-hostname', 'Leave the host name out of messages'),
  leaf('transport', 'How messages are sent', choice({ tcp: 'Over TCP', udp: 'Over UDP', tls: 'Over TLS' }), {
    default: 'udp',
  }),
  matchStrings,
  structuredData,
])

/** Where system log messages go. */
export const syslog = container('syslog', 'System logging facility', () => [
  archive,
  list(
    'user',
    'Notify a user of the event',
    key('user-name', 'Name of user to notify, or * for everyone', textName('user-name')),
    () => [facilities(), ...match, matchStrings],
  ),
  host,
  flag('allow-duplicates', 'Log repeated messages each time'),
  list(
    'file',
    'File in which to log data',
    key('file-name', 'Name of file in which to log data', logFile()),
    () => [facilities(), ...match, archive, explicitPriority, matchStrings, structuredData],
    { order: 'system' },
  ),
  container('console', 'Console logging', () => [facilities()]),
  container(
    'time-format',
    'Additional information to include in system log timestamp',
    [flag('year', 'Include year in timestamp'), flag('millisecond', 'Include milliseconds in timestamp')],
    { presence: true, oneLine: 'always' },
  ),
  leaf('source-address', 'Use specified address as source address', ipAddress()),
  routingInstance,
  leaf('log-rotate-frequency', 'Minutes between looks at the size of files', integer(1, 59), { default: '15' }),
  container('server', 'Take messages from elsewhere', [], { presence: true }),
])

/** A name in the log directory, never a way out of it. */
function logFile() {
  return patternText('file-name', /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,64}$/, value => `invalid filename: '${value}'`)
}
