import { Code, ConnectError } from '@connectrpc/connect'
import type { StreamRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { Session } from '../session/session.ts'
import { asBuffer } from '../transport/as-buffer.ts'
import { limits } from '../transport/limits.ts'
import type { WireCall, WireCallListener, WireStatus } from '../transport/wire-call.ts'
import { answers, statusFrom } from './call-status.ts'
import type { Route } from './routing-table.ts'
import { callOptions } from './time-left.ts'

/**
 * A streaming call on its way, through Jet.Stream. Both directions hold the far side up: a message is read from the client
 * when the daemon asks for one, and the daemon is asked for the next answer while the client takes them.
 */
export class StreamForward implements WireCallListener {
  readonly #call: WireCall
  readonly #route: Route
  readonly #session: Session
  readonly #abort = new AbortController()
  #first: Uint8Array | undefined
  #running = false
  #over = false
  #unsent = 0
  #deliver: PromiseWithResolvers<Uint8Array | undefined> | undefined
  #drained: (() => void) | undefined

  constructor(call: WireCall, route: Route, session: Session) {
    this.#call = call
    this.#route = route
    this.#session = session
  }

  onReceiveMetadata(): void {
    // Where the client streams, the daemon hears of the call before its first message: it may have something to say.
    if (this.#route.clientStreaming) void this.#run()
    else this.#call.startRead()
  }

  onReceiveMessage(message: Uint8Array): void {
    if (this.#running) this.#deliver?.resolve(message)
    else if (this.#first) this.#end(answers.secondRequest)
    else {
      this.#first = message
      this.#call.startRead()
    }
  }

  onReceiveHalfClose(): void {
    if (this.#running) this.#deliver?.resolve(undefined)
    else if (!this.#first) this.#end(answers.noRequest)
    else if (!this.#over) void this.#run()
  }

  onCancel(): void {
    this.#over = true
    this.#abort.abort()
    this.#deliver?.reject(new ConnectError('the call is over', Code.Canceled))
    this.#drained?.()
  }

  async #run(): Promise<void> {
    // As for a unary call: who has gone makes nothing any more.
    if (this.#session.ended) return
    this.#running = true
    const { client, daemon } = this.#route
    this.#session.reached(daemon)
    try {
      const answersOfDaemon = client.stream(this.#requests(), callOptions(this.#call, this.#abort.signal))
      for await (const { response } of answersOfDaemon) {
        if (this.#over) return
        const wait = this.#send(asBuffer(response))
        if (wait) await wait
      }
      this.#end(answers.ok)
    } catch (error) {
      this.#end(statusFrom(error))
    }
  }

  async *#requests(): AsyncIterable<StreamRequest> {
    const { path, clientStreaming } = this.#route
    yield streamRequest(this.#first, path, this.#session.caller)
    if (!clientStreaming) return
    while (!this.#over) {
      this.#deliver = Promise.withResolvers()
      this.#call.startRead()
      const message = await this.#deliver.promise
      this.#deliver = undefined
      if (!message) return
      yield streamRequest(message)
    }
  }

  /** Undefined while there is room; otherwise resolves when there is, or when the call is over. */
  #send(message: Buffer): Promise<void> | undefined {
    this.#unsent += message.length
    this.#call.sendMessage(message, () => {
      this.#unsent -= message.length
      if (this.#unsent <= limits.unsentBytes) this.#drained?.()
    })
    if (this.#unsent <= limits.unsentBytes) return undefined
    return new Promise(resolve => {
      this.#drained = () => {
        this.#drained = undefined
        resolve()
      }
      if (this.#over) this.#drained()
    })
  }

  #end(status: WireStatus): void {
    if (this.#over) return
    this.#over = true
    this.#call.sendStatus(status)
  }
}

function streamRequest(request: Uint8Array | undefined, path = '', caller?: StreamRequest['caller']): StreamRequest {
  const message: StreamRequest = { $typeName: 'hangar.daemon.v1.StreamRequest', path }
  if (caller) message.caller = caller
  if (request) message.request = request
  return message
}
