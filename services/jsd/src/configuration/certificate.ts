import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContextOptions } from 'node:tls'

/**
 * Reads what `security certificates local` holds: certificate and key in one PEM text, whose line breaks may be written
 * as `\n`. Throws an Error that says what is wrong with it, never with any of its content.
 */
export function readCertificate(text: string): { certificate: string; key: string } {
  const pem = text.replaceAll('\\n', '\n')
  const blocks = pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g) ?? []
  const certificates = blocks.filter(block => block.startsWith('-----BEGIN CERTIFICATE-----'))
  const keys = blocks.filter(block => /^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(block))
  if (certificates.length === 0) throw new Error('it holds no PEM certificate')
  if (keys.length === 0) throw new Error('it holds no PEM private key')
  const key = keys[0]!
  const leaf = attempt('its certificate cannot be read', () => new X509Certificate(certificates[0]!))
  const privateKey = attempt('its private key cannot be read', () => createPrivateKey(key))
  if (!leaf.checkPrivateKey(privateKey)) throw new Error('its private key does not belong to its certificate')
  return { certificate: certificates.join('\n'), key }
}

/** What TLS needs of one or several such texts (for certificates of different key types). Throws like readCertificate. */
export function secureContextOptions(texts: readonly string[]): SecureContextOptions {
  const read = texts.map(readCertificate)
  const options = { cert: read.map(one => one.certificate), key: read.map(one => one.key) }
  attempt('TLS does not take it', () => createSecureContext(options))
  return options
}

function attempt<T>(fault: string, action: () => T): T {
  try {
    return action()
  } catch {
    throw new Error(fault)
  }
}
