import type { DescMethod, DescService } from '@bufbuild/protobuf'
import { type ConnectError, type ContextValues, createContextValues, type HandlerContext } from '@connectrpc/connect'
import type { Clock } from '@hangar/runtime'
import { canceled } from './errors.ts'

export interface CallContextInit {
  method: DescMethod
  clock: Clock
  /** When the deadline passes, in the clock's monotonic time. */
  deadline: number | undefined
  requestHeader: ConstructorParameters<typeof Headers>[0] | undefined
}

/** Connect's HandlerContext. What a handler does not ask for is never made: most ask for nothing. */
export class CallContext implements HandlerContext {
  readonly method: DescMethod
  readonly requestMethod = 'POST'
  readonly protocolName = 'hangar'
  readonly #init: CallContextInit
  #controller: AbortController | undefined
  #reason: ConnectError | undefined
  #requestHeader: Headers | undefined
  #responseHeader: Headers | undefined
  #responseTrailer: Headers | undefined
  #values: ContextValues | undefined

  constructor(init: CallContextInit) {
    this.method = init.method
    this.#init = init
  }

  get service(): DescService {
    return this.method.parent
  }

  get url(): string {
    return `hangar:/${this.service.typeName}/${this.method.name}`
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#reason) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  get timeoutMs(): () => number | undefined {
    const { clock, deadline } = this.#init
    return () => (deadline === undefined ? undefined : deadline - clock.monotonic())
  }

  get requestHeader(): Headers {
    this.#requestHeader ??= new Headers(this.#init.requestHeader)
    return this.#requestHeader
  }

  get responseHeader(): Headers {
    this.#responseHeader ??= new Headers()
    return this.#responseHeader
  }

  get responseTrailer(): Headers {
    this.#responseTrailer ??= new Headers()
    return this.#responseTrailer
  }

  get values(): ContextValues {
    this.#values ??= createContextValues()
    return this.#values
  }

  /** The headers that the handler set, undefined when it set none. */
  get givenHeader(): Headers | undefined {
    return this.#responseHeader
  }

  get givenTrailer(): Headers | undefined {
    return this.#responseTrailer
  }

  /** Aborts the signal. The first reason stands. */
  abort(reason: ConnectError): void {
    if (this.#reason) return
    this.#reason = reason
    this.#controller?.abort(reason)
  }

  /** The call is over: what the handler hung on its signal is let go. */
  finish(): void {
    if (this.#controller) this.abort(canceled())
  }
}
