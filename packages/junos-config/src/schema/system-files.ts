import { integer } from '../values/number.ts'
import { boundedText, text } from '../values/value.ts'
import { container, flag, groupedList, key, leaf, oneOf } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { opposites } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'

/** Places that files are copied to, with the password for each. */
export const archiveSites = groupedList(
  'archive-sites',
  'Where files are copied to',
  key('url', 'URL of the place', boundedText('url', 1, 1024)),
  [leaf('password', 'Password for the place', text, { secret: true })],
  { oneLine: 'always' },
)

/** How many configurations are kept, and where else. */
export const configurationFiles: readonly SchemaNode[] = [
  flag('encrypt-configuration-files', 'Encrypt configuration files'),
  ...opposites('compress-configuration-files', 'Compress configuration files', "Don't compress configuration files"),
  leaf('max-configurations-on-flash', 'Configurations kept on flash', integer(0, 49), { default: '3' }),
  leaf('max-configuration-rollbacks', 'Configurations kept', integer(0, 49), { default: '49' }),
  container('archival', 'Copies of the configuration', [
    container('configuration', 'When and where to copy the configuration', [
      ...oneOf<SchemaNode>('transfer-method', [
        leaf('transfer-interval', 'Minutes between copies', integer(15, 2880)),
        flag('transfer-on-commit', 'After each commit'),
      ]),
      routingInstance,
      archiveSites,
    ]),
  ]),
]
