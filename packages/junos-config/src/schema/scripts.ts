import { choice } from '../values/choice.ts'
import { textName, userName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, patternText, text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { processTraceOptions } from './trace-options.ts'

/** The name of a script in its directory, never a way out of it. */
export const scriptFile = patternText(
  'filename',
  /^(?!\.{1,2}$)[^\s/]{1,254}$/,
  value => `invalid filename: '${value}'`,
)

const url = boundedText('url', 1, 254)
const datasize = patternText('bytes', /^[1-9]\d{0,9}[kmg]?$/, value => `Invalid numeric value: '${value}'`)

/** Where scripts come from anew. */
export const refreshing: readonly SchemaNode[] = [
  flag('refresh', 'Fetch all from their source'),
  leaf('refresh-from', 'Fetch all from a URL', url),
]

export const maxDatasize = leaf('max-datasize', 'Most memory for data of a script', datasize)

export const startOptions: ContainerSchema = container('start', 'When scripts may start', [
  container('start-options', 'Conditions', [leaf('mem-factor', 'Percentage of memory in use', integer(1, 100))]),
])

export const dampen: ContainerSchema = container(
  'dampen',
  'Give way to others',
  [
    container('dampen-options', 'When to pause', [
      leaf('cpu-factor', 'Percentage of processor time', integer(1, 100)),
      leaf('line-interval', 'Lines between pauses', integer(1, 4294967295)),
      leaf('time-interval', 'Microseconds of a pause', integer(1, 4294967295)),
    ]),
  ],
  { presence: true },
)

const hash = boundedText('checksum', 1, 254)

export const checksum: ContainerSchema = container('checksum', 'Checksum that the script must have', [
  leaf('md5', 'MD5 checksum', hash, { hidden: true }),
  leaf('sha1', 'SHA-1 checksum', hash, { hidden: true }),
  leaf('sha-256', 'SHA-256 checksum', hash),
])

export const scriptTrace: ContainerSchema = processTraceOptions({
  events: 'Important events',
  input: 'What scripts are given',
  offline: 'What is needed to develop elsewhere',
  output: 'What scripts answer',
  rpc: 'RPCs of scripts',
  xslt: 'The XSLT library',
  all: 'Everything',
})

/** What may be said of any script file. */
export const fileSource: readonly SchemaNode[] = [
  leaf('source', 'URL that the script is from', url),
  leaf('cert-file', 'Certificate for the source', textName('filename')),
]

export const routingInstance = leaf('routing-instance', 'Routing instance', textName('routing-instance'))

const description = leaf('description', 'What the script does', text)

const scriptArguments = groupedList(
  'arguments',
  'Argument of the script',
  key('argument-name', 'Name of the argument', textName('name')),
  [leaf('description', 'What the argument says', text)],
)

/** `file check.py { ... }`: one script. */
function file(extra: readonly SchemaNode[]): SchemaNode {
  return list(
    'file',
    'Script',
    key('filename', 'Name of the file', scriptFile),
    [...extra, ...fileSource, ...refreshing, checksum, routingInstance],
    { order: 'system' },
  )
}

const optional = flag('optional', 'Commit even if the script is not there')
const pythonUser = leaf('python-script-user', 'User whom Python scripts run as', userName)
const languages = choice({ python: 'Python 2', python3: 'Python 3' })

/** Scripts by what they are for; `language` allows Python at all. */
export const scripts: ContainerSchema = container('scripts', 'Scripting mechanisms', () => [
  container('commit', 'Commit scripts', () => [
    flag('allow-transients', 'Let scripts make transient changes'),
    flag('direct-access', 'Let scripts read the database directly'),
    maxDatasize,
    dampen,
    startOptions,
    scriptTrace,
    ...refreshing,
    file([optional, pythonUser]),
  ]),
  container('op', 'Op scripts', () => [
    ...refreshing,
    flag('allow-url-for-python', 'Run Python scripts from a URL'),
    flag('no-allow-url', "Don't run scripts from a URL"),
    maxDatasize,
    dampen,
    startOptions,
    scriptTrace,
    file([leaf('command', 'Name under which the script is run', textName('command')), description, scriptArguments]),
  ]),
  container('snmp', 'SNMP scripts', () => [
    ...refreshing,
    maxDatasize,
    startOptions,
    scriptTrace,
    file([optional, leaf('oid', 'Object that the script answers for', textName('oid')), pythonUser]),
  ]),
  container(
    'jet',
    'JET applications, as releases before 16.1 named them',
    () => [file([flag('daemonize', 'Run it all the time'), leaf('arguments', 'Arguments of the command line', text)])],
    { hidden: true },
  ),
  container('action', 'Action scripts', () => [maxDatasize, scriptTrace, file([])]),
  leaf('language', 'Allow scripts in this language', languages),
  flag('load-scripts-from-flash', 'Load scripts from flash'),
  maxDatasize,
  leafList('allow-python-modules', 'Python modules that scripts may load', textName('module'), { hidden: true }),
  container('synchronize', 'Copy scripts to the other Routing Engine with a commit', [], { presence: true }),
])
