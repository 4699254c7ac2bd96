import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  type CallOptions,
  type ChannelCredentials,
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { LoginReplySchema, LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import type { Endpoint } from '@hangar/runtime'
import { asBuffer } from '../transport/as-buffer.ts'

const same = (bytes: Buffer) => bytes

/** A JET client as applications have it: one channel with a connection of its own, bytes in and out. */
export class JetClient {
  readonly client: Client

  constructor({ host, port }: Endpoint, channel: ChannelCredentials = credentials.createInsecure(), target = host) {
    this.client = new Client(`${host}:${port}`, channel, {
      // Channels of one process would otherwise share a connection, and so a session.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.ssl_target_name_override': target,
      'grpc.max_receive_message_length': -1,
      'grpc.enable_http_proxy': 0,
    })
  }

  unary(
    path: string,
    request: Uint8Array | string,
    options: CallOptions & { metadata?: Metadata } = {},
  ): Promise<Buffer> {
    const { metadata = new Metadata(), ...rest } = options
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(path, same, same, bytes(request), metadata, rest, (error, answer) =>
        error ? reject(error) : resolve(answer!),
      )
    })
  }

  serverStream(path: string, request: Uint8Array | string, options: CallOptions = {}): ClientReadableStream<Buffer> {
    return this.client.makeServerStreamRequest(path, same, same, bytes(request), options)
  }

  clientStream(path: string, requests: string[]): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const call = this.client.makeClientStreamRequest<Buffer, Buffer>(path, same, same, (error, answer) =>
        error ? reject(error) : resolve(answer!),
      )
      for (const request of requests) call.write(Buffer.from(request))
      call.end()
    })
  }

  bidi(path: string, options: CallOptions = {}): ClientDuplexStream<Buffer, Buffer> {
    return this.client.makeBidiStreamRequest(path, same, same, options)
  }

  /** The classic login call. */
  async login(user: string, password: string, clientId: string): Promise<boolean> {
    const request = create(LoginRequestSchema, { userName: user, password, clientId })
    const answer = await this.unary('/authentication.Login/LoginCheck', toBinary(LoginRequestSchema, request))
    return fromBinary(LoginReplySchema, answer).result
  }

  close(): void {
    this.client.close()
  }
}

function bytes(request: Uint8Array | string): Buffer {
  return typeof request === 'string' ? Buffer.from(request) : asBuffer(request)
}

/** What a call ended with, when it failed. */
export async function failure(call: Promise<unknown>): Promise<{ code: number; details: string; metadata: Metadata }> {
  try {
    await call
  } catch (error) {
    const { code, details, metadata } = error as ServiceError
    if (code === undefined) throw error
    return { code, details, metadata }
  }
  throw new Error('the call succeeded')
}

/** All messages of a stream, as text. */
export async function texts(stream: AsyncIterable<Buffer>): Promise<string[]> {
  const all: string[] = []
  for await (const message of stream) all.push(message.toString())
  return all
}
