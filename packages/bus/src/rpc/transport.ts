import type { DescMethod, Message, MessageInitShape } from '@bufbuild/protobuf'
import type { CallOptions } from '@connectrpc/connect'

/** The responses of a stream. Stopping early (`break`, `return()`) cancels the call. */
export type ResponseStream = AsyncIterableIterator<Message>

/**
 * What a back-end does for a client. Connect's own Transport hides `return` from who reads a stream, and makes Headers for each
 * call; a bus call has neither to spare. Every error is a ConnectError.
 */
export interface CallTransport {
  unary(
    method: DescMethod,
    input: MessageInitShape<DescMethod['input']>,
    options: CallOptions | undefined,
  ): Promise<Message>
  /** A stream with one request. */
  serverStream(
    method: DescMethod,
    input: MessageInitShape<DescMethod['input']>,
    options: CallOptions | undefined,
  ): ResponseStream
  /** A stream of requests, answered by one message or many. */
  stream(
    method: DescMethod,
    input: AsyncIterable<MessageInitShape<DescMethod['input']>>,
    options: CallOptions | undefined,
  ): ResponseStream
}
