import type { DescMessage, DescMethod, Message, MessageInitShape } from '@bufbuild/protobuf'
import type { CallOptions } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { asMessage } from '../rpc/invoke.ts'
import type { CallTransport, ResponseStream } from '../rpc/transport.ts'
import type { CallBook } from './call-book.ts'
import type { Link } from './link.ts'
import { encodeMessage, type MessageBytes } from './message-bytes.ts'
import { NatsStreamCall } from './stream-call.ts'
import type { Subjects } from './subjects.ts'
import { NatsUnaryCall, type OutgoingCall } from './unary-call.ts'

type Input = MessageInitShape<DescMessage>

export interface NatsTransportOptions {
  link: Link
  subjects: Subjects
  clock: Clock
  /** Calls of this end, by daemon. */
  calls: CallBook
  daemon: string
  onAbsent(): void
}

/** Calls of one daemon to another over NATS. */
export class NatsTransport implements CallTransport {
  readonly #options: NatsTransportOptions
  readonly #subjects = new Map<DescMethod, string>()

  constructor(options: NatsTransportOptions) {
    this.#options = options
  }

  async unary(method: DescMethod, input: Input, options: CallOptions | undefined): Promise<Message> {
    return new NatsUnaryCall(this.#outgoing(method, options), encode(method, input)).answer
  }

  serverStream(method: DescMethod, input: Input, options: CallOptions | undefined): ResponseStream {
    return new NatsStreamCall(this.#outgoing(method, options), { single: encode(method, input) }).responses
  }

  stream(method: DescMethod, input: AsyncIterable<Input>, options: CallOptions | undefined): ResponseStream {
    return new NatsStreamCall(this.#outgoing(method, options), { many: input }).responses
  }

  #outgoing(method: DescMethod, options: CallOptions | undefined): OutgoingCall {
    const { link, clock, calls, daemon, onAbsent } = this.#options
    const owners = [calls.of(daemon)]
    return { link, clock, daemon, subject: this.#subject(method), method, options, owners, onAbsent }
  }

  #subject(method: DescMethod): string {
    let subject = this.#subjects.get(method)
    if (!subject) {
      subject = this.#options.subjects.method(this.#options.daemon, method)
      this.#subjects.set(method, subject)
    }
    return subject
  }
}

function encode(method: DescMethod, input: Input): MessageBytes {
  return encodeMessage(method.input, asMessage(method.input, input))
}
