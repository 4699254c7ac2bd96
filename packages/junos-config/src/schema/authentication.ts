import { choice } from '../values/choice.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { dateAndTime } from '../values/time.ts'
import { reference, text } from '../values/value.ts'
import { container, key, leaf, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

const chainName = reference(identifier, {
  to: ['security', 'authentication-key-chains', 'key-chain'],
  message: name => `Referenced key-chain '${name}' is not defined`,
})

export const keyChain = leaf('authentication-key-chain', 'Keys that change with time', chainName)

/** Keys of which one is good at a time. */
export const keyChains: ContainerSchema = container('authentication-key-chains', 'Keys that change with time', () => [
  list('key-chain', 'Keys by a name', key('chain-name', 'Name of the keys', identifier), [
    leaf('description', 'What they are for', text),
    leaf('tolerance', 'Seconds for which an old key is still good', integer(0, 4294967295)),
    list('key', 'Key', key('key-number', 'Number of the key', integer(0, 63)), [
      leaf('secret', 'The key', text, { secret: true }),
      leaf('key-name', 'Name of the key', identifier),
      leaf('start-time', 'From when it is good', dateAndTime),
      leaf(
        'algorithm',
        'How it is used',
        choice({
          md5: 'MD5',
          'hmac-sha-1': 'HMAC with SHA-1',
          'aes-128-cmac-96': 'AES-128 CMAC',
          ao: 'TCP authentication option',
        }),
      ),
      leaf('options', 'How IS-IS uses it', choice({ basic: 'By RFC 5304', 'isis-enhanced': 'By RFC 5310' })),
    ]),
  ]),
])

/** `authentication { md5 1 key "..."; }` of an OSPF interface. */
export const ospfAuthentication: ContainerSchema = container('authentication', 'Who may speak', () =>
  oneOf<SchemaNode>('method', [
    leaf('simple-password', 'A password in the clear', text, { secret: true }),
    list(
      'md5',
      'Key for MD5',
      key('key-id', 'Number of the key', integer(0, 255)),
      [leaf('key', 'The key', text, { secret: true }), leaf('start-time', 'From when it is used', dateAndTime)],
      { oneLine: 'always' },
    ),
  ]),
)

/** Key and kind of it, as IS-IS and RIP have them. */
export const keyAndType: readonly SchemaNode[] = [
  leaf('authentication-key', 'Key', text, { secret: true }),
  leaf(
    'authentication-type',
    'Kind of authentication',
    choice({ md5: 'MD5', none: 'None', simple: 'A password in the clear' }),
  ),
]
