import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { messageOf } from '@hangar/runtime'
import type { JetCall } from './jet.ts'

/** A method as the door runs it: bytes in, bytes out. */
export type JetMethod =
  | {
      kind: 'unary'
      handle(request: Uint8Array, call: JetCall): Uint8Array | Promise<Uint8Array>
    }
  | {
      kind: 'server_streaming'
      handle(request: Uint8Array, call: JetCall): AsyncIterable<Uint8Array>
    }
  | {
      kind: 'client_streaming'
      handle(requests: AsyncIterable<Uint8Array>, call: JetCall): Promise<Uint8Array>
    }
  | {
      kind: 'bidi_streaming'
      handle(requests: AsyncIterable<Uint8Array>, call: JetCall): AsyncIterable<Uint8Array>
    }

/** An implementation whose types its method's kind has already vouched for. */
export type AnyHandler = (request: never, call: JetCall) => unknown

/** The method that decodes each request for `handler` and encodes what it answers. */
export function typedMethod(desc: DescMethod, handler: AnyHandler): JetMethod {
  const { input, output, methodKind: kind } = desc
  const answer = handler as (request: unknown, call: JetCall) => unknown
  const answers = handler as (request: unknown, call: JetCall) => AsyncIterable<unknown>
  switch (kind) {
    case 'unary':
      return {
        kind,
        handle(request, call) {
          const given = answer(decode(input, request), call)
          return given instanceof Promise ? given.then(value => encode(output, value)) : encode(output, given)
        },
      }
    case 'server_streaming':
      return { kind, handle: (request, call) => encodeAll(output, answers(decode(input, request), call)) }
    case 'client_streaming':
      return { kind, handle: async (requests, call) => encode(output, await answer(decodeAll(input, requests), call)) }
    case 'bidi_streaming':
      return { kind, handle: (requests, call) => encodeAll(output, answers(decodeAll(input, requests), call)) }
  }
}

/** What gRPC servers answer for bytes that are not the message; the text names the type, never the bytes. */
export function notDecodable(schema: DescMessage, why: string): ConnectError {
  return new ConnectError(`${schema.typeName} cannot be decoded: ${why}`, Code.Internal)
}

function decode(schema: DescMessage, bytes: Uint8Array) {
  try {
    return fromBinary(schema, bytes)
  } catch (error) {
    throw notDecodable(schema, messageOf(error))
  }
}

function encode(schema: DescMessage, answer: unknown): Uint8Array {
  return toBinary(schema, create(schema, answer as MessageInitShape<DescMessage>))
}

async function* decodeAll(schema: DescMessage, requests: AsyncIterable<Uint8Array>) {
  for await (const request of requests) yield decode(schema, request)
}

async function* encodeAll(schema: DescMessage, answers: AsyncIterable<unknown>) {
  for await (const answer of answers) yield encode(schema, answer)
}
