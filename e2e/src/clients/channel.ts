import { once } from 'node:events'
import {
  type DescMessage,
  type DescMethodBiDiStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  fromJson,
  type JsonValue,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { Login } from '@hangar/protocol/authentication_service_pb'
import { user } from '../device.ts'

/** ms that a call may take: none ever should. */
const DEADLINE = 20_000

const same = (bytes: Buffer) => bytes

/** How a call ended that was not answered. */
export class CallFailure extends Error {
  /** "UNAVAILABLE" */
  readonly code: string

  constructor({ code, details }: ServiceError) {
    super(`${status[code]}: ${details}`)
    this.code = status[code]
  }
}

/** A channel of grpc-js with a connection of its own, which it finds again by itself. Requests are protobuf's JSON, or encoded already. */
export class Channel {
  readonly clientId: string
  readonly #client: Client

  constructor(endpoint: string, clientId: string) {
    this.clientId = clientId
    this.#client = new Client(endpoint, credentials.createInsecure(), {
      // Channels of one process would otherwise share a connection, and so a session.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 200,
    })
  }

  /** Throws a CallFailure. */
  async call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: JsonValue | Buffer = {},
  ): Promise<MessageShape<O>> {
    const bytes = await new Promise<Buffer>((resolve, reject) =>
      this.#client.makeUnaryRequest(
        pathOf(method),
        same,
        same,
        encoded(method.input, request),
        { deadline: Date.now() + DEADLINE },
        (error, reply) => (error ? reject(new CallFailure(error)) : resolve(reply!)),
      ),
    )
    return fromBinary(method.output, bytes)
  }

  /** Throws a CallFailure where the stream does not end well. One that is `endless` has no deadline. */
  async *stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: JsonValue,
    endless = false,
  ): AsyncGenerator<MessageShape<O>> {
    const options = endless ? {} : { deadline: Date.now() + DEADLINE }
    const call = this.#client.makeServerStreamRequest(
      pathOf(method),
      same,
      same,
      encoded(method.input, request),
      options,
    )
    try {
      for await (const bytes of call) yield fromBinary(method.output, bytes as Buffer)
    } catch (error) {
      throw new CallFailure(error as ServiceError)
    } finally {
      call.cancel()
    }
  }

  /** One request on a stream that stays open; its first answer. How the stream ends is nobody's concern. */
  async begin<I extends DescMessage, O extends DescMessage>(
    method: DescMethodBiDiStreaming<I, O>,
    request: JsonValue,
  ): Promise<MessageShape<O>> {
    const call = this.#client.makeBidiStreamRequest(pathOf(method), same, same)
    call.write(encoded(method.input, request))
    const [bytes] = await once(call, 'data')
    call.on('error', () => {})
    return fromBinary(method.output, bytes)
  }

  async login(): Promise<void> {
    const request = { userName: user.name, password: user.password, clientId: this.clientId }
    const { result } = await this.call(Login.method.loginCheck, request)
    if (!result) throw new Error(`${this.clientId} may not log in`)
  }

  close(): void {
    this.#client.close()
  }
}

/** A request as it travels. */
export function encoded<I extends DescMessage>(schema: I, request: JsonValue | Buffer): Buffer {
  return Buffer.isBuffer(request) ? request : Buffer.from(toBinary(schema, fromJson(schema, request)))
}

function pathOf({ parent, name }: { parent: { typeName: string }; name: string }): string {
  return `/${parent.typeName}/${name}`
}
