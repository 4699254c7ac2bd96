import { choice } from '../values/choice.ts'
import { identifier, prefixOrHost, textName, userName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { timeOfDay } from '../values/time.ts'
import { boundedText, patternText, reference } from '../values/value.ts'
import { container, flag, key, leaf, leafList, list, oneOf, prompted } from './dsl.ts'
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

/** A regular expression, or (the names that end in `-regexps`) several of which one has to match. */
function allowAndDeny(what: string, of: string): readonly SchemaNode[] {
  return ['allow', 'deny'].flatMap(verb =>
    oneOf<SchemaNode>(`${verb}-${what}`, [
      leaf(`${verb}-${what}`, `Regular expression for ${of} to ${verb} explicitly`, regularExpression),
      leafList(`${verb}-${what}-regexps`, `Regular expressions for ${of} to ${verb} explicitly`, regularExpression),
    ]),
  )
}

const days = choice({
  sunday: 'Sundays',
  monday: 'Mondays',
  tuesday: 'Tuesdays',
  wednesday: 'Wednesdays',
  thursday: 'Thursdays',
  friday: 'Fridays',
  saturday: 'Saturdays',
})

const classes = list(
  'class',
  'Login class',
  key('class-name', 'Login class name', identifier),
  () => [
    leafList('allowed-days', 'Days on which users may log in', days),
    leaf('access-start', 'Time from which users may log in', timeOfDay),
    leaf('access-end', 'Time until which users may log in', timeOfDay),
    leaf('idle-timeout', 'Maximum idle time before logout (minutes)', integer(0, 4294967295)),
    leaf('cli-prompt', 'Prompt of the CLI', boundedText('prompt', 1, 64), { hidden: true }),
    flag('login-alarms', 'Show alarms at login'),
    leaf('login-script', 'Script to run at login', textName('script')),
    flag('login-tip', 'Show a tip at login'),
    leafList('permissions', 'Set of permitted operation categories', choice(permissions)),
    ...allowAndDeny('commands', 'commands'),
    ...allowAndDeny('configuration', 'configure'),
    leafList('allow-grpc-rpc-regexps', 'Regular expressions for RPCs to allow explicitly', regularExpression, {
      since: '23.4',
    }),
    leafList('deny-grpc-rpc-regexps', 'Regular expressions for RPCs to deny explicitly', regularExpression, {
      since: '23.4',
    }),
    leafList('confirm-commands', 'Commands that ask first', regularExpression),
    flag('configuration-breadcrumbs', 'Say where in the configuration one is'),
    flag('no-scp-server', 'No SCP'),
    flag('no-sftp-server', 'No SFTP'),
  ],
  { order: 'system' },
)

const users = list(
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
)

const retryOptions = container('retry-options', 'Wrong passwords', () => [
  leaf('tries-before-disconnect', 'Tries', integer(2, 10), { default: '3' }),
  leaf('backoff-threshold', 'Tries before one has to wait', integer(1, 3), { default: '2' }),
  leaf('backoff-factor', 'Seconds added to each wait', integer(5, 10), { default: '5' }),
  leaf('minimum-time', 'Seconds that wrong tries take at least', integer(20, 60), { default: '20' }),
  leaf('maximum-time', 'Seconds for logging in', integer(20, 300), { default: '120' }),
  leaf('lockout-period', 'Minutes for which a user is locked out afterwards', integer(1, 43200)),
])

const password = container('password', 'Rules for passwords', () => [
  leaf('minimum-character-changes', 'Characters that a new one changes', integer(4, 15)),
  leaf('minimum-reuse', 'Old ones that it must differ from', integer(1, 20)),
  leaf('maximum-lifetime', 'Days for which it is good', integer(30, 365)),
  leaf('minimum-lifetime', 'Days before it can be changed', integer(1, 30)),
  leaf('minimum-length', 'Shortest', integer(6, 20)),
  leaf('maximum-length', 'Longest', integer(20, 128)),
  leaf(
    'change-type',
    'What counts as a change',
    choice({ 'character-sets': 'Another kind of character', 'set-transitions': 'From one kind to another' }),
  ),
  leaf('minimum-changes', 'Changes that there have to be', integer(0, 4294967295)),
  leaf('minimum-numerics', 'Digits', integer(1, 128)),
  leaf('minimum-upper-cases', 'Upper-case letters', integer(1, 128)),
  leaf('minimum-lower-cases', 'Lower-case letters', integer(1, 128)),
  leaf('minimum-punctuations', 'Other characters', integer(1, 128)),
  leaf(
    'format',
    'How it is stored',
    choice({ sha1: 'SHA-1', sha256: 'SHA-256 ($5$)', sha512: 'SHA-512 ($6$)', md5: 'MD5', des: 'DES' }),
  ),
])

/** Users and what they may do. */
export const login = container('login', 'Names, login classes, and passwords for users', () => [
  retryOptions,
  leaf('idle-timeout', 'Minutes until a silent session ends', integer(1, 60)),
  classes,
  users,
  password,
  container('deny-sources', 'Who may not log in', [leafList('address', 'Address, prefix or name', prefixOrHost)]),
  leaf('announcement', 'System announcement message (displayed after login)', boundedText('announcement', 0, 2048)),
  leaf('message', 'System login message', boundedText('message', 0, 2048)),
])
