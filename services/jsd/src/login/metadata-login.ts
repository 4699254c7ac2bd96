import type { WireMetadata } from '../transport/wire-call.ts'
import type { Credentials } from './credentials.ts'

/** Credentials that a client sent beside a request in place of a login call; undefined when it sent none. */
export function metadataCredentials(metadata: WireMetadata): Credentials | undefined {
  const user = text(metadata, 'username')
  const password = text(metadata, 'password')
  if (user === undefined || password === undefined) return undefined
  return { user, password, clientId: metadataClientId(metadata) ?? '' }
}

/** The client's name for itself. Both spellings are sent by clients that are in use. */
export function metadataClientId(metadata: WireMetadata): string | undefined {
  return text(metadata, 'client-id') ?? text(metadata, 'clientid')
}

function text(metadata: WireMetadata, key: string): string | undefined {
  const value = metadata.get(key)[0]
  return typeof value === 'string' && value !== '' ? value : undefined
}
