import { ipAddress } from '../values/address.ts'
import { choice } from '../values/choice.ts'
import { textName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { boundedText, reference, text } from '../values/value.ts'
import { container, key, leaf, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'
import { unsigned } from './route-attributes.ts'
import { routingInstance } from './scripts.ts'
import { objects } from './snmp-objects.ts'

const name = boundedText('name', 1, 32)
const nameKey = key('name', 'Name', name)
const tag = boundedText('tag', 0, 255)

function defined(kind: string, ...to: readonly string[]) {
  return reference(name, { to, message: value => `Referenced ${kind} '${value}' is not defined` })
}

const securityModels = choice({ usm: 'By user', v1: 'SNMPv1', v2c: 'SNMPv2c' })
const accessModels = choice({ any: 'Any', usm: 'By user', v1: 'SNMPv1', v2c: 'SNMPv2c' })
const securityLevels = {
  none: 'Neither authentication nor privacy',
  authentication: 'Authentication',
  privacy: 'Authentication and privacy',
}

/** A protocol with its key; the password from which a key is made stays at the terminal. */
function protocol(type: 'authentication' | 'privacy', title: string): ContainerSchema {
  return container(
    title,
    `Protocol for ${type}`,
    [
      leaf(`${type}-key`, 'Key that was made of the password', text, { secret: true }),
      leaf(`${type}-password`, 'Password of which a key is made', text, { secret: true }),
    ],
    { presence: true },
  )
}

const none = (type: string) => container(`${type}-none`, `No ${type}`, [], { presence: true })

const user = list('user', 'User', nameKey, () => [
  ...oneOf<SchemaNode>('authentication', [
    ...['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'].map(one =>
      protocol('authentication', `authentication-${one}`),
    ),
    none('authentication'),
  ]),
  ...oneOf<SchemaNode>('privacy', [
    ...['des', '3des', 'aes128'].map(one => protocol('privacy', `privacy-${one}`)),
    none('privacy'),
  ]),
])

const view = defined('view', 'snmp', 'view')

const access = list('security-model', 'Kind of access', key('security-model', 'Kind', accessModels), [
  list('security-level', 'How well it is protected', key('security-level', 'Level', choice(securityLevels)), [
    leaf('context-match', 'How contexts are compared', choice({ exact: 'As a whole', prefix: 'By the beginning' })),
    leaf('read-view', 'What may be read', view),
    leaf('write-view', 'What may be written', view),
    leaf('notify-view', 'What may be told', view),
  ]),
])

const vacm = container('vacm', 'Who may do what', () => [
  container('security-to-group', 'Groups of users', [
    list('security-model', 'Kind of access', key('security-model', 'Kind', securityModels), [
      list('security-name', 'Name of the user', nameKey, [leaf('group', 'Group that the user is in', name)]),
    ]),
  ]),
  container('access', 'What groups may do', [
    list('group', 'Group', nameKey, [
      container('default-context-prefix', 'Without a context', [access]),
      list('context-prefix', 'In contexts that begin so', key('prefix', 'Beginning', textName('prefix')), [access]),
    ]),
  ]),
])

const parametersName = defined('target-parameters', 'snmp', 'v3', 'target-parameters')
const filterName = defined('notify-filter', 'snmp', 'v3', 'notify-filter')

/** SNMP version 3. */
export function v3(): ContainerSchema {
  return container('v3', 'SNMPv3 configuration information', () => [
    container('usm', 'Users', [
      container('local-engine', 'Of this device', [user]),
      list('remote-engine', 'Of another device', key('engine-id', 'Its identity', textName('engine-id')), [user]),
    ]),
    vacm,
    list('target-address', 'Receiver or client', nameKey, [
      leaf('address', 'Address', ipAddress()),
      leaf('port', 'Port', port, { default: '162' }),
      leaf('timeout', 'Seconds to wait for an answer', unsigned, { default: '15' }),
      leaf('retry-count', 'Tries', integer(0, 255), { default: '3' }),
      leaf('tag-list', 'Tags by which it is chosen', tag),
      leaf('address-mask', 'Part of the address that counts', ipAddress()),
      routingInstance,
      leaf('target-parameters', 'How it is talked to', parametersName),
    ]),
    list('target-parameters', 'How receivers are talked to', nameKey, [
      container('parameters', 'How', [
        leaf('message-processing-model', 'Version of messages', choice({ v1: 'SNMPv1', v2c: 'SNMPv2c', v3: 'SNMPv3' })),
        leaf('security-model', 'Kind of access', securityModels),
        leaf('security-level', 'How well it is protected', choice(securityLevels)),
        leaf('security-name', 'Name of the user', name),
      ]),
      leaf('notify-filter', 'What is told', filterName),
    ]),
    list('notify', 'Who is told', nameKey, [
      leaf('type', 'How', choice({ trap: 'By traps', inform: 'By informs, which are answered' }), { default: 'trap' }),
      leaf('tag', 'Tag of the receivers', tag),
    ]),
    list('notify-filter', 'What is told', nameKey, () => [objects]),
    list('snmp-community', 'Community', key('index', 'Name of the entry', name), [
      leaf('community-name', 'Name of the community', text, { secret: true }),
      leaf('security-name', 'User that it stands for', name),
      leaf('context', 'Context', boundedText('context', 0, 32)),
      leaf('tag', 'Tag of the clients', tag),
    ]),
  ])
}
