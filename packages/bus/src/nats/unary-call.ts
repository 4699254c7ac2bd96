import type { DescMethod } from '@bufbuild/protobuf'
import { fromBinary, type Message } from '@bufbuild/protobuf'
import { type CallOptions, Code, ConnectError } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { toConnectError, unavailable } from '../rpc/errors.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'
import { decodeFailure, decodeMetadata, encodeFailure, encodeMetadata } from './failure.ts'
import { decodeCall, encodeCall, encodePlain, FrameType } from './frame.ts'
import type { Link } from './link.ts'
import type { MessageBytes } from './message-bytes.ts'

export interface OutgoingCall {
  link: Link
  clock: Clock
  daemon: string
  subject: string
  method: DescMethod
  options: CallOptions | undefined
  owners: Set<PendingCall>[]
  /** Nobody hears the subject. */
  onAbsent(): void
}

/** A unary call, seen from its caller: one request, one answer. */
export class NatsUnaryCall implements PendingCall {
  readonly answer: Promise<Message>
  readonly #call: OutgoingCall
  readonly #lease: Lease
  readonly #token: string
  readonly #resolve: (answer: Message) => void
  readonly #reject: (error: ConnectError) => void
  #settled = false

  constructor(call: OutgoingCall, request: MessageBytes) {
    this.#call = call
    const { promise, resolve, reject } = Promise.withResolvers<Message>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#token = call.link.receive(frame => this.#receive(frame))
    this.#lease = new Lease(this, call.owners, call.options?.signal)
    this.#lease.watch(call.clock, call.options?.timeoutMs)
    if (!this.#settled) this.#send(request)
  }

  fail(error: ConnectError): void {
    if (!this.#settle()) return
    // The server is told, unless it is gone: its handler's signal is aborted.
    if (error.code !== Code.Unavailable) {
      const { link, subject } = this.#call
      link.tell(subject, encodePlain(FrameType.cancel, encodeFailure(error)), link.inbox + this.#token)
    }
    this.#reject(error)
  }

  #send(request: MessageBytes): void {
    const { link, subject, options } = this.#call
    try {
      const metadata = options?.headers ? encodeMetadata(new Headers(options.headers)) : undefined
      const frame = encodeCall(FrameType.request, request, options?.timeoutMs, metadata)
      const sent = link.send(subject, frame, link.inbox + this.#token, () => !this.#settled)
      sent?.catch((error: ConnectError) => this.#refuse(error))
    } catch (error) {
      this.#refuse(toConnectError(error))
    }
  }

  #receive(frame: Uint8Array | undefined): void {
    if (this.#settled) return
    if (!frame) {
      this.#call.onAbsent()
      this.#refuse(unavailable(this.#call.daemon, 'is not there'))
      return
    }
    try {
      if (frame[0] === FrameType.answer) this.#accept(frame)
      else if (frame[0] === FrameType.failure) this.#refuse(decodeFailure(frame.subarray(1)))
    } catch (error) {
      this.#refuse(new ConnectError('the answer could not be read', Code.Internal, undefined, undefined, error))
    }
  }

  #accept(frame: Uint8Array): void {
    const { payload, metadata } = decodeCall(frame)
    const { method, options } = this.#call
    const message = fromBinary(method.output, payload)
    if (!this.#settle()) return
    if (options?.onHeader || options?.onTrailer) {
      const { header, trailer } = decodeMetadata(metadata)
      options.onHeader?.(header)
      options.onTrailer?.(trailer)
    }
    this.#resolve(message)
  }

  #refuse(error: ConnectError): void {
    if (this.#settle()) this.#reject(error)
  }

  #settle(): boolean {
    if (this.#settled) return false
    this.#settled = true
    this.#call.link.release(this.#token)
    this.#lease.release()
    return true
  }
}
