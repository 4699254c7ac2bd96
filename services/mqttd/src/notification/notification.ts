import type { Socket } from 'node:net'
import type { Clock, Endpoint } from '@hangar/runtime'
import { messageOf } from '@hangar/runtime'
import type { Broker } from '../broker/broker.ts'
import type { Entrance } from '../broker/entrance.ts'
import { Admission, type ResolveName, readAdmission } from './admission.ts'
import { type NotificationConfiguration, notificationDefaults } from './configuration.ts'
import { Listener } from './listener.ts'

export interface NotificationOptions {
  clock: Clock
  /** Address to listen on. */
  host: string
  /** Stands in for the configured port; 0: any free one. */
  port?: number | undefined
  broker(): Promise<Broker>
  resolve: ResolveName
  log(line: string): void
  onListening?: ((endpoint: Endpoint | undefined) => void) | undefined
}

/** The statement takes up to 4 GiB; a device in a container has no such memory for a client that does not read. */
const largestSendBuffer = 16 * 1024 * 1024

/** What host names may take to be looked up while a commit waits, ms. */
const lookupTime = 2000

/** The service's listener, as configured: there while the statement is. */
export class Notification implements Entrance {
  readonly #options: NotificationOptions
  #configuration: NotificationConfiguration = notificationDefaults
  #admission = new Admission([])
  #listener: Listener | undefined
  #broker: Broker | undefined

  constructor(options: NotificationOptions) {
    this.#options = options
  }

  get port(): number {
    return this.#configuration.port
  }

  get sendBuffer(): number {
    return Math.min(this.#configuration.socketSendBuffer, largestSendBuffer)
  }

  get endpoint(): Endpoint | undefined {
    return this.#listener?.endpoint
  }

  /** Makes it so; resolves when the listener is there, or gone. Gives what could not be done, as sentences. */
  async apply(next: NotificationConfiguration | undefined): Promise<string[]> {
    if (!next) {
      this.close()
      return []
    }
    const problems: string[] = []
    const { admission, unknown } = await this.#admissionOf(next)
    for (const name of unknown) problems.push(`allow-clients address ${name}: no address found for this name`)
    const port = this.#options.port ?? next.port
    const moved = this.#options.port === undefined && next.port !== this.#configuration.port
    if (moved) this.close()
    this.#configuration = next
    this.#admission = admission
    this.#broker?.disconnect(one => one.entrance === this && !admission.allows(one.address))
    if (this.#listener) return problems
    try {
      this.#listener = await Listener.open(this.#options.host, port, socket => this.#accept(socket))
      this.#options.onListening?.(this.#listener.endpoint)
    } catch (error) {
      problems.push(messageOf(error))
    }
    return problems
  }

  /** Closes the listener and the sessions that came in through it. */
  close(): void {
    if (this.#listener) this.#options.onListening?.(undefined)
    this.#listener?.close()
    this.#listener = undefined
    this.#broker?.disconnect(one => one.entrance === this)
  }

  refusal(address: string, clientId: string): string | undefined {
    if (!this.#admission.allows(address)) return `Client connection from ${address} denied: not in allow-clients.`
    const connected = new Set<string>()
    for (const one of this.#broker?.clients() ?? []) if (one.entrance === this) connected.add(one.clientId)
    if (connected.size < this.#configuration.maxConnections || connected.has(clientId)) return undefined
    return `Client connection from ${address} denied: max_connections exceeded.`
  }

  authenticate(): boolean {
    return true
  }

  log(line: string): void {
    this.#options.log(line)
  }

  #accept(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    this.#options.broker().then(
      broker => {
        this.#broker = broker
        if (this.#listener) broker.accept(socket, this)
        else socket.destroy()
      },
      () => socket.destroy(),
    )
  }

  async #admissionOf(next: NotificationConfiguration): Promise<{ admission: Admission; unknown: string[] }> {
    const { clock, resolve } = this.#options
    return readAdmission(
      next.allowClients,
      name =>
        new Promise((found, failed) => {
          const cancel = clock.after(lookupTime, () => failed(new Error('took too long')))
          resolve(name).then(found, failed).finally(cancel)
        }),
    )
  }
}
