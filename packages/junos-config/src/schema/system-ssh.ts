import { choice } from '../values/choice.ts'
import { userName } from '../values/name.ts'
import { integer, port } from '../values/number.ts'
import { fileSize } from '../values/size.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, leaf, leafList, oneOf } from './dsl.ts'
import type { ContainerSchema, LeafSchema, SchemaNode } from './node.ts'
import { authenticationOrder } from './system-authentication.ts'

/** How many clients a service takes, at once and a minute. */
export const limits: readonly LeafSchema[] = [
  leaf('connection-limit', 'Maximum number of allowed connections', integer(1, 250), { default: '75' }),
  leaf('rate-limit', 'Maximum number of connections per minute', integer(1, 250), { default: '150' }),
]

/** When a client that is silent is given up. */
export const clientAlive: readonly LeafSchema[] = [
  leaf('client-alive-count-max', 'Requests that may stay unanswered', integer(0, 255), { default: '3' }),
  leaf('client-alive-interval', 'Seconds between requests to a silent client', integer(0, 65535), { default: '0' }),
]

function algorithms(name: string, help: string, names: readonly string[]): SchemaNode {
  return leafList(name, help, choice(Object.fromEntries(names.map(one => [one, one]))))
}

const ciphers = [
  '3des-cbc',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'chacha20-poly1305@openssh.com',
]

const macs = [
  'hmac-md5',
  'hmac-sha1',
  'umac-64',
  'umac-128',
  'hmac-sha2-256',
  'hmac-sha2-512',
  'hmac-md5-96',
  'hmac-sha1-96',
].flatMap(name =>
  name.startsWith('umac') ? [`${name}@openssh.com`, `${name}-etm@openssh.com`] : [name, `${name}-etm@openssh.com`],
)

const keyExchanges = [
  'curve25519-sha256',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'group-exchange-sha2',
  'group-exchange-sha1',
  'dh-group14-sha1',
  'dh-group1-sha1',
]

/** `hostkey-algorithm { no-ssh-dss; ssh-rsa; }`, of older releases. */
const hostKeys = container(
  'hostkey-algorithm',
  'Host keys to have',
  ['ssh-dss', 'ssh-rsa', 'ssh-ecdsa', 'ssh-ed25519'].flatMap(name =>
    oneOf(name, [flag(`no-${name}`, `No ${name} key`), flag(name, `A key of type ${name}`)]),
  ),
  { presence: true },
)

const hostKeyList = container(
  'hostkey-algorithm-list',
  'Host keys to have',
  ['rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ed25519'].map(name =>
    flag(name, `A key of type ${name}`),
  ),
  { presence: true },
)

export const ssh: ContainerSchema = container(
  'ssh',
  'Allow ssh access',
  () => [
    authenticationOrder,
    leaf(
      'root-login',
      'Configure root access via ssh',
      choice({
        allow: 'Allow root access via ssh',
        deny: 'Do not allow root access via ssh',
        'deny-password': 'Allow for non-password-based authentication methods only',
      }),
      { default: 'deny-password' },
    ),
    flag('no-challenge-response', 'No challenges'),
    flag('no-password-authentication', 'No passwords'),
    flag('no-passwords', 'Neither passwords nor challenges'),
    flag('no-public-keys', 'No public keys'),
    flag('allow-tcp-forwarding', 'Let clients forward connections'),
    flag('no-tcp-forwarding', "Don't let clients forward connections"),
    leafList('protocol-version', 'Specify ssh protocol versions supported', choice({ v2: 'SSH protocol version 2' })),
    leaf('max-sessions-per-connection', 'Maximum number of sessions per single SSH connection', integer(1, 65535), {
      default: '10',
    }),
    leaf('max-pre-authentication-packets', 'Packets before a client is known', integer(20, 2147483647)),
    flag('sftp-server', 'Allow SFTP'),
    algorithms('ciphers', 'Ciphers to offer', ciphers),
    algorithms('macs', 'Message authentication codes to offer', macs),
    algorithms('key-exchange', 'Key exchanges to offer', keyExchanges),
    ...clientAlive,
    hostKeys,
    hostKeyList,
    leaf('fingerprint-hash', 'Hash that shows keys', choice({ 'sha2-256': 'SHA-256', md5: 'MD5' })),
    leaf('authorized-keys-command', 'Command that tells keys of users', boundedText('command', 1, 1024)),
    leaf('authorized-keys-command-user', 'User who runs that command', userName),
    container('rekey', 'When keys are made anew', [
      leaf('data-limit', 'After so many bytes', fileSize),
      leaf('time-limit', 'After so many minutes', integer(1, 1440)),
    ]),
    leaf('port', 'Port number to accept incoming connections', port, { default: '22', since: '21.1' }),
    flag('log-key-changes', 'Log changes of authorized keys'),
    ...limits,
  ],
  { presence: true },
)
