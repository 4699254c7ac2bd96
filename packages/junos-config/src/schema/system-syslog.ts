import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { addressOrHost, textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'

const severity = choice(
  {
    alert: 'Conditions that should be corrected immediately',
    any: 'All levels',
    critical: 'Critical conditions',
    debug: 'Informational and debug messages',
    emergency: 'Panic conditions',
    error: 'Error conditions',
    info: 'Informational messages',
    none: 'No messages',
    notice: 'Conditions that should be handled specially',
    warning: 'Warning messages',
  },
  ['debug'],
)

const facilityNames: Readonly<Record<string, string>> = {
  any: 'All facilities',
  authorization: 'Authorization system',
  'change-log': 'Configuration change log',
  'conflict-log': 'Configuration conflict log',
  daemon: 'Various system processes',
  dfc: 'Dynamic flow capture',
  external: 'Local external applications',
  firewall: 'Firewall filtering system',
  ftp: 'FTP process',
  'interactive-commands': 'Commands executed by the UI',
  kernel: 'Kernel',
  ntp: 'NTP process',
  pfe: 'Packet Forwarding Engine',
  security: 'Security related',
  user: 'User processes',
}

/** `facility severity;` pairs. */
const facilities: readonly SchemaNode[] = Object.entries(facilityNames).map(([name, help]) =>
  leaf(name, help, severity),
)

const match: readonly SchemaNode[] = [
  leaf('match', 'Regular expression for lines to be logged', boundedText('match', 0, 1024)),
  leafList('match-strings', 'Matching string(s) for lines to be logged', boundedText('match-strings', 1, 255)),
]

const fileSize = patternText('size', /^[1-9]\d{0,9}[kmg]?$/, value => `Invalid numeric value: '${value}'`)

const archive = container('archive', 'Archive file information', [
  leaf('size', 'Size of files to be archived', fileSize),
  leaf('files', 'Number of files to be archived', integer(1, 1000)),
  ...oneOf('world-readable', [
    flag('world-readable', 'Allow any user to read the log file'),
    flag('no-world-readable', "Don't allow any user to read the log file"),
  ]),
  ...oneOf('binary-data', [
    flag('binary-data', 'Mark file such that it contains binary data'),
    flag('no-binary-data', "Don't mark file such that it contains binary data"),
  ]),
])

const structuredData = container(
  'structured-data',
  'Log system message in structured format',
  [flag('brief', 'Omit English-language text from end of logged message')],
  { presence: true },
)

const explicitPriority = flag('explicit-priority', 'Include priority and facility in messages')

/** Where system log messages go. */
export const syslog = container('syslog', 'System logging facility', [
  archive,
  list(
    'user',
    'Notify a user of the event',
    key('user-name', 'Name of user to notify, or * for everyone', textName('user-name')),
    [...facilities, ...match],
  ),
  list('host', 'Host to be notified', key('host-name', 'Host to be notified', addressOrHost), [
    ...facilities,
    ...match,
    leaf('facility-override', 'Alternate facility for logging to remote host', textName('facility')),
    leaf('log-prefix', 'Prefix for all logging to this host', textName('log-prefix')),
    leaf('port', 'Port number', port),
    leaf('source-address', 'Use specified address as source address', ipAddress()),
    explicitPriority,
    structuredData,
  ]),
  list('file', 'File in which to log data', key('file-name', 'Name of file in which to log data', logFile()), [
    ...facilities,
    ...match,
    archive,
    explicitPriority,
    structuredData,
  ]),
  container('console', 'Console logging', facilities),
  container('time-format', 'Additional information to include in system log timestamp', [
    flag('year', 'Include year in timestamp'),
    flag('millisecond', 'Include milliseconds in timestamp'),
  ]),
  leaf('source-address', 'Use specified address as source address', ipAddress()),
])

/** A name in the log directory, never a way out of it. */
function logFile() {
  return patternText('file-name', /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,64}$/, value => `invalid filename: '${value}'`)
}
