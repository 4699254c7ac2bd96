import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Endpoint, endpointOf, listen } from '@hangar/runtime'
import type { Identity } from '../configuration/certificate.ts'
import { Handshakes } from './handshakes.ts'

export interface ListenerOptions extends Endpoint {
  /** For TLS; undefined: clear text. */
  tls: readonly Identity[] | undefined
  /** Calls `enter` when a socket that was just accepted may come in, and closes it when it may not. */
  admit(socket: Socket, enter: () => void): void
  /** Gets the sockets that are ready to speak HTTP/2. */
  serve(socket: Duplex): void
}

/** A listening socket of our own, so that a connection is ours to count, to name and to end. */
export class Listener {
  readonly #server: Server
  readonly #handshakes: Handshakes | undefined
  readonly #sockets: Set<Socket>

  private constructor(server: Server, handshakes: Handshakes | undefined, sockets: Set<Socket>) {
    this.#server = server
    this.#handshakes = handshakes
    this.#sockets = sockets
  }

  /** Resolves when it listens; rejects with the system's error (EADDRINUSE) when it cannot. */
  static async open(options: ListenerOptions): Promise<Listener> {
    const sockets = new Set<Socket>()
    const handshakes = options.tls && new Handshakes(options.tls, options.serve)
    const server = createTcpServer({ noDelay: true, keepAlive: true }, socket => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      options.admit(socket, () => (handshakes ? handshakes.begin(socket) : options.serve(socket)))
    })
    await listen(server, { host: options.host, port: options.port })
    return new Listener(server, handshakes, sockets)
  }

  get endpoint(): Endpoint {
    return endpointOf(this.#server)
  }

  /** New handshakes use these; connections that stand are left alone. */
  replaceIdentities(identities: readonly Identity[]): void {
    this.#handshakes?.use(identities)
  }

  /** Stops listening and ends the connections that were made here. Resolves when the port is free. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }
}
