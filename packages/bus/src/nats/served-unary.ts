import { fromBinary, type Message } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import type { CallContext } from '../rpc/context.ts'
import { toConnectError } from '../rpc/errors.ts'
import { invokeUnary } from '../rpc/invoke.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'
import { encodeMetadata } from './failure.ts'
import { maxMessageSize } from './fragments.ts'
import { encodeCall, FrameType } from './frame.ts'
import { encodeMessage } from './message-bytes.ts'
import { answerWith, contextOf, type IncomingCall, refuse } from './served-call.ts'

/** A unary call, seen from its server. */
export class ServedUnary implements PendingCall {
  readonly #call: IncomingCall
  readonly #context: CallContext
  readonly #lease: Lease
  #over = false

  constructor(call: IncomingCall) {
    this.#call = call
    this.#context = contextOf(call)
    this.#lease = new Lease(this, call.owners, undefined)
    this.#lease.watch(call.clock, call.frame.timeoutMs)
    if (!this.#over) void this.#run()
  }

  /** The caller gave up, or is gone. Nobody waits for an answer. */
  fail(error: ConnectError): void {
    this.#context.abort(error)
    this.#finish()
  }

  async #run(): Promise<void> {
    const { spec, frame } = this.#call
    try {
      const answer = await invokeUnary(spec, decodeRequest(spec.method.input, frame.payload), this.#context)
      if (this.#over) return
      const { givenHeader, givenTrailer } = this.#context
      const metadata = givenHeader || givenTrailer ? encodeMetadata(givenHeader, givenTrailer) : undefined
      const payload = encodeMessage(spec.method.output, answer)
      if (payload.length > maxMessageSize) {
        throw new ConnectError(`the answer has ${payload.length} bytes`, Code.ResourceExhausted)
      }
      void answerWith(this.#call, encodeCall(FrameType.answer, payload, undefined, metadata))
    } catch (error) {
      if (!this.#over) refuse(this.#call, toConnectError(error))
    }
    this.#finish()
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    this.#lease.release()
    this.#call.onOver()
  }
}

/** Throws Code.InvalidArgument. */
export function decodeRequest(schema: Parameters<typeof fromBinary>[0], payload: Uint8Array): Message {
  try {
    return fromBinary(schema, payload)
  } catch (error) {
    throw new ConnectError('the request could not be read', Code.InvalidArgument, undefined, undefined, error)
  }
}
