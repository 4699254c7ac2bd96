import type { InvokeRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Session } from '../session/session.ts'
import { asBuffer } from '../transport/as-buffer.ts'
import type { WireCall, WireCallListener, WireStatus } from '../transport/wire-call.ts'
import { answers, statusFrom } from './call-status.ts'
import type { Route } from './routing-table.ts'
import { callOptions } from './time-left.ts'

/** A unary call on its way: one message in, through Jet.Invoke, one message out. */
export class UnaryForward implements WireCallListener {
  readonly #call: WireCall
  readonly #route: Route
  readonly #session: Session
  #request: Uint8Array | undefined
  #abort: AbortController | undefined
  #over = false

  constructor(call: WireCall, route: Route, session: Session) {
    this.#call = call
    this.#route = route
    this.#session = session
  }

  onReceiveMetadata(): void {
    this.#call.startRead()
  }

  onReceiveMessage(message: Uint8Array): void {
    if (this.#request) {
      this.#end(answers.secondRequest)
      return
    }
    this.#request = message
    this.#call.startRead()
  }

  onReceiveHalfClose(): void {
    // A request that its client sent before it went is read after the session ended: nobody would own what it makes.
    if (this.#over || this.#session.ended) return
    if (this.#request) void this.#invoke(this.#request)
    else this.#end(answers.noRequest)
  }

  onCancel(): void {
    if (this.#over) return
    this.#over = true
    this.#abort?.abort()
  }

  async #invoke(request: Uint8Array): Promise<void> {
    const { path, daemon, client } = this.#route
    this.#session.reached(daemon)
    this.#abort = new AbortController()
    const message: InvokeRequest = {
      $typeName: 'hangar.daemon.v1.InvokeRequest',
      path,
      caller: this.#session.caller,
      request,
    }
    try {
      const { response } = await client.invoke(message, callOptions(this.#call, this.#abort.signal))
      if (this.#over) return
      this.#call.sendMessage(asBuffer(response), () => {})
      this.#end(answers.ok)
    } catch (error) {
      this.#end(statusFrom(error))
    }
  }

  #end(status: WireStatus): void {
    if (this.#over) return
    this.#over = true
    this.#call.sendStatus(status)
  }
}
