import { Code, ConnectError } from '@connectrpc/connect'
import { type Logger, messageOf, type Random } from '@hangar/runtime'
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core'
import { unavailable } from '../rpc/errors.ts'
import { BulkLane } from './bulk.ts'
import { Assembler, AssemblyBudget, cut, maxMessageSize } from './fragments.ts'
import { FrameType } from './frame.ts'

/** A frame that came, or `undefined` when the server says that nobody hears the subject that the answer was asked of. */
export type Receiver = (frame: Uint8Array | undefined) => void
export type FrameListener = (frame: Uint8Array, subject: string, reply: string | undefined) => void

interface Leaving {
  readonly subject: string
  readonly frame: Uint8Array
  readonly reply: string | undefined
}

const largestPiece = 128 * 1024
const burst = 2 * largestPiece
const earlyLimit = 10_000
const always = () => true

/** One end's connection to NATS: frames of any size out and in, its inbox, and whether the server is there. */
export class Link {
  readonly inbox: string
  /** How often the connection was lost. */
  epoch = 0
  readonly #connection: NatsConnection
  readonly #log: Logger
  readonly #piece: number
  readonly #bulk: BulkLane
  readonly #budget = new AssemblyBudget()
  readonly #inboxAssembler = new Assembler(this.#budget)
  readonly #assemblers = new Set([this.#inboxAssembler])
  readonly #receivers = new Map<string, Receiver>()
  /** Frames of this turn of the event loop: they leave at its end, in one write, as a write costs more than a frame. */
  #leaving: Leaving[] = []
  readonly #onDown = new Set<(error: ConnectError) => void>()
  readonly #onUp = new Set<() => void>()
  #connected = true
  // Messages that came before this end was told that the server is back: they wait until it may answer.
  #early: (() => void)[] = []
  #closed = false
  #token = 0
  #fragmentId: bigint

  constructor(connection: NatsConnection, options: { inbox: string; random: Random; log: Logger }) {
    this.#connection = connection
    this.#log = options.log
    this.inbox = options.inbox
    this.#fragmentId = BigInt(`0x${options.random.hex(4)}`) << 32n
    const maxPayload = connection.info?.max_payload ?? 1024 * 1024
    this.#piece = Math.min(largestPiece, maxPayload)
    this.#bulk = new BulkLane({
      publish: (subject, frame, reply) => this.#publish(subject, frame, reply),
      flush: () => this.#flush(),
      burst,
    })
    this.#subscribe(`${this.inbox}>`, message => this.#onInbox(message))
    void this.#followStatus()
  }

  /** The largest frame that travels whole, in bytes. */
  get piece(): number {
    return this.#piece
  }

  get connected(): boolean {
    return this.#connected
  }

  /** Runs when the server is lost: whatever was on its way is lost. The first that asked runs first. */
  onDown(listener: (error: ConnectError) => void): void {
    this.#onDown.add(listener)
  }

  /** Runs when the server is there again, before anybody else can send. The first that asked runs first. Gives a function that ends it. */
  onUp(listener: () => void): () => void {
    this.#onUp.add(listener)
    return () => this.#onUp.delete(listener)
  }

  /** A part of the inbox, for one call. */
  receive(receiver: Receiver): string {
    this.#token += 1
    const token = this.#token.toString(36)
    this.#receivers.set(token, receiver)
    return token
  }

  /** The part of the inbox with this name. */
  receiveAs(token: string, receiver: Receiver): void {
    this.#receivers.set(token, receiver)
  }

  release(token: string): void {
    this.#receivers.delete(token)
  }

  /**
   * Sends a frame of any size, which is not to be changed any more. A small one leaves before this turn of the event loop ends; for a large
   * one it gives a promise. Throws, or rejects with, a ConnectError.
   */
  send(subject: string, frame: Uint8Array, reply?: string, wanted: () => boolean = always): Promise<void> | undefined {
    if (!this.#connected) throw this.lost()
    if (frame.length <= this.#piece) {
      this.#publish(subject, frame, reply)
      return undefined
    }
    if (frame.length > maxMessageSize) {
      throw new ConnectError(
        `a message of ${frame.length} bytes is larger than ${maxMessageSize}`,
        Code.ResourceExhausted,
      )
    }
    this.#fragmentId += 1n
    return this.#bulk.send(subject, cut(frame, this.#fragmentId, this.#piece), reply, wanted)
  }

  /** Sends a frame that nobody waits for, if the server is there. */
  tell(subject: string, frame: Uint8Array, reply?: string): void {
    if (!this.#connected) return
    const dropped = (error: unknown) => this.#log.debug({ subject, error: messageOf(error) }, 'a frame was not sent')
    try {
      this.send(subject, frame, reply)?.catch(dropped)
    } catch (error) {
      dropped(error)
    }
  }

  /** Frames that come on a subject, whole. */
  subscribe(subject: string, listener: FrameListener): { unsubscribe(): void } {
    const assembler = new Assembler(this.#budget)
    this.#assemblers.add(assembler)
    const subscription = this.#subscribe(subject, message => {
      const frame = this.#whole(assembler, message.data)
      if (frame) listener(frame, message.subject, message.reply || undefined)
    })
    return {
      unsubscribe: () => {
        subscription.unsubscribe()
        assembler.clear()
        this.#assemblers.delete(assembler)
      },
    }
  }

  /** Resolves when the server has taken all that was sent. */
  async flush(): Promise<void> {
    try {
      await this.#flush()
    } catch (error) {
      throw new ConnectError(messageOf(error), Code.Unavailable, undefined, undefined, error)
    }
  }

  /** Lets go of frames that stopped coming. To be called once a heartbeat. */
  tick(): void {
    for (const assembler of this.#assemblers) assembler.tick(10)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#connected = false
    this.#bulk.fail(this.lost())
    this.#depart()
    await this.#connection.close()
  }

  lost(): ConnectError {
    return unavailable('bus', this.#closed ? 'this daemon left it' : 'the NATS server is not reachable')
  }

  #publish(subject: string, frame: Uint8Array, reply: string | undefined): void {
    if (this.#leaving.push({ subject, frame, reply }) === 1) setImmediate(() => this.#depart())
  }

  #depart(): void {
    try {
      for (const { subject, frame, reply } of this.#leaving.splice(0))
        this.#connection.publish(subject, frame, reply === undefined ? undefined : { reply })
    } catch (error) {
      this.#log.debug({ error: messageOf(error) }, 'frames were not sent')
    }
  }

  #flush(): Promise<void> {
    this.#depart()
    return this.#connection.flush()
  }

  // A callback that throws would end the connection's reader: nothing that came from outside may do that.
  #subscribe(subject: string, listener: (message: Msg) => void): Subscription {
    return this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (this.#connected) this.#hear(subject, listener, error, message)
        else if (this.#early.length < earlyLimit) this.#early.push(() => this.#hear(subject, listener, error, message))
      },
    })
  }

  #hear(subject: string, listener: (message: Msg) => void, error: Error | null, message: Msg): void {
    try {
      if (error) throw error
      listener(message)
    } catch (error) {
      this.#log.debug({ subject, error: messageOf(error) }, 'a frame was dropped')
    }
  }

  #onInbox(message: Msg): void {
    const { data } = message
    const receiver = this.#receivers.get(message.subject.slice(this.inbox.length))
    if (!receiver) return
    if (data.length === 0) {
      if (message.headers?.code === 503) receiver(undefined)
      return
    }
    const frame = this.#whole(this.#inboxAssembler, data)
    if (frame) receiver(frame)
  }

  #whole(assembler: Assembler, data: Uint8Array): Uint8Array | undefined {
    if (data.length === 0) return undefined
    return data[0] === FrameType.fragment ? assembler.add(data) : data
  }

  async #followStatus(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (this.#closed) return
      if (status.type === 'disconnect') this.#down()
      else if (status.type === 'reconnect') this.#up()
      else if (status.type === 'error') this.#log.warn({ error: messageOf(status.error) }, 'NATS reports an error')
    }
    if (!this.#closed) this.#down()
  }

  #down(): void {
    if (!this.#connected) return
    this.#connected = false
    this.#early = []
    this.#leaving = []
    this.epoch += 1
    const error = this.lost()
    this.#log.warn('the NATS server is not reachable')
    this.#bulk.fail(error)
    for (const assembler of this.#assemblers) assembler.clear()
    for (const listener of this.#onDown) listener(error)
  }

  #up(): void {
    if (this.#connected) return
    this.#connected = true
    this.#log.info('the NATS server is reachable again')
    for (const listener of this.#onUp) listener()
    for (const hear of this.#early.splice(0)) hear()
  }
}
