import { type Cancel, type Clock, type Logger, messageOf } from '@hangar/runtime'
import type { MqttLink, PublisherEndpoint } from './mqtt-link.ts'
import { Outbox } from './outbox.ts'

export interface EventPublisherOptions {
  clock: Clock
  log: Logger
  /** Asks the broker where to connect; rejects while it is away. */
  endpoint(): Promise<PublisherEndpoint>
  /** Hears of messages that did not fit while the broker was away. */
  onDropped?(count: number): void
  /** The broker has acknowledged something. */
  onAcknowledged?(): void
}

/** Unacknowledged messages that are kept while the broker is away. */
const keep = { messages: 10_000, bytes: 16 * 1024 * 1024 }
/** Unacknowledged messages beyond which the broker does not keep up. Few, so that what is urgent never waits behind many. */
const ahead = { messages: 256, bytes: 1024 * 1024 }
/** A message that the broker would close the connection for, bytes. */
const largest = 200 * 1024
const firstWait = 50
const longestWait = 2000

/**
 * Publishes with QoS 1 and without retain, in order, over a connection that it makes when there is something to say and
 * makes again when it is lost; what was not acknowledged is then sent again.
 */
export class EventPublisher {
  readonly #options: EventPublisherOptions
  readonly #outbox = new Outbox(keep)
  #link: MqttLink | undefined
  #connecting = false
  #closed = false
  #wait = firstWait
  #cancelRetry: Cancel = () => {}

  constructor(options: EventPublisherOptions) {
    this.#options = options
  }

  /** Whether the broker keeps up: who has much to publish waits while it does not. */
  get keepsUp(): boolean {
    return this.#outbox.size < ahead.messages && this.#outbox.bytes < ahead.bytes
  }

  publish(topic: string, payload: string): void {
    if (this.#closed) return
    const bytes = Buffer.from(payload)
    if (bytes.length + Buffer.byteLength(topic) > largest) {
      this.#options.log.warn({ bytes: bytes.length }, 'an event is too large to be published')
      this.#options.onDropped?.(1)
      return
    }
    const { message, dropped } = this.#outbox.add(topic, bytes)
    if (dropped > 0) this.#options.onDropped?.(dropped)
    if (this.#link) this.#link.send(message)
    else this.connect()
  }

  /** Connects ahead of the first message, or without waiting for the next try. */
  connect(): void {
    if (this.#link || this.#connecting || this.#closed) return
    this.#cancelRetry()
    this.#connecting = true
    this.#open().then(
      () => {
        this.#connecting = false
        this.#wait = firstWait
      },
      error => {
        this.#connecting = false
        this.#options.log.debug({ error: messageOf(error) }, 'no connection to the broker, trying again')
        this.#retry()
      },
    )
  }

  close(): void {
    this.#closed = true
    this.#cancelRetry()
    this.#link?.close()
  }

  async #open(): Promise<void> {
    // Loaded when something is to be published: a device that nobody subscribes to needs none of it.
    const [{ MqttLink }, endpoint] = await Promise.all([import('./mqtt-link.ts'), this.#options.endpoint()])
    const link = await MqttLink.open(endpoint, this.#options.clock, {
      onAcknowledged: id => {
        this.#outbox.acknowledge(id)
        this.#options.onAcknowledged?.()
      },
      onClosed: () => {
        this.#link = undefined
        if (this.#outbox.size > 0) this.#retry()
      },
    })
    if (this.#closed) {
      link.close()
      return
    }
    this.#link = link
    for (const message of this.#outbox) link.send(message)
  }

  #retry(): void {
    if (this.#closed) return
    this.#cancelRetry = this.#options.clock.after(this.#wait, () => this.connect())
    this.#wait = Math.min(this.#wait * 2, longestWait)
  }
}
