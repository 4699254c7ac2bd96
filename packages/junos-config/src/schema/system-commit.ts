import { choice } from '../values/choice.ts'
import { integer } from '../values/number.ts'
import { boundedText, patternText, text } from '../values/value.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import type { ContainerSchema } from './node.ts'
import { unsigned } from './route-attributes.ts'

const server = container('server', 'Commits in batches', () => [
  leaf('maximum-aggregate-pool', 'Most commits that are done as one', integer(1, 4294967295)),
  leaf('maximum-entries', 'Most commits that wait', unsigned),
  leaf('commit-interval', 'Seconds between commits', unsigned),
  leaf('retry-attempts', 'Tries while the database is locked', unsigned, { default: '5' }),
  leaf('retry-interval', 'Seconds between tries', unsigned, { default: '20' }),
  leaf('days-to-keep-error-logs', 'Days for which failures are remembered', integer(1, 366)),
  leaf('redirect-completion-status', 'Server that is told how commits ended', text),
])

/** How commits are done, and who is told of them. */
export const commit: ContainerSchema = container('commit', 'Configuration commit management', () => [
  ...oneOf('persist-groups', [
    flag('persist-groups-inheritance', 'Keep the inherited configuration between commits'),
    flag('no-persist-groups-inheritance', "Don't keep the inherited configuration between commits"),
  ]),
  server,
  flag('fast-synchronize', 'Commit on every Routing Engine at the same time'),
  flag('synchronize', 'Synchronize commit on both Routing Engines by default'),
  flag('delta-export', 'Hand out only what has changed'),
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
  flag('no-synchronize', "Don't synchronize commit on both Routing Engines"),
  flag('peers-synchronize', 'Synchronize commit with other devices by default'),
  list('peers', 'Device to commit on as well', key('peer-name', 'Name of the device', boundedText('name', 1, 255)), [
    leaf('user', 'User to log in as', text),
    leaf('authentication', 'Password of that user', text, { secret: true }),
  ]),
  flag('xpath', 'Evaluate constraints with XPath', { hidden: true }),
  container(
    'constraints',
    'Where constraints are evaluated',
    [flag('direct-access', 'In the database itself', { hidden: true })],
    { hidden: true },
  ),
])

const megabytes = integer(1, 1024)

function resize(name: string, help: string): ContainerSchema {
  return container(
    name,
    help,
    [
      leaf('database-size-on-disk', 'Megabytes at which it is considered', megabytes, { default: '450' }),
      leaf('database-size-diff', 'Megabytes that have to be unused', megabytes, { default: '100' }),
    ],
    { presence: true },
  )
}

const cyclicVersion = (name: string) =>
  leaf(name, 'Versions after which space is reclaimed', unsigned, { default: '10' })

const ephemeralName = patternText(
  'instance-name',
  /^(?!default$)[A-Za-z0-9_-]{1,32}$/,
  value => `invalid ephemeral instance name: '${value}'`,
)

/** Databases beside the candidate and the committed one: programs write the ephemeral ones. */
export const configurationDatabase: ContainerSchema = container(
  'configuration-database',
  'Configuration database parameters',
  () => [
    container(
      'ephemeral',
      'Ephemeral databases',
      [
        list('instance', 'Ephemeral instance', key('instance-name', 'Instance name', ephemeralName), [
          cyclicVersion('cyclic-version'),
          resize('resize', 'Make the database smaller when much of it is unused'),
        ]),
        leaf(
          'commit-synchronize-model',
          'When the other Routing Engine has a commit',
          choice({ asynchronous: 'Some time after it', synchronous: 'Before it is complete' }),
          { default: 'asynchronous' },
        ),
        flag('ignore-ephemeral-default', 'Ignore the default instance'),
        flag('delete-ephemeral-default', 'Delete the default instance'),
        cyclicVersion('cyclic-version-for-ephemeral-default'),
        resize('resize-ephemeral-default', 'Make the default instance smaller when much of it is unused'),
        flag('allow-commit-synchronize-with-gres', 'Synchronize commits under graceful switchover too'),
      ],
      { presence: true },
    ),
    leaf('max-db-size', 'Most bytes of the database', unsigned),
  ],
)
