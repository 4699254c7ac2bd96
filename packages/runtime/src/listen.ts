import type { AddressInfo, ListenOptions, Server } from 'node:net'
import { messageOf } from './errors.ts'

/** Where something listens. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/**
 * Resolves when the server listens; rejects with the system's error when it cannot (`listenFault` has the words). Afterwards an
 * accept that fails, for want of file descriptors, costs that one connection and never the process.
 */
export function listen(server: Server, at: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      server.on('error', () => {})
      resolve()
    })
  })
}

/** Address and port of a server that listens on TCP. */
export function endpointOf(server: Server): Endpoint {
  const { address, port } = server.address() as AddressInfo
  return { host: address, port }
}

/** Why a port could not be had, in words: "address already in use". */
export function listenFault(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return 'address already in use'
    case 'EACCES':
      return 'permission denied'
    case 'EADDRNOTAVAIL':
      return 'no such address here'
    default:
      return messageOf(error)
  }
}
