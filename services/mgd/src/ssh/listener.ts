import { createServer, type Server, type Socket } from 'node:net'
import { type Clock, type Endpoint, endpointOf, HangarError, listen } from '@hangar/runtime'

export interface ListenerLimits {
  /** Connections at once. */
  connectionLimit: number
  /** Connections in a minute. */
  rateLimit: number
}

/** A TCP listener that lets in as many as it may. Connections above a limit are closed at once and disturb nobody. */
export class Listener {
  limits: ListenerLimits
  readonly #clock: Clock
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #minute = 0
  #inMinute = 0

  private constructor(server: Server, limits: ListenerLimits, clock: Clock) {
    this.#server = server
    this.limits = limits
    this.#clock = clock
  }

  /** Resolves when it listens. Rejects with HGR_PORT_IN_USE, named by `name`. */
  static async open(options: {
    name: string
    host: string
    port: number
    limits: ListenerLimits
    clock: Clock
    accept(socket: Socket): void
  }): Promise<Listener> {
    const { name, host, port } = options
    const server = createServer({ noDelay: true })
    const listener = new Listener(server, options.limits, options.clock)
    server.on('connection', socket => {
      socket.on('error', () => {})
      if (!listener.#admit(socket)) socket.destroy()
      else options.accept(socket)
    })
    try {
      await listen(server, { host, port })
    } catch (error) {
      throw listenError(error as NodeJS.ErrnoException, name, host, port)
    }
    return listener
  }

  get address(): Endpoint {
    return endpointOf(this.#server)
  }

  /** Open connections: the address here, and the far end. */
  peers(): { local: string; address: string; port: number }[] {
    return [...this.#sockets].map(({ localAddress = '', remoteAddress = '', remotePort = 0 }) => ({
      local: localAddress,
      address: remoteAddress,
      port: remotePort,
    }))
  }

  /** Stops listening. Sessions that are open stay, unless all is to end. */
  close(everything: boolean): Promise<void> {
    if (everything) for (const socket of this.#sockets) socket.destroy()
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    // The port is free at once; the callback waits for the connections.
    return everything ? closed : Promise.resolve()
  }

  #admit(socket: Socket): boolean {
    const minute = Math.floor(this.#clock.monotonic() / 60_000)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#inMinute = 0
    }
    if (++this.#inMinute > this.limits.rateLimit || this.#sockets.size >= this.limits.connectionLimit) return false
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    return true
  }
}

function listenError(error: NodeJS.ErrnoException, name: string, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new HangarError('HGR_PORT_IN_USE', `${name}: port ${port} on ${host} is in use`, { cause: error })
  if (error.code === 'EACCES')
    return new HangarError('HGR_PORT_IN_USE', `${name}: no permission to listen on port ${port}`, { cause: error })
  return new HangarError('HGR_PORT_IN_USE', `${name}: cannot listen on ${host} port ${port}: ${error.message}`, {
    cause: error,
  })
}
