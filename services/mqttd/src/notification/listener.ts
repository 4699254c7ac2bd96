import { createServer, type Server, type Socket } from 'node:net'
import { type Endpoint, endpointOf, listen, listenFault } from '@hangar/runtime'

/** A TCP listener. */
export class Listener {
  readonly endpoint: Endpoint
  readonly #server: Server

  /** Resolves when it listens; rejects with a sentence when it cannot. `port` 0 takes any free one. */
  static async open(host: string, port: number, accept: (socket: Socket) => void): Promise<Listener> {
    const server = createServer(accept)
    try {
      await listen(server, { host, port })
    } catch (error) {
      throw new Error(`port ${port}: ${listenFault(error)}`, { cause: error })
    }
    // The host as it was given: a name stays one.
    return new Listener(server, { host, port: endpointOf(server).port })
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
