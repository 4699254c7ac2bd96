import type { DescService } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import type {
  Caller,
  InvokeResponse,
  Jet,
  StreamRequest,
  StreamResponse,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { JetCall, JetImplementation, ServeJetOptions } from './jet.ts'
import { type AnyHandler, type JetMethod, typedMethod } from './jet-codec.ts'

/** The JET services of one daemon, behind the one door that jsd knocks at: a path and bytes in, bytes out. */
export class JetDoor {
  readonly #methods = new Map<string, JetMethod>()
  readonly #services: DescService[] = []

  add<S extends DescService>(service: S, implementation: JetImplementation<S>, options: ServeJetOptions<S> = {}): void {
    this.#services.push(service)
    for (const desc of service.methods) {
      const path = `/${service.typeName}/${desc.name}`
      const typed = handlerOf(implementation, desc.localName)
      const bytes = handlerOf(options.bytes, desc.localName)
      if (typed && bytes) throw new Error(`${path} is served twice`)
      if (typed) this.#methods.set(path, typedMethod(desc, typed))
      else if (bytes) this.#methods.set(path, { kind: desc.methodKind, handle: bytes } as JetMethod)
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
    // Not an async function: an answer that is there at once travels without waiting.
    invoke: ({ path, caller, request }, context) => {
      const method = this.#find(path)
      if (method.kind !== 'unary') throw new ConnectError(`${path} is a stream`, Code.Unimplemented)
      const answer = method.handle(request, callOf(caller, context))
      return answer instanceof Promise ? answer.then(invokeResponse) : invokeResponse(answer)
    },
    stream: (requests, context) => this.#stream(requests, context),
  }

  async *#stream(requests: AsyncIterable<StreamRequest>, context: HandlerContext) {
    const iterator = requests[Symbol.asyncIterator]()
    const first = await iterator.next()
    if (first.done) throw new ConnectError('stream without a first message', Code.InvalidArgument)
    const method = this.#find(first.value.path)
    const call = callOf(first.value.caller, context)
    const messages = requestsOf(first.value, iterator)
    switch (method.kind) {
      case 'bidi_streaming':
        for await (const answer of method.handle(messages, call)) yield streamResponse(answer)
        return
      case 'server_streaming':
        for await (const answer of method.handle(await only(messages), call)) yield streamResponse(answer)
        return
      case 'client_streaming':
        yield streamResponse(await method.handle(messages, call))
        return
      case 'unary':
        yield streamResponse(await method.handle(await only(messages), call))
    }
  }

  #find(path: string): JetMethod {
    const method = this.#methods.get(path)
    if (!method) throw new ConnectError(`JGrpcServer: Unknown RPC ${path} received`, Code.Unavailable)
    return method
  }
}

/** A method of an implementation, which may be an object of a class. */
function handlerOf(implementation: object | undefined, localName: string): AnyHandler | undefined {
  const handler = (implementation as Record<string, AnyHandler | undefined> | undefined)?.[localName]
  return handler?.bind(implementation)
}

function callOf(caller: Caller | undefined, context: HandlerContext): JetCall {
  if (!caller) throw new ConnectError('a JET call needs its caller', Code.InvalidArgument)
  return {
    caller,
    // A signal costs more than the rest of a small call: it is made for who asks.
    get signal() {
      return context.signal
    },
  }
}

// Whole messages, so that the bus takes them as they are.
function invokeResponse(response: Uint8Array): InvokeResponse {
  return { $typeName: 'hangar.daemon.v1.InvokeResponse', response }
}

function streamResponse(response: Uint8Array): StreamResponse {
  return { $typeName: 'hangar.daemon.v1.StreamResponse', response }
}

async function* requestsOf(first: StreamRequest, rest: AsyncIterator<StreamRequest>) {
  try {
    if (first.request) yield first.request
    for (let next = await rest.next(); !next.done; next = await rest.next())
      if (next.value.request) yield next.value.request
  } finally {
    await rest.return?.()
  }
}

/** The one message of a call whose client does not stream. */
async function only(messages: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const message of messages) return message
  throw new ConnectError('the call carries no request', Code.Internal)
}
