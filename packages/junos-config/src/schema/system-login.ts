import { choice } from '../values/choice.ts'
import { identifier, userName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, patternText, reference } from '../values/value.ts'
import { container, key, leaf, leafList, list, prompted } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { permissions } from './system-permissions.ts'

/** crypt(3) text: `$6$salt$hash` and its kin, or a bare DES hash of old; never a clear password by accident. */
const encryptedPassword = patternText(
  'encrypted-password',
  /^(\$[A-Za-z0-9]{1,8}\$\S{1,250}|[./0-9A-Za-z]{13}|\*|!\S*)$/,
  () => 'Encrypted password must be in crypt format',
)

/** A public key as OpenSSH writes it: type, base64, comment. */
function publicKeys(name: string, help: string, type: string): SchemaNode {
  const format = new RegExp(`^${type}[a-z0-9-]* [A-Za-z0-9+/=]+( [^\\n\\r]*)?$`)
  const publicKey = patternText(name, format, () => `Must be a public key that begins with '${type}'`)
  return list(
    name,
    help,
    key('name', help, publicKey),
    [leafList('from', 'Pattern-list of allowed hosts', hostPattern)],
    { secret: true, oneLine: 'single' },
  )
}

const hostPattern = patternText('from', /^\S{1,255}$/, value => `invalid host pattern: '${value}'`)

const credentials: readonly SchemaNode[] = [
  prompted('plain-text-password', 'Prompt for plain text password (autoencrypted)'),
  leaf('encrypted-password', 'Encrypted password string', encryptedPassword, { secret: true }),
  publicKeys('ssh-rsa', 'Secure shell (ssh) RSA public key string', 'ssh-rsa'),
  publicKeys('ssh-ecdsa', 'Secure shell (ssh) ECDSA public key string', 'ecdsa-sha2-'),
  publicKeys('ssh-ed25519', 'Secure shell (ssh) ED25519 public key string', 'ssh-ed25519'),
]

export const rootAuthentication = container(
  'root-authentication',
  'Authentication information for the root login',
  credentials,
)

/** Login classes that exist without being configured. */
const builtinClasses = {
  operator: 'permissions [ clear network reset trace view ]',
  'read-only': 'permissions [ view ]',
  'super-user': 'permissions [ all ]',
  superuser: 'permissions [ all ]',
  unauthorized: 'permissions [ none ]',
}

const className = reference(identifier, {
  to: ['system', 'login', 'class'],
  builtin: builtinClasses,
  message: name => `undefined login class: '${name}'`,
})

const regularExpression = boundedText('regular-expression', 0, 4096)

/** Users and what they may do. */
export const login = container('login', 'Names, login classes, and passwords for users', [
  leaf('announcement', 'System announcement message (displayed after login)', boundedText('announcement', 0, 2048)),
  leaf('message', 'System login message', boundedText('message', 0, 2048)),
  list(
    'class',
    'Login class',
    key('class-name', 'Login class name', identifier),
    [
      leaf('idle-timeout', 'Maximum idle time before logout (minutes)', integer(0, 4294967295)),
      leafList('permissions', 'Set of permitted operation categories', choice(permissions)),
      leaf('allow-commands', 'Regular expression for commands to allow explicitly', regularExpression),
      leaf('deny-commands', 'Regular expression for commands to deny explicitly', regularExpression),
      leaf('allow-configuration', 'Regular expression for configure to allow explicitly', regularExpression),
      leaf('deny-configuration', 'Regular expression for configure to deny explicitly', regularExpression),
      leafList('allow-grpc-rpc-regexps', 'Regular expressions for RPCs to allow explicitly', regularExpression, {
        since: '23.4',
      }),
      leafList('deny-grpc-rpc-regexps', 'Regular expressions for RPCs to deny explicitly', regularExpression, {
        since: '23.4',
      }),
    ],
    { order: 'system' },
  ),
  list(
    'user',
    'Username',
    key('user-name', 'Username', userName),
    [
      leaf('full-name', 'Full name', boundedText('full-name', 0, 255)),
      leaf('uid', 'User identifier (uid)', integer(100, 64000)),
      leaf('class', 'Login class', className, { mandatory: true }),
      container('authentication', 'Authentication method', credentials),
    ],
    { order: 'system' },
  ),
])
