import { type DescMessage, fromBinary, type Message, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { ConnectError } from '@connectrpc/connect'
import { Code, ConnectError as Failure } from '@connectrpc/connect'
import { Channel } from '../rpc/channel.ts'
import { asMessage } from '../rpc/invoke.ts'
import { maxMessageSize } from './fragments.ts'
import { decodeMessages, decodeNumbered, encodeMessages, encodeNumbered, FrameType } from './frame.ts'
import type { Link } from './link.ts'

/** Bytes that a writer may send before its reader has taken any. A message counts as `leastCost` at least. */
export const streamWindow = 1024 * 1024
/** Bytes that leave together at most, unless one message is larger. It is never cut into pieces. */
const batchLimit = 32 * 1024
/** So that a window is at most 256 messages. */
export const leastCost = 4096

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
      throw new Failure('the peer sends more than it was allowed to', Code.ResourceExhausted)
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
    if (number !== this.#next) throw new Failure('a part of the stream was lost', Code.Unavailable)
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

/** The messages that one end writes, no faster than the other end gives credit. */
export class StreamWriter {
  readonly #link: Link
  readonly #schema: DescMessage
  #peer: string | undefined
  #next = 0
  #credit = streamWindow
  #over = false
  #wake: (() => void) | undefined
  #stop = () => {}
  // Messages that leave together in the next frame.
  #batch: Uint8Array[] = []
  #batchSize = 0
  readonly #batchLimit: number

  constructor(link: Link, schema: DescMessage) {
    this.#link = link
    this.#schema = schema
    this.#batchLimit = Math.min(batchLimit, link.piece / 2)
  }

  /** Where the frames go. Nothing is written before this is known. */
  set peer(subject: string) {
    this.#peer = subject
    this.#wakeUp()
  }

  grant(bytes: number): void {
    this.#credit = Math.min(this.#credit + bytes, streamWindow)
    this.#wakeUp()
  }

  /** Nobody reads any more: the source is stopped. */
  close(): void {
    if (this.#over) return
    this.#over = true
    this.#stop()
    this.#wakeUp()
  }

  /** Resolves when the source is done or the writer was closed; rejects with what the source or the sending threw. */
  async write(source: AsyncIterable<MessageInitShape<DescMessage>>, onFirst?: () => void): Promise<void> {
    const iterator = source[Symbol.asyncIterator]()
    // A source that fails while it is being stopped has nobody left to tell.
    this.#stop = () => void iterator.return?.().then(undefined, () => {})
    if (this.#over) return this.#stop()
    for (;;) {
      const result = await iterator.next()
      if (result.done) {
        this.#stop = () => {}
        return
      }
      if (this.#over) return
      onFirst?.()
      onFirst = undefined
      while (!this.#over && (this.#peer === undefined || this.#credit <= 0)) {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
      if (this.#over) return
      await this.#send(toBinary(this.#schema, asMessage(this.#schema, result.value)))
    }
  }

  /** Sends the frame that ends the stream. */
  async end(type: number, payload?: Uint8Array): Promise<void> {
    while (!this.#over && this.#peer === undefined) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    if (this.#over) return
    await this.#flush()
    this.#over = true
    this.#stop()
    this.#link.tell(this.#peer!, encodeNumbered(type, this.#next, payload))
  }

  #send(payload: Uint8Array): Promise<void> | undefined {
    this.#credit -= costOf(payload.length)
    this.#batch.push(payload)
    this.#batchSize += payload.length
    if (this.#batchSize >= this.#batchLimit) return this.#flush()
    // Leaves as soon as the source has nothing more to give in this turn: a burst is one frame, a lone message waits for nobody.
    if (this.#batch.length === 1) process.nextTick(() => this.#flushLater())
    return undefined
  }

  #flush(): Promise<void> | undefined {
    if (this.#batch.length === 0) return undefined
    const frame = encodeNumbered(FrameType.message, this.#next, encodeMessages(this.#batch, this.#batchSize))
    this.#batch = []
    this.#batchSize = 0
    this.#next = (this.#next + 1) >>> 0
    return this.#link.send(this.#peer!, frame, undefined, () => !this.#over)
  }

  #flushLater(): void {
    if (this.#over) return
    try {
      this.#flush()
    } catch {
      // The connection is lost, and this call is being failed with it.
    }
  }

  #wakeUp(): void {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }
}

function costOf(bytes: number): number {
  return Math.max(bytes, leastCost)
}

/** What a stream ends with whose frames break the rules. */
export function brokenStream(error: unknown): ConnectError {
  if (error instanceof Failure) return error
  return new Failure('a frame of the stream could not be read', Code.Internal, undefined, undefined, error)
}
