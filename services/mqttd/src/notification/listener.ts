import { createServer, type Server, type Socket } from 'node:net'

/** Where something listens. */
export interface Endpoint {
  host: string
  port: number
}

/** A TCP listener. */
export class Listener {
  readonly endpoint: Endpoint
  readonly #server: Server

  /** Resolves when it listens; rejects with a sentence when it cannot. `port` 0 takes any free one. */
  static open(host: string, port: number, accept: (socket: Socket) => void): Promise<Listener> {
    const server = createServer(accept)
    return new Promise((resolve, reject) => {
      server.once('error', error => reject(new Error(`port ${port}: ${reason(error)}`, { cause: error })))
      server.listen(port, host, () => {
        server.removeAllListeners('error')
        // An accept that fails (no more file descriptors) costs that one connection.
        server.on('error', () => {})
        const address = server.address()
        const taken = address !== null && typeof address === 'object' ? address.port : port
        resolve(new Listener(server, { host, port: taken }))
      })
    })
  }

  private constructor(server: Server, endpoint: Endpoint) {
    this.#server = server
    this.endpoint = endpoint
  }

  /** From now on nobody connects; connections that there are go on. */
  close(): void {
    this.#server.close()
  }
}

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return 'address already in use'
    case 'EACCES':
      return 'permission denied'
    case 'EADDRNOTAVAIL':
      return 'no such address here'
    default:
      return error.message
  }
}
