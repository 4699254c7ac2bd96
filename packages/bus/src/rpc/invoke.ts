import { create, type DescMessage, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError, type MethodImplSpec } from '@connectrpc/connect'
import type { CallContext } from './context.ts'
import { toConnectError } from './errors.ts'

/** Makes a message of what was given, once. A message of the schema is taken as it is. */
export function asMessage(schema: DescMessage, value: MessageInitShape<DescMessage>): Message {
  return create(schema, value)
}

/** Runs the handler of a unary method. Rejects with nothing but a ConnectError. */
export async function invokeUnary(spec: MethodImplSpec, request: Message, context: CallContext): Promise<Message> {
  if (spec.kind !== 'unary') throw wrongKind(spec)
  try {
    return asMessage(spec.method.output, await spec.impl(request, context))
  } catch (error) {
    throw toConnectError(error)
  } finally {
    context.finish()
  }
}

/** Starts the handler of a stream with one request. What it throws comes out as it is. */
export function invokeServerStream(
  spec: MethodImplSpec,
  request: Message,
  context: CallContext,
): AsyncIterable<MessageInitShape<DescMessage>> {
  if (spec.kind !== 'server_streaming') throw wrongKind(spec)
  return spec.impl(request, context)
}

/** Starts the handler of a stream of requests. What it throws comes out as it is. */
export function invokeStream(
  spec: MethodImplSpec,
  requests: AsyncIterable<Message>,
  context: CallContext,
): AsyncIterable<MessageInitShape<DescMessage>> {
  switch (spec.kind) {
    case 'bidi_streaming':
      return spec.impl(requests, context)
    case 'client_streaming':
      return once(spec.impl(requests, context))
    default:
      throw wrongKind(spec)
  }
}

async function* once<T>(answer: Promise<T>): AsyncGenerator<T> {
  yield await answer
}

function wrongKind(spec: MethodImplSpec): ConnectError {
  return new ConnectError(`${spec.method.name} is of kind ${spec.kind}`, Code.Internal)
}
