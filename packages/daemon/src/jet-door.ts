import {
  create,
  type DescMessage,
  type DescMethod,
  type DescService,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import type { Caller, Jet, StreamRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { messageOf } from '@hangar/runtime'
import type { JetCall, JetImplementation } from './jet.ts'

type Unary = (request: unknown, call: JetCall) => unknown
type Streaming = (request: unknown, call: JetCall) => AsyncIterable<unknown>

interface Method {
  desc: DescMethod
  implementation: (request: never, call: JetCall) => unknown
}

/** The JET services of one daemon, behind the one door that jsd knocks at: a path and bytes in, bytes out. */
export class JetDoor {
  readonly #methods = new Map<string, Method>()
  readonly #services: DescService[] = []

  add<S extends DescService>(service: S, implementation: JetImplementation<S>): void {
    this.#services.push(service)
    for (const desc of service.methods) {
      const method = (implementation as Record<string, Method['implementation'] | undefined>)[desc.localName]
      if (method)
        this.#methods.set(`/${service.typeName}/${desc.name}`, { desc, implementation: method.bind(implementation) })
    }
  }

  /** What goes into the announcement: the methods that are served, and of which kind each is. */
  announcement() {
    return this.#services.map(service => ({
      name: service.typeName,
      methods: service.methods
        .filter(method => this.#methods.has(`/${service.typeName}/${method.name}`))
        .map(method => ({
          name: method.name,
          clientStreaming: method.methodKind === 'client_streaming' || method.methodKind === 'bidi_streaming',
          serverStreaming: method.methodKind === 'server_streaming' || method.methodKind === 'bidi_streaming',
        })),
    }))
  }

  readonly service: ServiceImpl<typeof Jet> = {
    invoke: async (request, context) => {
      const method = this.#find(request.path)
      const message = decode(method.desc.input, request.request)
      const answer = await (method.implementation as Unary)(message, callOf(request.caller, context.signal))
      return { response: encode(method.desc.output, answer) }
    },
    stream: (requests, context) => this.#stream(requests, context.signal),
  }

  async *#stream(requests: AsyncIterable<StreamRequest>, signal: AbortSignal) {
    const iterator = requests[Symbol.asyncIterator]()
    const first = await iterator.next()
    if (first.done) throw new ConnectError('stream without a first message', Code.InvalidArgument)
    const method = this.#find(first.value.path)
    const call = callOf(first.value.caller, signal)
    const { desc } = method
    const messages = decodeAll(desc.input, first.value, iterator)
    switch (desc.methodKind) {
      case 'bidi_streaming':
        for await (const answer of (method.implementation as Streaming)(messages, call))
          yield { response: encode(desc.output, answer) }
        return
      case 'server_streaming':
        for await (const answer of (method.implementation as Streaming)(await only(messages), call))
          yield { response: encode(desc.output, answer) }
        return
      case 'client_streaming':
        yield { response: encode(desc.output, await (method.implementation as Unary)(messages, call)) }
        return
      case 'unary':
        yield { response: encode(desc.output, await (method.implementation as Unary)(await only(messages), call)) }
    }
  }

  #find(path: string): Method {
    const method = this.#methods.get(path)
    if (!method) throw new ConnectError(`JGrpcServer: Unknown RPC ${path} received`, Code.Unavailable)
    return method
  }
}

function callOf(caller: Caller | undefined, signal: AbortSignal): JetCall {
  if (!caller) throw new ConnectError('a JET call needs its caller', Code.InvalidArgument)
  return { caller, signal }
}

function decode(schema: DescMessage, bytes: Uint8Array) {
  try {
    return fromBinary(schema, bytes)
  } catch (error) {
    // What gRPC servers answer for bytes that are not the message; the text names the type, never the bytes.
    throw new ConnectError(`${schema.typeName} cannot be decoded: ${messageOf(error)}`, Code.Internal)
  }
}

function encode(schema: DescMessage, answer: unknown): Uint8Array {
  return toBinary(schema, create(schema, answer as MessageInitShape<DescMessage>))
}

async function* decodeAll(schema: DescMessage, first: StreamRequest, rest: AsyncIterator<StreamRequest>) {
  try {
    if (first.request) yield decode(schema, first.request)
    for (let next = await rest.next(); !next.done; next = await rest.next())
      if (next.value.request) yield decode(schema, next.value.request)
  } finally {
    await rest.return?.()
  }
}

/** The one message of a call whose client does not stream. */
async function only(messages: AsyncIterable<unknown>): Promise<unknown> {
  for await (const message of messages) return message
  throw new ConnectError('the call carries no request', Code.Internal)
}
