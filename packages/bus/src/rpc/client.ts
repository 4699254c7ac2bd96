import type { DescMethod, DescService, Message, MessageInitShape } from '@bufbuild/protobuf'
import { type CallOptions, type Client, Code, ConnectError, makeAnyClient } from '@connectrpc/connect'
import type { CallTransport, ResponseStream } from './transport.ts'

type Input = MessageInitShape<DescMethod['input']>

/** Connect's Client over a transport of the bus. Unlike Connect's, who leaves a `for await` early cancels the call. */
export function createBusClient<S extends DescService>(service: S, transport: CallTransport): Client<S> {
  return makeAnyClient(service, (method: DescMethod) => {
    switch (method.methodKind) {
      case 'unary':
        return (input: Input, options?: CallOptions) => transport.unary(method, input, options)
      case 'server_streaming':
        return (input: Input, options?: CallOptions) => transport.serverStream(method, input, options)
      case 'client_streaming':
        return (input: AsyncIterable<Input>, options?: CallOptions) =>
          single(transport.stream(method, input, options), method)
      case 'bidi_streaming':
        return (input: AsyncIterable<Input>, options?: CallOptions) => transport.stream(method, input, options)
    }
  }) as Client<S>
}

async function single(responses: ResponseStream, method: DescMethod): Promise<Message> {
  let answer: Message | undefined
  for await (const message of responses) {
    if (answer) throw new ConnectError(`${method.name} answered more than once`, Code.Unimplemented)
    answer = message
  }
  if (!answer) throw new ConnectError(`${method.name} ended without an answer`, Code.Unimplemented)
  return answer
}
