import { identifier } from '../values/name.ts'
import { text } from '../values/value.ts'
import { container, key, leaf, list } from './dsl.ts'

/** Certificates with their keys, as `load-key-file` stores them. */
export const security = container('security', 'Security configuration', [
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
])
