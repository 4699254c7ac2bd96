import { choice } from '../values/choice.ts'
import { identifier, textName, userName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { dateAndTime, timeOfDay } from '../values/time.ts'
import { boundedText, reference, text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { unsigned } from './route-attributes.ts'
import {
  checksum,
  dampen,
  fileSource,
  maxDatasize,
  refreshing,
  routingInstance,
  scriptFile,
  scriptTrace,
  startOptions,
} from './scripts.ts'
import { archiveSites } from './system-files.ts'
import { processTraceOptions } from './trace-options.ts'

const name = boundedText('name', 1, 63)
const eventName = textName('event')
const user = leaf('user-name', 'User in whose name it is done', userName)

const destinationName = reference(identifier, {
  to: ['event-options', 'destinations'],
  message: value => `Referenced destination '${value}' is not defined`,
})

const retryCount = container(
  'retry-count',
  'Tries',
  [
    leaf('retry', 'How many', integer(0, 10), { keyword: false }),
    leaf('retry-interval', 'Seconds between them', unsigned),
  ],
  { oneLine: 'always' },
)

const transfer = [leaf('transfer-delay', 'Seconds to wait before', unsigned), retryCount] as const

const outputFormat = (ofCommands: boolean) =>
  leaf(
    'output-format',
    'How output is written',
    choice({ text: 'As text', xml: 'As XML' }),
    ofCommands ? { default: 'xml' } : {},
  )

const output: readonly SchemaNode[] = [
  user,
  leaf('output-filename', 'File for the output', textName('filename')),
  list('destination', 'Where the output is copied to', key('name', 'Destination', destinationName), transfer, {
    single: true,
  }),
]

const commands = (help: string) =>
  groupedList('commands', help, key('command', 'Command', boundedText('command', 1, 2048)))

const changeConfiguration = container('change-configuration', 'Change the configuration', () => [
  container(
    'retry',
    'Tries',
    [leaf('count', 'How many', integer(0, 10)), leaf('interval', 'Seconds between them', unsigned)],
    { oneLine: 'always' },
  ),
  commands('Configuration commands'),
  user,
  container('commit-options', 'How it is committed', [
    container('check', 'Check it alone', [flag('synchronize', 'On both Routing Engines')], {
      presence: true,
      oneLine: 'always',
    }),
    flag('synchronize', 'On both Routing Engines'),
    flag('force', 'Whatever the other Routing Engine warns of'),
    leaf('log', 'Message for the list of commits', boundedText('log', 1, 512)),
  ]),
])

const executeCommands = container('execute-commands', 'Run commands', () => [
  commands('Commands'),
  ...output,
  outputFormat(true),
])

const runScript = list('event-script', 'Run a script', key('filename', 'Name of the file', scriptFile), () => [
  groupedList(
    'arguments',
    'Arguments of the script',
    key('argument-name', 'Name of the argument', boundedText('name', 1, 254)),
    [leaf('value', 'Its value', text, { keyword: false })],
    { oneLine: 'always' },
  ),
  ...output,
  outputFormat(false),
])

const facilities = choice(
  Object.fromEntries(
    [
      'authorization',
      'daemon',
      'ftp',
      'ntp',
      'security',
      'kernel',
      'user',
      'dfc',
      'external',
      'firewall',
      'pfe',
      'conflict-log',
      'change-log',
      'interactive-commands',
    ].map(facility => [facility, `Facility ${facility}`]),
  ),
)

const severities = choice(
  Object.fromEntries(
    ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info'].map(one => [one, `Severity ${one}`]),
  ),
)

function actions(): ContainerSchema {
  return container('then', 'What to do', () => [
    flag('ignore', 'Nothing, not even log it'),
    container('priority-override', 'Log it differently', [
      leaf('facility', 'Facility', facilities),
      leaf('severity', 'Severity', severities),
    ]),
    list(
      'upload',
      'Copy a file',
      [key('filename', 'Name of the file', textName('filename')), key('destination', 'Destination', destinationName)],
      [user, ...transfer],
    ),
    changeConfiguration,
    executeCommands,
    runScript,
    flag('raise-trap', 'Send an SNMP trap'),
  ])
}

const within = list('within', 'Other events near it in time', key('seconds', 'Seconds', integer(1, 604800)), () => [
  container(
    'trigger',
    'How often the event has happened',
    [
      ...oneOf('when', [flag('until', 'Less often'), flag('on', 'So often'), flag('after', 'More often')]),
      leaf('count', 'How often', unsigned, { keyword: false }),
    ],
    { oneLine: 'always' },
  ),
  leafList('events', 'Events that have happened', eventName),
  container('not', 'Events that have not', [leafList('events', 'Events', eventName)], { oneLine: 'single' }),
])

const attributesMatch = groupedList('attributes-match', 'What attributes have to say', [
  key('from-event-attribute', 'Event and attribute, with a dot between', textName('attribute')),
  key(
    'condition',
    'How they compare',
    choice({ equals: 'Are the same', 'starts-with': 'Begins with', matches: 'Matches the expression' }),
  ),
  key('to-event-attribute-value', 'Another attribute, or a value', boundedText('value', 0, 1024)),
])

const generateEvent = groupedList(
  'generate-event',
  'Events that time brings',
  key('event-name', 'Name of the event', name),
  [
    ...oneOf('time', [
      leaf('time-of-day', 'Time of day', timeOfDay),
      leaf('time-interval', 'Seconds between events', integer(60, 2592000)),
    ]),
    leaf('start-time', 'Time of the first', dateAndTime),
    flag('no-drift', 'Late ones make none of the others late'),
  ],
  { oneLine: 'always' },
)

const scriptFiles = list('file', 'Event script', key('filename', 'Name of the file', scriptFile), () => [
  ...fileSource,
  leaf('python-script-user', 'User whom Python scripts run as', userName),
  dampen,
  startOptions,
  routingInstance,
  ...refreshing,
  checksum,
  list('remote-execution', 'Other devices that it works on', key('host', 'Name of the host', textName('host')), [
    leaf('username', 'User to log in as', userName),
    leaf('passphrase', 'Password of that user', text, { secret: true }),
  ]),
])

/** What happens on its own when something happens. */
export const eventOptions = container('event-options', 'Event processing configuration', () => [
  leaf('max-policies', 'Policies at work at once', integer(0, 20), { default: '15' }),
  generateEvent,
  list('policy', 'Event policy', key('policy-name', 'Name of the policy', name), () => [
    leafList('events', 'Events that it is about', eventName),
    within,
    attributesMatch,
    actions(),
  ]),
  container('event-script', 'Event scripts', () => [
    flag('optional', 'Commit even if a script is not there'),
    maxDatasize,
    dampen,
    startOptions,
    scriptTrace,
    scriptFiles,
    ...refreshing,
  ]),
  groupedList('destinations', 'Places that files are copied to', key('name', 'Name of the place', identifier), () => [
    leaf('transfer-delay', 'Seconds to wait before', unsigned, { default: '0' }),
    archiveSites,
  ]),
  processTraceOptions({
    server: 'Those who tell of events',
    configuration: 'Configuration',
    events: 'Events',
    'timer-events': 'Events that time brings',
    database: 'Storage of events',
    policy: 'Policies',
    syslogd: 'System log',
    all: 'Everything',
  }),
])
