import { createHash, timingSafeEqual } from 'node:crypto'
import type { Endpoint, Random } from '@hangar/runtime'
import type { Broker } from '../broker/broker.ts'
import type { Entrance } from '../broker/entrance.ts'
import { Listener } from '../notification/listener.ts'

export interface DoorCredentials {
  username: string
  password: string
}

/**
 * The listener that only daemons of this device know the credentials of: eventd publishes through it. allow-clients and
 * max-connections are not for it, it is there without any configuration, and what happens on it is not logged.
 */
export class PublisherDoor implements Entrance {
  readonly endpoint: Endpoint
  readonly credentials: DoorCredentials
  readonly sendBuffer = 0
  readonly #random: Random
  readonly #listener: Listener

  static async open(options: {
    host: string
    port: number
    random: Random
    broker(): Promise<Broker>
  }): Promise<PublisherDoor> {
    let door: PublisherDoor | undefined
    const listener = await Listener.open(options.host, options.port, socket => {
      socket.on('error', () => socket.destroy())
      options.broker().then(
        broker => door && broker.accept(socket, door),
        () => socket.destroy(),
      )
    })
    door = new PublisherDoor(listener, options.random)
    return door
  }

  private constructor(listener: Listener, random: Random) {
    this.#listener = listener
    this.#random = random
    this.endpoint = listener.endpoint
    this.credentials = { username: `eventd-${random.hex(8)}`, password: random.hex(16) }
  }

  get port(): number {
    return this.endpoint.port
  }

  refusal(): undefined {
    return undefined
  }

  authenticate(username: string | undefined, password: Uint8Array | undefined): boolean {
    return same(username ?? '', this.credentials.username) && same(password ?? '', this.credentials.password)
  }

  clientId(): string {
    return `eventd-${this.#random.hex(16)}`
  }

  log(): void {}

  close(): void {
    this.#listener.close()
  }
}

/** Compares without saying by its time how much of it was right. */
function same(given: string | Uint8Array, wanted: string): boolean {
  const digest = (value: string | Uint8Array) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
