import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf'
import { asMessage } from '../rpc/invoke.ts'
import { costOf, streamWindow } from './credit.ts'
import { encodeMessages, encodeNumbered } from './frame.ts'
import type { Link } from './link.ts'
import { encodeMessage, type MessageBytes } from './message-bytes.ts'

/** Bytes that leave together at most, unless one message is larger. It is never cut into pieces. */
const batchLimit = 32 * 1024

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
  #batch: MessageBytes[] = []
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
      await this.#send(encodeMessage(this.#schema, asMessage(this.#schema, result.value)))
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

  #send(payload: MessageBytes): Promise<void> | undefined {
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
    const frame = encodeMessages(this.#next, this.#batch, this.#batchSize)
    this.#batch = []
    this.#batchSize = 0
    this.#next = (this.#next + 1) >>> 0
    return this.#link.send(this.#peer!, frame, undefined, () => !this.#over)
  }

  #flushLater(): void {
    if (this.#over) return
    try {
      this.#flush()?.catch(() => {})
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
