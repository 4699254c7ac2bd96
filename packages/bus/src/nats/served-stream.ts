import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf'
import type { ConnectError } from '@connectrpc/connect'
import type { CallContext } from '../rpc/context.ts'
import { canceled, toConnectError } from '../rpc/errors.ts'
import { invokeServerStream, invokeStream } from '../rpc/invoke.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'
import { encodeFailure, encodeMetadata } from './failure.ts'
import { decodeNumbered, encodeAccept, encodeNumbered, encodePlain, FrameType } from './frame.ts'
import { contextOf, type IncomingCall } from './served-call.ts'
import { decodeRequest } from './served-unary.ts'
import { brokenStream, StreamReader } from './stream-reader.ts'
import { StreamWriter } from './stream-writer.ts'

/** A stream, seen from its server. */
export class ServedStream implements PendingCall {
  readonly #call: IncomingCall
  readonly #context: CallContext
  readonly #lease: Lease
  readonly #token: string
  readonly #reader: StreamReader
  readonly #writer: StreamWriter
  #over = false

  constructor(call: IncomingCall) {
    this.#call = call
    const { link, spec, frame, reply } = call
    this.#context = contextOf(call)
    this.#reader = new StreamReader(spec.method.input, {
      grant: bytes => this.#tell(encodeNumbered(FrameType.credit, bytes)),
      stopped: () => this.#tell(encodeNumbered(FrameType.stop, 0)),
    })
    this.#writer = new StreamWriter(link, spec.method.output)
    this.#writer.peer = reply
    this.#token = link.receive(frame => frame && this.#receive(frame))
    this.#lease = new Lease(this, call.owners, undefined)
    this.#tell(encodeAccept(link.epoch, link.inbox + this.#token))
    this.#lease.watch(call.clock, frame.timeoutMs)
    if (!this.#over) void this.#run()
  }

  /** The caller gave up, or is gone. */
  fail(error: ConnectError): void {
    if (this.#over) return
    this.#context.abort(error)
    this.#finish(error)
  }

  async #run(): Promise<void> {
    try {
      await this.#writer.write(this.#start(), () => this.#sendHeader())
      if (this.#over) return
      const { givenHeader, givenTrailer } = this.#context
      const trailer = givenTrailer ? encodeMetadata(undefined, givenTrailer) : undefined
      if (givenHeader) this.#sendHeader()
      await this.#writer.end(FrameType.end, trailer)
    } catch (error) {
      if (!this.#over) await this.#writer.end(FrameType.streamFailure, encodeFailure(toConnectError(error)))
    }
    this.#context.finish()
    this.#finish(canceled())
  }

  #start(): AsyncIterable<MessageInitShape<DescMessage>> {
    const { spec, frame } = this.#call
    if (spec.kind === 'server_streaming') {
      return invokeServerStream(spec, decodeRequest(spec.method.input, frame.payload), this.#context)
    }
    return invokeStream(spec, this.#reader.messages, this.#context)
  }

  #headerSent = false

  #sendHeader(): void {
    if (this.#headerSent) return
    this.#headerSent = true
    const metadata = this.#context.givenHeader && encodeMetadata(this.#context.givenHeader)
    if (metadata) this.#tell(encodePlain(FrameType.header, metadata))
  }

  #receive(frame: Uint8Array): void {
    try {
      this.#take(frame)
    } catch (error) {
      const broken = brokenStream(error)
      this.#tell(encodePlain(FrameType.failure, encodeFailure(broken)))
      this.fail(broken)
    }
  }

  #take(frame: Uint8Array): void {
    switch (frame[0]) {
      case FrameType.message:
        this.#reader.frame(frame)
        return
      case FrameType.credit:
        this.#writer.grant(decodeNumbered(frame).number)
        return
      case FrameType.end:
        this.#reader.last(frame)
        this.#reader.messages.end()
        return
    }
  }

  #tell(frame: Uint8Array): void {
    if (!this.#over) this.#call.link.tell(this.#call.reply, frame)
  }

  #finish(error: ConnectError): void {
    if (this.#over) return
    this.#over = true
    this.#call.link.release(this.#token)
    this.#lease.release()
    this.#reader.messages.fail(error)
    this.#writer.close()
    this.#call.onOver()
  }
}
