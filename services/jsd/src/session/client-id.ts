import { limits } from '../transport/limits.ts'

/** Why a client id cannot be used; undefined when it can. Ids are printed in tables and XML, and kept for long. */
export function clientIdFault(clientId: string): string | undefined {
  if (clientId.length > limits.clientId) return `JGrpcServer: Client Id is longer than ${limits.clientId} characters`
  if (/\p{Cc}/u.test(clientId)) return 'JGrpcServer: Client Id contains control characters'
  return undefined
}
