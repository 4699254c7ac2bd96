import type { Problem } from '@hangar/daemon'
import type { ConfigView } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import { readIdentity } from './certificate.ts'
import { certificatesPath, grpcPath, localCertificate } from './settings.ts'

/** What is wrong with the part of a candidate that jsd reads: TLS without a certificate that works. */
export function* checkConfiguration(tree: ConfigView): Iterable<Problem> {
  const ssl = tree.at(...grpcPath, 'ssl')
  if (!ssl.exists) return
  const names = ssl.values('local-certificate')
  const path = [...grpcPath, 'ssl']
  if (names.length === 0) {
    yield { path, element: 'local-certificate', message: 'A local certificate must be configured for ssl' }
    return
  }
  for (const name of names) {
    const element = `local-certificate ${name}`
    const text = localCertificate(tree, name)
    if (text === undefined) {
      yield { path, element, message: `Certificate ${name} is not configured at [edit ${certificatesPath.join(' ')}]` }
      continue
    }
    try {
      readIdentity(text)
    } catch (error) {
      yield {
        path: [...certificatesPath],
        element: name,
        message: `Certificate ${name} cannot be used: ${messageOf(error)}`,
      }
    }
  }
}
