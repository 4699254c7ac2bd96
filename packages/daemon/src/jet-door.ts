import type { DescFile, DescService } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import type {
  Caller,
  InvokeResponse,
  Jet,
  StreamRequest,
  StreamResponse,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { type JetMethodKind, jetMethods } from '@hangar/protocol/jet-methods'
import type { JetCall, JetImplementation, JetService, ServeJetOptions } from './jet.ts'
import { type AnyHandler, type JetMethod, typedMethod } from './jet-codec.ts'

/** The JET services of one daemon, behind the one door that jsd knocks at: a path and bytes in, bytes out. */
export class JetDoor {
  readonly #methods = new Map<string, JetMethod>()
  /** Methods of services that nobody has called yet: what loads them, once. */
  readonly #later = new Map<string, () => Promise<void>>()
  readonly #files = new Set<DescFile>()
  readonly #announced: { name: string; methods: readonly (readonly [name: string, kind: JetMethodKind])[] }[] = []

  add<S extends DescService>(service: S, implementation: JetImplementation<S>, options: ServeJetOptions<S> = {}): void {
    this.#take(service, implementation, options)
    const methods = service.methods.filter(({ name }) => this.#methods.has(`/${service.typeName}/${name}`))
    this.#announced.push({ name: service.typeName, methods: methods.map(({ name, methodKind }) => [name, methodKind]) })
  }

  addLater<S extends DescService>(name: string, load: () => Promise<JetService<S>>): void {
    const methods = Object.entries(jetMethods[name] ?? {})
    if (methods.length === 0) throw new Error(`${name} is no JET service`)
    this.#announced.push({ name, methods })
    const paths = methods.map(([method]) => `/${name}/${method}`)
    let loading: Promise<void> | undefined
    const once = () => {
      loading ??= load()
        .then(({ service, implementation, options = {} }) => {
          if (service.typeName !== name) throw new Error(`${service.typeName} was loaded as ${name}`)
          this.#take(service, implementation, options)
          for (const path of paths) this.#later.delete(path)
        })
        .finally(() => {
          loading = undefined
        })
      return loading
    }
    for (const path of paths) this.#later.set(path, once)
  }

  #take<S extends DescService>(service: S, implementation: JetImplementation<S>, options: ServeJetOptions<S>): void {
    this.#files.add(service.file)
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
    return this.#announced.map(({ name: service, methods }) => ({
      name: service,
      methods: methods.map(([name, kind]) => ({
        name,
        clientStreaming: kind === 'client_streaming' || kind === 'bidi_streaming',
        serverStreaming: kind === 'server_streaming' || kind === 'bidi_streaming',
      })),
    }))
  }

  /** The files that declare what is announced. Loads what nobody has called yet. */
  async files(): Promise<Iterable<DescFile>> {
    await Promise.all([...new Set(this.#later.values())].map(load => load()))
    return this.#files
  }

  readonly service: ServiceImpl<typeof Jet> = {
    // Not an async function: an answer that is there at once travels without waiting.
    invoke: ({ path, caller, request }, context) => {
      const load = this.#later.get(path)
      if (load) return load().then(async () => this.#invoke(path, caller, request, context))
      return this.#invoke(path, caller, request, context)
    },
    stream: (requests, context) => this.#stream(requests, context),
  }

  #invoke(path: string, caller: Caller | undefined, request: Uint8Array, context: HandlerContext) {
    const method = this.#find(path)
    if (method.kind !== 'unary') throw new ConnectError(`${path} is a stream`, Code.Unimplemented)
    const answer = method.handle(request, callOf(caller, context))
    return answer instanceof Promise ? answer.then(invokeResponse) : invokeResponse(answer)
  }

  async *#stream(requests: AsyncIterable<StreamRequest>, context: HandlerContext) {
    const iterator = requests[Symbol.asyncIterator]()
    const first = await iterator.next()
    if (first.done) throw new ConnectError('stream without a first message', Code.InvalidArgument)
    await this.#later.get(first.value.path)?.()
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
