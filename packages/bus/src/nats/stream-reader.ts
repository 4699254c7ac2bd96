import { type DescMessage, fromBinary, type Message } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { Channel } from '../rpc/channel.ts'
import { costOf, streamWindow } from './credit.ts'
import { maxMessageSize } from './fragments.ts'
import { decodeMessages, decodeNumbered } from './frame.ts'

/** The messages that one end reads. Gives credit back as they are taken. */
export class StreamReader {
  readonly messages: Channel<Message>
  readonly #schema: DescMessage
  readonly #grant: (bytes: number) => void
  #next = 0
  #held = 0
  #taken = 0
  #costs: number[] = []

  constructor(schema: DescMessage, events: { grant(bytes: number): void; stopped(): void }) {
    this.#schema = schema
    this.#grant = events.grant
    this.messages = new Channel({
      capacity: Number.POSITIVE_INFINITY,
      onCancel: events.stopped,
      onTake: () => this.#take(),
    })
  }

  /** Bytes that wait for the reader, as the window counts them. */
  get held(): number {
    return this.#held
  }

  frame(frame: Uint8Array): void {
    const { number, payload } = decodeNumbered(frame)
    this.#expect(number)
    for (const message of decodeMessages(payload)) this.#message(message)
  }

  #message(payload: Uint8Array): void {
    const cost = costOf(payload.length)
    this.#held += cost
    if (this.#held > streamWindow + maxMessageSize) {
      throw new ConnectError('the peer sends more than it was allowed to', Code.ResourceExhausted)
    }
    this.#costs.push(cost)
    this.messages.push(fromBinary(this.#schema, payload))
  }

  /** The payload of an end or a failure, when it is the frame that comes next. */
  last(frame: Uint8Array): Uint8Array {
    const { number, payload } = decodeNumbered(frame)
    this.#expect(number)
    return payload
  }

  #expect(number: number): void {
    if (number !== this.#next) throw new ConnectError('a part of the stream was lost', Code.Unavailable)
    this.#next = (this.#next + 1) >>> 0
  }

  #take(): void {
    const cost = this.#costs.shift() ?? 0
    this.#held -= cost
    this.#taken += cost
    if (this.#taken < streamWindow / 4 || this.messages.ended) return
    this.#grant(this.#taken)
    this.#taken = 0
  }
}

/** What a stream ends with whose frames break the rules. */
export function brokenStream(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error
  return new ConnectError('a frame of the stream could not be read', Code.Internal, undefined, undefined, error)
}
