import type { Message } from '@bufbuild/protobuf'
import type { CallOptions, ConnectError, MethodImplSpec } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { CallContext } from '../rpc/context.ts'
import { invokeUnary } from '../rpc/invoke.ts'
import { Lease, type PendingCall } from '../rpc/lease.ts'

/** A unary call from one member to another of the same process. */
export class MemoryUnaryCall implements PendingCall {
  readonly #context: CallContext
  readonly #lease: Lease
  readonly #options: CallOptions | undefined
  #settled = false
  readonly #resolve: (answer: Message) => void
  readonly #reject: (error: ConnectError) => void
  readonly answer: Promise<Message>

  constructor(
    spec: MethodImplSpec,
    request: Message,
    options: CallOptions | undefined,
    clock: Clock,
    owners: Set<PendingCall>[],
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Message>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#options = options
    const timeoutMs = options?.timeoutMs
    this.#context = new CallContext({
      method: spec.method,
      clock,
      deadline: timeoutMs === undefined ? undefined : clock.monotonic() + timeoutMs,
      requestHeader: options?.headers,
    })
    this.#lease = new Lease(this, owners, options?.signal)
    void this.#run(spec, request, clock)
  }

  fail(error: ConnectError): void {
    if (!this.#settle()) return
    this.#context.abort(error)
    this.#reject(error)
  }

  async #run(spec: MethodImplSpec, request: Message, clock: Clock): Promise<void> {
    try {
      // The handler starts in a turn of its own, as it would on a network: never inside the caller's statement.
      await undefined
      this.#lease.check(this.#options?.timeoutMs)
      if (this.#settled) return
      let answer = invokeUnary(spec, request, this.#context)
      if (answer instanceof Promise) {
        // What could end the call is watched only while there is something to wait for.
        this.#lease.watch(clock, this.#options?.timeoutMs)
        answer = await answer
      }
      if (!this.#settle()) return
      this.#options?.onHeader?.(this.#context.givenHeader ?? new Headers())
      this.#options?.onTrailer?.(this.#context.givenTrailer ?? new Headers())
      this.#resolve(answer)
    } catch (error) {
      if (this.#settle()) this.#reject(error as ConnectError)
    }
  }

  #settle(): boolean {
    if (this.#settled) return false
    this.#settled = true
    this.#lease.release()
    return true
  }
}
