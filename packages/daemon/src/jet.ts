import type {
  DescMethod,
  DescMethodBiDiStreaming,
  DescMethodClientStreaming,
  DescMethodServerStreaming,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf'
import type { Caller } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

export type { Caller }

/** What an implementation of a JET method knows of its call. `signal` is aborted when the client cancels, its deadline passes or its session ends. */
export interface JetCall {
  readonly caller: Caller
  readonly signal: AbortSignal
}

type Handler<M extends DescMethod, Request, Answer> = M extends DescMethodServerStreaming
  ? (request: Request, call: JetCall) => AsyncIterable<Answer>
  : M extends DescMethodBiDiStreaming
    ? (requests: AsyncIterable<Request>, call: JetCall) => AsyncIterable<Answer>
    : M extends DescMethodClientStreaming
      ? (requests: AsyncIterable<Request>, call: JetCall) => Promise<Answer>
      : (request: Request, call: JetCall) => Promise<Answer> | Answer

export type JetMethodImplementation<M extends DescMethod> = Handler<
  M,
  MessageShape<M['input']>,
  MessageInitShape<M['output']>
>

/** The methods of a JET service, by their local names. A method that is left out is not announced, so that a client meets what a router answers for an unknown RPC. */
export type JetImplementation<S extends DescService> = {
  [K in keyof S['method']]?: JetMethodImplementation<S['method'][K]>
}

/**
 * Methods that read and write their messages themselves, for what protobuf-es is too slow for. The bytes are shared with the
 * other end: neither what came in nor what was answered is ever written to. Bytes that are not the message are answered with
 * `notDecodable`.
 */
export type JetBytesImplementation<S extends DescService> = {
  [K in keyof S['method']]?: Handler<S['method'][K], Uint8Array, Uint8Array>
}

/** A JET service with what implements it. */
export interface JetService<S extends DescService> {
  service: S
  implementation: JetImplementation<S>
  options?: ServeJetOptions<S>
}

export interface ServeJetOptions<S extends DescService> {
  /** Methods that are served as bytes, announced like the others. None of them may be in the typed implementation too. */
  bytes?: JetBytesImplementation<S>
}
