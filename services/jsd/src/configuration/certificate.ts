import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'

/** A certificate with its key, ready for TLS. */
export interface Identity {
  readonly certificate: string
  readonly key: string
  readonly context: SecureContext
  /** Whether the certificate is for this host name. */
  isFor(hostName: string): boolean
}

/**
 * Reads what `security certificates local` holds: certificate and key in one PEM text, whose line breaks may be written
 * as `\n`. Throws an Error that says what is wrong with it, never with any of its content.
 */
export function readIdentity(text: string): Identity {
  const pem = text.replaceAll('\\n', '\n')
  const blocks = pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g) ?? []
  const certificates = blocks.filter(block => block.startsWith('-----BEGIN CERTIFICATE-----'))
  const keys = blocks.filter(block => /^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(block))
  if (certificates.length === 0) throw new Error('it holds no PEM certificate')
  if (keys.length === 0) throw new Error('it holds no PEM private key')
  const [certificate, key] = [certificates.join('\n'), keys[0]!]
  const leaf = attempt('its certificate cannot be read', () => new X509Certificate(certificates[0]!))
  const privateKey = attempt('its private key cannot be read', () => createPrivateKey(key))
  if (!leaf.checkPrivateKey(privateKey)) throw new Error('its private key does not belong to its certificate')
  const context = attempt('TLS does not take it', () =>
    createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }),
  )
  return { certificate, key, context, isFor: hostName => leaf.checkHost(hostName) !== undefined }
}

function attempt<T>(fault: string, action: () => T): T {
  try {
    return action()
  } catch {
    throw new Error(fault)
  }
}
