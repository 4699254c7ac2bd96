import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type SecureContextOptions, type Server as TlsServer } from 'node:tls'

export interface Endpoint {
  readonly host: string
  readonly port: number
}

export interface ListenerOptions extends Endpoint {
  /** Certificate and key; undefined: clear text. */
  tls: SecureContextOptions | undefined
  /** Calls `enter` when a socket that was just accepted may come in, and closes it when it may not. */
  admit(socket: Socket, enter: () => void): void
  /** Gets the sockets that are ready to speak HTTP/2. */
  serve(socket: Duplex): void
}

/** A listening socket of our own, so that a connection is ours to count, to name and to end. */
export class Listener {
  readonly #server: Server
  readonly #tls: TlsServer | undefined
  readonly #sockets: Set<Socket>

  private constructor(server: Server, tls: TlsServer | undefined, sockets: Set<Socket>) {
    this.#server = server
    this.#tls = tls
    this.#sockets = sockets
  }

  /** Resolves when it listens; rejects with the system's error (EADDRINUSE) when it cannot. */
  static open(options: ListenerOptions): Promise<Listener> {
    const sockets = new Set<Socket>()
    const tls = options.tls && tlsServer(options.tls, options.serve)
    const server = createTcpServer({ noDelay: true, keepAlive: true }, socket => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      options.admit(socket, () => (tls ? void tls.emit('connection', socket) : options.serve(socket)))
    })
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: options.host, port: options.port }, () => {
        server.off('error', reject)
        // A failed accept (no descriptors left) concerns that connection alone.
        server.on('error', () => {})
        resolve(new Listener(server, tls, sockets))
      })
    })
  }

  get endpoint(): Endpoint {
    const { address, port } = this.#server.address() as AddressInfo
    return { host: address, port }
  }

  /** New handshakes use this certificate; connections that stand are left alone. */
  replaceCertificate(tls: SecureContextOptions): void {
    this.#tls?.setSecureContext({ ...tls, minVersion: 'TLSv1.2' })
  }

  /** Stops listening and ends the connections that were made here. Resolves when the port is free. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }
}

/** Does handshakes on sockets that it is given; it never listens itself. */
function tlsServer(context: SecureContextOptions, serve: (socket: Duplex) => void): TlsServer {
  const server = createTlsServer({ ...context, minVersion: 'TLSv1.2', ALPNProtocols: ['h2'] }, socket => {
    socket.on('error', () => {})
    // gRPC over TLS is HTTP/2 by ALPN or nothing.
    if (socket.alpnProtocol === 'h2') serve(socket)
    else socket.destroy()
  })
  server.on('tlsClientError', (_error, socket) => void socket.destroy())
  return server
}
