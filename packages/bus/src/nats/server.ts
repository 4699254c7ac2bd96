import type { DescService } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import type { Clock, Logger } from '@hangar/runtime'
import { toConnectError } from '../rpc/errors.ts'
import type { PendingCall } from '../rpc/lease.ts'
import { ServedServices } from '../rpc/services.ts'
import { CallBook } from './call-book.ts'
import { decodeFailure } from './failure.ts'
import { decodeCall, FrameType } from './frame.ts'
import type { Link } from './link.ts'
import { type IncomingCall, refuse } from './served-call.ts'
import { ServedStream } from './served-stream.ts'
import { ServedUnary } from './served-unary.ts'
import { ownerOfInbox, type Subjects } from './subjects.ts'

export interface ServerOptions {
  link: Link
  subjects: Subjects
  daemon: string
  clock: Clock
  log: Logger
  /** Calls that may be under way at a time; one more is refused with Code.ResourceExhausted. */
  maxCalls: number
  /** Whether a caller's end will be noticed. */
  knowsCaller(caller: string): boolean
}

/** What this daemon serves, and the calls of others that are under way here. */
export class Server {
  /** By caller: `<daemon>.<incarnation>`. */
  readonly calls = new CallBook()
  readonly #options: ServerOptions
  readonly #services = new ServedServices()
  readonly #active = new Map<string, PendingCall>()
  /** Bytes of the requests that are under way. */
  #bytes = 0
  readonly #subscriptions: { unsubscribe(): void }[] = []

  constructor(options: ServerOptions) {
    this.#options = options
  }

  serve<S extends DescService>(service: S, implementation: ServiceImpl<S>): void {
    const { link, subjects, daemon } = this.#options
    this.#services.add(service, implementation)
    const listener = (frame: Uint8Array, subject: string, reply: string | undefined) =>
      this.#receive(service, frame, subject, reply)
    this.#subscriptions.push(link.subscribe(subjects.service(daemon, service), listener))
  }

  /** Nothing arrives any more. */
  stop(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe()
  }

  #receive(service: DescService, frame: Uint8Array, subject: string, reply: string | undefined): void {
    const caller = reply && ownerOfInbox(this.#options.subjects, reply)
    if (!caller) return
    if (frame[0] === FrameType.cancel) this.#active.get(reply)?.fail(decodeFailure(frame.subarray(1)))
    else if (frame[0] === FrameType.request || frame[0] === FrameType.open)
      this.#begin(service, frame, subject, reply, caller)
  }

  #begin(service: DescService, frame: Uint8Array, subject: string, reply: string, caller: string): void {
    const { link, clock, log, maxCalls } = this.#options
    const name = subject.slice(subject.lastIndexOf('.') + 1)
    const method = service.methods.find(method => method.name === name)
    const spec = method && this.#services.find(method)
    if (!spec) {
      refuse({ link, log, reply }, new ConnectError(`${service.typeName} has no ${name}`, Code.Unimplemented))
      return
    }
    if (this.#active.has(reply)) return
    if (this.#active.size >= maxCalls || this.#bytes >= maxBytes || !this.#options.knowsCaller(caller)) {
      refuse(
        { link, log, reply },
        new ConnectError(`${this.#active.size} calls are under way already`, Code.ResourceExhausted),
      )
      return
    }
    const onOver = () => {
      this.#active.delete(reply)
      this.#bytes -= frame.length
      this.calls.prune(caller)
    }
    const owners = [this.calls.of(caller)]
    const incoming: IncomingCall = { link, clock, log, spec, frame: decodeCall(frame), reply, owners, onOver }
    // Entered before it begins: a call whose deadline has already passed is over at once.
    this.#active.set(reply, nobody)
    this.#bytes += frame.length
    try {
      const call = frame[0] === FrameType.request ? new ServedUnary(incoming) : new ServedStream(incoming)
      if (this.#active.has(reply)) this.#active.set(reply, call)
    } catch (error) {
      onOver()
      refuse({ link, log, reply }, toConnectError(error, Code.InvalidArgument))
    }
  }
}

/** Bytes of requests that handlers may have in their hands before one more is refused. */
const maxBytes = 256 * 1024 * 1024
const nobody: PendingCall = { fail: () => {} }
