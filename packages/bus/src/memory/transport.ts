import type { DescMessage, DescMethod, Message, MessageInitShape } from '@bufbuild/protobuf'
import type { CallOptions, MethodImplSpec } from '@connectrpc/connect'
import { Channel } from '../rpc/channel.ts'
import { unavailable } from '../rpc/errors.ts'
import { asMessage } from '../rpc/invoke.ts'
import type { CallTransport, ResponseStream } from '../rpc/transport.ts'
import type { HubShared, Member } from './shared.ts'
import { MemoryStreamCall, type MemoryStreamInit } from './stream.ts'
import { MemoryUnaryCall } from './unary.ts'

type Input = MessageInitShape<DescMessage>

/** Calls of one daemon to another of the hub. The handler is looked up at each call: daemons come and go. */
export class MemoryTransport implements CallTransport {
  readonly #caller: Member
  readonly #hub: HubShared
  readonly #daemon: string

  constructor(caller: Member, hub: HubShared, daemon: string) {
    this.#caller = caller
    this.#hub = hub
    this.#daemon = daemon
  }

  // Not an async function, which would hand the call's own promise on three turns later.
  unary(method: DescMethod, input: Input, options: CallOptions | undefined): Promise<Message> {
    try {
      const { server, spec } = this.#find(method)
      const { clock } = this.#caller.options
      const request = asMessage(method.input, input)
      return new MemoryUnaryCall(spec, request, options, clock, this.#owners(server)).answer
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  serverStream(method: DescMethod, input: Input, options: CallOptions | undefined): ResponseStream {
    return this.#stream(method, { single: input }, options)
  }

  stream(method: DescMethod, input: AsyncIterable<Input>, options: CallOptions | undefined): ResponseStream {
    return this.#stream(method, { many: input }, options)
  }

  #stream(
    method: DescMethod,
    requests: MemoryStreamInit['requests'],
    options: CallOptions | undefined,
  ): ResponseStream {
    try {
      const { server, spec } = this.#find(method)
      const { clock } = this.#caller.options
      return new MemoryStreamCall({ spec, requests, options, clock, owners: this.#owners(server) }).responses
    } catch (error) {
      const responses = new Channel<Message>({ capacity: 1 })
      responses.end(error as Error)
      return responses
    }
  }

  #owners(server: Member): MemoryStreamInit['owners'] {
    return server === this.#caller ? [server.calls] : [this.#caller.calls, server.calls]
  }

  #find(method: DescMethod): { server: Member; spec: MethodImplSpec } {
    if (this.#caller.gone) throw this.#caller.gone
    const server = this.#hub.find(this.#daemon)
    if (!server) throw unavailable(this.#daemon, 'is not there')
    const spec = server.services.find(method)
    if (!spec) throw unavailable(this.#daemon, `does not serve ${method.parent.typeName}`)
    return { server, spec }
  }
}
