import type { Problem } from '@hangar/daemon'
import { type Endpoint, type Logger, listenFault, messageOf } from '@hangar/runtime'
import { readIdentity } from '../configuration/certificate.ts'
import { grpcPath, type ListenerSettings, type Settings } from '../configuration/settings.ts'
import { GrpcServer, type GrpcServerOptions } from '../transport/grpc-server.ts'
import type { Connections } from './connections.ts'
import { Listener } from './listener.ts'

export interface FrontOptions {
  host: string
  /** In place of the configured port; 0: any free one. */
  port: number | undefined
  connections: Connections
  log: Logger
  onCall: GrpcServerOptions['onCall']
  /** Where it really listens, after each change; undefined: nowhere. */
  onListening(endpoint: Endpoint | undefined): void
}

/** The one listener of the device's JET port, kept as the configuration says. */
export class Front {
  readonly #options: FrontOptions
  #settings: ListenerSettings | undefined
  #listener: Listener | undefined
  #keepAlive: number | undefined
  #server: GrpcServer | undefined

  constructor(options: FrontOptions) {
    this.#options = options
  }

  /** As it is configured; undefined when it is not. */
  get settings(): ListenerSettings | undefined {
    return this.#settings
  }

  get listening(): boolean {
    return this.#listener !== undefined
  }

  /**
   * Makes it listen as configured. What did not change is not touched; what must listen anew ends its sessions. A listener
   * that could not be opened is tried again each time.
   */
  async apply({ listener: next, keepAlive }: Settings): Promise<Problem[]> {
    const before = this.#settings
    this.#settings = next
    if (this.#keepAlive !== keepAlive || !this.#server) {
      // Connections that stand keep the pings that they began with.
      this.#keepAlive = keepAlive
      this.#server = new GrpcServer({ keepAlive: pingPeriod(keepAlive), onCall: this.#options.onCall })
    }
    if (this.#listener && before && next && this.#sameSocket(before, next)) {
      return sameCertificates(before, next) ? [] : replaceCertificates(this.#listener, next)
    }
    await this.close()
    return next ? this.#open(next) : []
  }

  /** Stops listening and ends the sessions. */
  async close(): Promise<void> {
    const listener = this.#listener
    if (!listener) return
    this.#listener = undefined
    await listener.close()
    this.#options.log.info('no longer listening')
    this.#options.onListening(undefined)
  }

  async #open(settings: ListenerSettings): Promise<Problem[]> {
    const { host, connections, log, onListening } = this.#options
    const port = this.#options.port ?? settings.port
    try {
      this.#listener = await Listener.open({
        host,
        port,
        tls: settings.type === 'ssl' ? settings.certificates.map(readIdentity) : undefined,
        admit: (socket, enter) => connections.admit(socket, this.#settings?.address ?? settings.address, enter),
        serve: socket => this.#server?.serve(socket),
      })
    } catch (error) {
      // Whoever commits is told; what is said here is for whoever looks for the cause.
      log.info({ host, port, error: messageOf(error) }, 'cannot listen')
      const message = `cannot listen on port ${port}: ${listenFault(error)}`
      return [{ path: [...grpcPath, settings.type], element: `port ${settings.port}`, message }]
    }
    if (settings.mutualAuthentication) log.warn('mutual-authentication: client certificates are not asked for yet')
    log.info({ ...this.#listener.endpoint, type: settings.type }, 'listening')
    onListening(this.#listener.endpoint)
    return []
  }

  /** Whether the socket that listens under one serves the other as well. */
  #sameSocket(one: ListenerSettings, other: ListenerSettings): boolean {
    if (one.type !== other.type) return false
    if (this.#options.port === undefined && one.port !== other.port) return false
    // Without hot-reloading, a router drops all sessions when a certificate changes.
    return other.hotReloading || sameCertificates(one, other)
  }
}

/** A certificate that does not do leaves the old one in place. */
function replaceCertificates(listener: Listener, { type, certificates }: ListenerSettings): Problem[] {
  try {
    listener.replaceIdentities(certificates.map(readIdentity))
    return []
  } catch (error) {
    const message = `cannot take the new certificate: ${messageOf(error)}`
    return [{ path: [...grpcPath, type], element: 'local-certificate', message }]
  }
}

function sameCertificates(one: ListenerSettings, other: ListenerSettings): boolean {
  return one.certificates.join() === other.certificates.join()
}

/** ms; what no timer can count is no ping at all. */
function pingPeriod(seconds: number): number | undefined {
  return seconds === 0 || seconds * 1000 >= 2 ** 31 ? undefined : seconds * 1000
}
