import { choice } from '../values/choice.ts'
import { identifier, textName, userName } from '../values/name.ts'
import { text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, leafList, list } from './dsl.ts'
import type { ContainerSchema } from './node.ts'
import {
  checksum,
  fileSource,
  maxDatasize,
  refreshing,
  routingInstance,
  scriptFile,
  scriptTrace,
  startOptions,
} from './scripts.ts'

const application = list(
  'file',
  'JET application',
  key('filename', 'Name of the file', scriptFile),
  () => [
    flag('optional', 'Commit even if the application is not there'),
    leaf('arguments', 'Arguments of the command line', text),
    flag('daemonize', 'Run it all the time'),
    flag('respawn-on-normal-exit', 'Start it again when it has ended by itself'),
    leaf('username', 'User whom the application runs as', userName),
    leaf(
      'interpreter',
      'What runs the application',
      choice({ bash: 'A shell script', python: 'Python 2', python3: 'Python 3' }),
    ),
    ...fileSource,
    ...refreshing,
    checksum,
    routingInstance,
    startOptions,
    scriptTrace,
  ],
  { order: 'system' },
)

/** Whose packages may be installed, and which JET applications run. */
export const extensions: ContainerSchema = container('extensions', 'Extensions to Junos', () => [
  groupedList('providers', 'Provider of packages', key('provider-id', 'Identifier of the provider', identifier), [
    list(
      'license-type',
      'License of the provider',
      key('license-name', 'Type of the license', identifier),
      [leafList('deployment-scope', 'Where its packages may run', textName('scope'))],
      { oneLine: 'single' },
    ),
  ]),
  container(
    'extension-service',
    'Extension services',
    [
      container(
        'application',
        'JET applications',
        () => [...refreshing, startOptions, application, scriptTrace, maxDatasize],
        { presence: true },
      ),
    ],
    { presence: true },
  ),
])
