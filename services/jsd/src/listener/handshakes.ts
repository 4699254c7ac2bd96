import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type Server } from 'node:tls'
import type { Identity } from '../configuration/certificate.ts'

/** TLS on sockets that somebody else accepted. */
export class Handshakes {
  readonly #server: Server
  #identities: readonly Identity[] = []

  /** `serve` gets the sockets whose handshake is done and that chose HTTP/2. */
  constructor(identities: readonly Identity[], serve: (socket: Duplex) => void) {
    this.#server = createServer(
      {
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['h2'],
        SNICallback: (hostName, choose) => choose(null, this.#find(hostName).context),
      },
      socket => {
        socket.on('error', () => {})
        // gRPC over TLS is HTTP/2 by ALPN or nothing.
        if (socket.alpnProtocol === 'h2') serve(socket)
        else socket.destroy()
      },
    )
    this.#server.on('tlsClientError', (_error, socket) => void socket.destroy())
    this.use(identities)
  }

  begin(socket: Socket): void {
    this.#server.emit('connection', socket)
  }

  /** Of several, a client gets the first that is for the host name that it asks for, or the first of all. */
  use(identities: readonly Identity[]): void {
    const [first] = identities
    if (!first) throw new Error('there is no certificate')
    this.#identities = identities
    this.#server.setSecureContext({ cert: first.certificate, key: first.key, minVersion: 'TLSv1.2' })
  }

  #find(hostName: string): Identity {
    return this.#identities.find(identity => identity.isFor(hostName)) ?? this.#identities[0]!
  }
}
