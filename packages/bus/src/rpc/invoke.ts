import { create, type DescMessage, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError, type MethodImplSpec } from '@connectrpc/connect'
import type { CallContext } from './context.ts'
import { toConnectError } from './errors.ts'

/** Makes a message of what was given, once. A message of the schema is taken as it is. */
export function asMessage(schema: DescMessage, value: MessageInitShape<DescMessage>): Message {
  return create(schema, value)
}

/**
 * Runs the handler of a unary method. Fails with nothing but a ConnectError. An answer that the handler has at once is given at
 * once: waiting costs more than the rest of a small call.
 */
export function invokeUnary(spec: MethodImplSpec, request: Message, context: CallContext): Message | Promise<Message> {
  if (spec.kind !== 'unary') throw wrongKind(spec)
  const { output } = spec.method
  let answer: unknown
  try {
    answer = spec.impl(request, context)
    if (answer instanceof Promise) return answerLater(output, answer, context)
    context.finish()
    return asMessage(output, answer as MessageInitShape<DescMessage>)
  } catch (error) {
    context.finish()
    throw toConnectError(error)
  }
}

async function answerLater(
  schema: DescMessage,
  answer: Promise<MessageInitShape<DescMessage>>,
  context: CallContext,
): Promise<Message> {
  try {
    return asMessage(schema, await answer)
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
