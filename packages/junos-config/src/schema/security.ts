import { choice } from '../values/choice.ts'
import { addressOrHost, identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, reference, text } from '../values/value.ts'
import { keyChains } from './authentication.ts'
import { container, flag, key, leaf, leafList, list } from './dsl.ts'
import { routingInstance } from './scripts.ts'
import { processTraceOptions } from './trace-options.ts'

const authorityName = reference(identifier, {
  to: ['security', 'pki', 'ca-profile'],
  message: name => `Referenced ca-profile '${name}' is not defined`,
})

const url = leaf('url', 'URL', boundedText('url', 1, 500))

const revocation = container('revocation-check', 'Certificates that are withdrawn', () => [
  flag('disable', "Don't ask"),
  flag('use-crl', 'By lists'),
  flag('use-ocsp', 'By asking for each'),
  container('crl', 'Lists', () => [
    container('disable', 'Whether certificates are good without a list', [flag('on-download-failure', 'They are')]),
    list('url', 'Where lists are', key('url', 'URL', boundedText('url', 1, 500)), () => [
      leaf('password', 'Password for the place', text, { secret: true }),
    ]),
    leaf('refresh-interval', 'Hours between downloads', integer(0, 8784)),
  ]),
  container('ocsp', 'Questions', () => [
    list('url', 'Who is asked', key('url', 'URL', boundedText('url', 1, 500)), []),
    flag('nonce-payload', 'With something that is new each time'),
    leaf(
      'connection-failure',
      'When nobody answers',
      choice({ disable: 'Certificates are good', 'fallback-crl': 'By lists' }),
    ),
  ]),
])

const authority = list(
  'ca-profile',
  'Certificate authority',
  key('profile-name', 'Name of the profile', identifier),
  () => [
    leaf('ca-identity', 'Name of the authority', identifier),
    routingInstance,
    container('enrollment', 'How certificates are asked for', [
      url,
      leaf('retry', 'Tries', integer(0, 1080), { default: '10' }),
      leaf('retry-interval', 'Seconds between tries', integer(0, 3600), { default: '900' }),
    ]),
    revocation,
    container('administrator', 'Who is asked by mail', [
      leaf('e-mail-address', 'Address', boundedText('address', 1, 256)),
    ]),
    leaf('source-address', 'Address that requests come from', addressOrHost),
  ],
)

const pki = container('pki', 'Public key infrastructure', () => [
  processTraceOptions({
    'certificate-verification': 'Checks of certificates',
    'online-crl-check': 'Lists of withdrawn certificates',
    enrollment: 'Requests for certificates',
    all: 'Everything',
  }),
  authority,
  list('trusted-ca-group', 'Authorities that are believed', key('group-name', 'Name of the group', identifier), () => [
    leafList('ca-profiles', 'Authorities', authorityName),
  ]),
  container('auto-re-enrollment', 'Certificates that are asked for anew', () => [
    list('certificate-id', 'Certificate', key('name', 'Name of the certificate', identifier), () => [
      leaf('ca-profile-name', 'Authority to ask', authorityName),
      flag('re-generate-keypair', 'With new keys'),
      leaf('re-enroll-trigger-time-percentage', 'Percentage of its life that is left', integer(1, 99)),
      leaf('challenge-password', 'Password for the authority', text, { secret: true }),
    ]),
  ]),
])

/** Certificates with their keys, as `load-key-file` stores them, and where others come from. */
export const security = container('security', 'Security configuration', () => [
  keyChains,
  pki,
  container('certificates', 'X.509 certificate configuration', [
    container('local', 'Local X.509 certificates', [
      list(
        'name',
        'Simple name to identify this certificate',
        key('certificate-name', 'Simple name to identify this certificate', identifier),
        [leaf('certificate', 'Certificate and private key string', text, { keyword: false, secret: true })],
        { keyword: false },
      ),
    ]),
  ]),
  container('ssh-known-hosts', 'Keys of other hosts', () => [
    list('host', 'Host', key('host-name', 'Name or address', addressOrHost), () => [
      leaf('rsa-key', 'RSA key', boundedText('key', 1, 2048)),
      leaf('ecdsa-sha2-nistp256-key', 'ECDSA key', boundedText('key', 1, 2048)),
      leaf('ed25519-key', 'ED25519 key', boundedText('key', 1, 2048)),
    ]),
  ]),
])
