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

type Answer<M extends DescMethod> = MessageInitShape<M['output']>

export type JetMethodImplementation<M extends DescMethod> = M extends DescMethodServerStreaming
  ? (request: MessageShape<M['input']>, call: JetCall) => AsyncIterable<Answer<M>>
  : M extends DescMethodBiDiStreaming
    ? (requests: AsyncIterable<MessageShape<M['input']>>, call: JetCall) => AsyncIterable<Answer<M>>
    : M extends DescMethodClientStreaming
      ? (requests: AsyncIterable<MessageShape<M['input']>>, call: JetCall) => Promise<Answer<M>>
      : (request: MessageShape<M['input']>, call: JetCall) => Promise<Answer<M>> | Answer<M>

/** The methods of a JET service, by their local names. A method that is left out is not announced, so that a client meets what a router answers for an unknown RPC. */
export type JetImplementation<S extends DescService> = {
  [K in keyof S['method']]?: JetMethodImplementation<S['method'][K]>
}
