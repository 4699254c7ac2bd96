import type { DescMessage, Message, MessageInitShape } from '@bufbuild/protobuf'
import type { CallOptions, ConnectError, MethodImplSpec } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { Channel } from '../rpc/channel.ts'
import { CallContext } from '../rpc/context.ts'
import { canceled, toConnectError } from '../rpc/errors.ts'
import { asMessage, invokeServerStream, invokeStream } from '../rpc/invoke.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'
import { pump } from '../rpc/pump.ts'
import type { ResponseStream } from '../rpc/transport.ts'

type Input = MessageInitShape<DescMessage>

/** How many messages may wait in each direction of a stream before its writer has to. */
export const streamCapacity = 64

export interface MemoryStreamInit {
  spec: MethodImplSpec
  /** One request, or the stream of them. */
  requests: { single: Input } | { many: AsyncIterable<Input> }
  options: CallOptions | undefined
  clock: Clock
  owners: Set<PendingCall>[]
}

/** A stream between two members of the same process: a bounded channel in each direction. */
export class MemoryStreamCall implements PendingCall {
  readonly #init: MemoryStreamInit
  readonly #context: CallContext
  readonly #lease: Lease
  readonly #requests: Channel<Message>
  readonly #responses: Channel<Message>
  #stopReader = () => {}
  #stopWriter = () => {}
  #headerGiven = false
  #over = false

  constructor(init: MemoryStreamInit) {
    this.#init = init
    const { spec, options, clock } = init
    const timeoutMs = options?.timeoutMs
    this.#context = new CallContext({
      method: spec.method,
      clock,
      deadline: timeoutMs === undefined ? undefined : clock.monotonic() + timeoutMs,
      requestHeader: options?.headers,
    })
    this.#requests = new Channel({ capacity: streamCapacity, onCancel: () => this.#stopReader() })
    this.#responses = new Channel({ capacity: streamCapacity, onCancel: () => this.fail(canceled()) })
    this.#lease = new Lease(this, init.owners, options?.signal)
    this.#lease.watch(clock, timeoutMs)
    if (!this.#over) void this.#run()
  }

  get responses(): ResponseStream {
    return this.#responses
  }

  /** Ends the call at both ends: the reader gets the error, the handler's signal is aborted. */
  fail(error: ConnectError): void {
    if (this.#over) return
    this.#responses.fail(error)
    this.#finish(error)
  }

  async #run(): Promise<void> {
    await undefined
    if (this.#over) return
    try {
      const { output } = this.#init.spec.method
      const writer = pump(this.#start(), this.#responses, value => {
        this.#giveHeader()
        return asMessage(output, value)
      })
      this.#stopWriter = writer.stop
      await writer.done
      if (this.#over) return
      this.#giveHeader()
      this.#init.options?.onTrailer?.(this.#context.responseTrailer)
      this.#responses.end()
    } catch (error) {
      this.#responses.end(toConnectError(error))
    }
    this.#finish(undefined)
  }

  #start(): AsyncIterable<Input> {
    const { spec, requests } = this.#init
    if ('single' in requests) {
      return invokeServerStream(spec, asMessage(spec.method.input, requests.single), this.#context)
    }
    const reader = pump(requests.many, this.#requests, value => asMessage(spec.method.input, value))
    this.#stopReader = reader.stop
    reader.done.then(
      () => this.#requests.end(),
      // The caller's own source failed: the call cannot go on.
      error => this.fail(toConnectError(error)),
    )
    return invokeStream(spec, this.#requests, this.#context)
  }

  #giveHeader(): void {
    if (this.#headerGiven) return
    this.#headerGiven = true
    this.#init.options?.onHeader?.(this.#context.responseHeader)
  }

  #finish(error: ConnectError | undefined): void {
    if (this.#over) return
    this.#over = true
    this.#lease.release()
    if (error) this.#context.abort(error)
    else this.#context.finish()
    this.#requests.fail(error ?? canceled())
    this.#stopReader()
    this.#stopWriter()
  }
}
