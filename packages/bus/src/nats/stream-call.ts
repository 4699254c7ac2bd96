import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf'
import { Code, type ConnectError } from '@connectrpc/connect'
import { canceled, toConnectError, unavailable } from '../rpc/errors.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'
import type { ResponseStream } from '../rpc/transport.ts'
import { decodeFailure, decodeMetadata, encodeFailure, encodeMetadata } from './failure.ts'
import { decodeAccept, decodeNumbered, encodeCall, encodeNumbered, encodePlain, FrameType } from './frame.ts'
import { type MessageBytes, noMessage } from './message-bytes.ts'
import { brokenStream, StreamReader } from './stream-reader.ts'
import { StreamWriter } from './stream-writer.ts'
import type { OutgoingCall } from './unary-call.ts'

const nothing = new Uint8Array(0)

/** A stream, seen from its caller. */
export class NatsStreamCall implements PendingCall {
  readonly #call: OutgoingCall
  readonly #lease: Lease
  readonly #token: string
  readonly #reader: StreamReader
  readonly #writer: StreamWriter
  #peer: string | undefined
  #peerEpoch: number | undefined
  #headerGiven = false
  #over = false

  /** `single`: the request, encoded, of a stream that has just one. */
  constructor(
    call: OutgoingCall,
    requests: { single: MessageBytes } | { many: AsyncIterable<MessageInitShape<DescMessage>> },
  ) {
    this.#call = call
    this.#reader = new StreamReader(call.method.output, {
      grant: bytes => this.#tell(FrameType.credit, bytes),
      stopped: () => this.fail(canceled()),
    })
    this.#writer = new StreamWriter(call.link, call.method.input)
    this.#token = call.link.receive(frame => this.#receive(frame))
    this.#lease = new Lease(this, call.owners, call.options?.signal)
    this.#lease.watch(call.clock, call.options?.timeoutMs)
    if (this.#over) return
    this.#open('single' in requests ? requests.single : noMessage)
    if ('many' in requests) void this.#write(requests.many)
  }

  get responses(): ResponseStream {
    return this.#reader.messages
  }

  get peerEpoch(): number | undefined {
    return this.#peerEpoch
  }

  fail(error: ConnectError): void {
    if (this.#over) return
    if (error.code !== Code.Unavailable) {
      const { link, subject } = this.#call
      link.tell(subject, encodePlain(FrameType.cancel, encodeFailure(error)), link.inbox + this.#token)
    }
    this.#reader.messages.fail(error)
    this.#finish()
  }

  #open(single: MessageBytes): void {
    const { link, subject, options } = this.#call
    try {
      const metadata = options?.headers ? encodeMetadata(new Headers(options.headers)) : undefined
      const frame = encodeCall(FrameType.open, single, options?.timeoutMs, metadata)
      const sent = link.send(subject, frame, link.inbox + this.#token, () => !this.#over)
      sent?.catch((error: ConnectError) => this.fail(error))
    } catch (error) {
      this.fail(toConnectError(error))
    }
  }

  async #write(requests: AsyncIterable<MessageInitShape<DescMessage>>): Promise<void> {
    try {
      await this.#writer.write(requests)
      await this.#writer.end(FrameType.end)
    } catch (error) {
      // The caller's own source failed: the call cannot go on.
      this.fail(toConnectError(error))
    }
  }

  #receive(frame: Uint8Array | undefined): void {
    if (this.#over) return
    try {
      if (frame) {
        this.#take(frame)
        return
      }
      this.#call.onAbsent()
      this.fail(unavailable(this.#call.daemon, 'is not there'))
    } catch (error) {
      this.fail(brokenStream(error))
    }
  }

  #take(frame: Uint8Array): void {
    switch (frame[0]) {
      case FrameType.accept: {
        const { epoch, subject } = decodeAccept(frame)
        this.#peerEpoch = epoch
        this.#peer = subject
        this.#writer.peer = subject
        return
      }
      case FrameType.header:
        this.#giveHeader(frame.subarray(1))
        return
      case FrameType.message:
        if (!this.#headerGiven) this.#giveHeader(nothing)
        this.#reader.frame(frame)
        return
      case FrameType.credit:
        this.#writer.grant(decodeNumbered(frame).number)
        return
      case FrameType.stop:
        this.#writer.close()
        return
      case FrameType.end:
        this.#end(this.#reader.last(frame))
        return
      case FrameType.streamFailure: {
        const failure = decodeFailure(this.#reader.last(frame))
        this.#reader.messages.end(failure)
        this.#finish()
        return
      }
      case FrameType.failure:
        this.#reader.messages.end(decodeFailure(frame.subarray(1)))
        this.#finish()
        return
    }
  }

  #end(metadata: Uint8Array): void {
    if (!this.#headerGiven) this.#giveHeader(nothing)
    this.#call.options?.onTrailer?.(decodeMetadata(metadata).trailer)
    this.#reader.messages.end()
    this.#finish()
  }

  #giveHeader(metadata: Uint8Array): void {
    this.#headerGiven = true
    this.#call.options?.onHeader?.(decodeMetadata(metadata).header)
  }

  #tell(type: number, number: number): void {
    if (!this.#over && this.#peer) this.#call.link.tell(this.#peer, encodeNumbered(type, number))
  }

  #finish(): void {
    this.#over = true
    this.#call.link.release(this.#token)
    this.#lease.release()
    this.#writer.close()
  }
}
