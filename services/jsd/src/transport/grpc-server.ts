import type { Http2Server, Settings } from 'node:http2'
import type { Duplex } from 'node:stream'
import {
  logVerbosity,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  setLogVerbosity,
} from '@grpc/grpc-js'
import { asBuffer } from './as-buffer.ts'
import { limits } from './limits.ts'
import { isLongTimeout } from './long-timeout.ts'
import type { WireCall } from './wire-call.ts'

export interface GrpcServerOptions {
  /** ms between two HTTP/2 pings on a connection; undefined: none are sent. */
  keepAlive: number | undefined
  /** Hears each call, whatever its path. Must not throw. */
  onCall(path: string, call: WireCall): void
}

/**
 * gRPC on sockets that somebody else accepted, with one handler for every path.
 *
 * grpc-js keeps its methods in a private map, `handlers`, and knows no hook for a path that it does not hold. An object that
 * has an answer for each path takes the map's place; an interceptor, which is public, then keeps the call for itself, so
 * that grpc-js's own handlers and their streams never come to life. All that leans on grpc-js's inside is in this file.
 */
export class GrpcServer {
  readonly #inject: (socket: Duplex) => void

  constructor(options: GrpcServerOptions) {
    // grpc-js would print metadata that it cannot read, passwords among it, whenever a client likes.
    setLogVerbosity(logVerbosity.NONE)
    const server = new Server({
      interceptors: [takeOver(options.onCall)],
      'grpc.enable_channelz': 0,
      'grpc.max_concurrent_streams': limits.concurrentCalls,
      'grpc.max_receive_message_length': limits.messageBytes,
      'grpc.max_send_message_length': -1,
      ...(options.keepAlive === undefined ? {} : { 'grpc.keepalive_time_ms': options.keepAlive }),
    })
    answerEveryPath(server)
    forgetLongTimeouts(server)
    widenStreams(server)
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
    widenConnections(server)
    this.#inject = socket => injector.injectConnection(socket)
  }

  /** Serves gRPC on a connected socket: plain, or TLS whose handshake is done. */
  serve(socket: Duplex): void {
    this.#inject(socket)
  }
}

/** A request of 1,000 routes is larger than HTTP/2's own windows: it would wait in its middle for the client to hear that it may go on. */
function widenStreams(server: Server): void {
  const options: { settings?: Settings } | undefined = Reflect.get(server, 'commonServerOptions')
  if (!options?.settings) throw new Error('this version of grpc-js keeps its HTTP/2 settings elsewhere')
  Object.assign(options.settings, { initialWindowSize: limits.unreadBytes, maxFrameSize: limits.frameBytes })
}

function widenConnections(server: Server): void {
  const servers: Map<Http2Server, unknown> | undefined = Reflect.get(server, 'http2Servers')
  if (!servers?.size) throw new Error('this version of grpc-js keeps its HTTP/2 servers elsewhere')
  for (const http2 of servers.keys()) http2.on('session', session => session.setLocalWindowSize(limits.unreadBytes))
}

/** What grpc-js looks up for a path. */
interface Handler {
  path: string
  type: 'unary'
  func(): void
  serialize(message: Uint8Array): Buffer
  deserialize(message: Buffer): Buffer
}

function answerEveryPath(server: Server): void {
  if (!(Reflect.get(server, 'handlers') instanceof Map))
    throw new Error('this version of grpc-js keeps its methods elsewhere than in Server.handlers')
  Reflect.set(server, 'handlers', { get: handlerOf })
}

/** grpc-js's first step of a call, before which nobody else sees its headers. */
type StreamHandler = (interceptors: unknown, stream: unknown, headers: Record<string, unknown>) => void

function forgetLongTimeouts(server: Server): void {
  const original: unknown = Reflect.get(server, '_streamHandler')
  if (typeof original !== 'function')
    throw new Error('this version of grpc-js begins its calls elsewhere than in Server._streamHandler')
  const handler: StreamHandler = (interceptors, stream, headers) => {
    if (isLongTimeout(headers['grpc-timeout'])) delete headers['grpc-timeout']
    original.call(server, interceptors, stream, headers)
  }
  Reflect.set(server, '_streamHandler', handler)
}

function handlerOf(path: string): Handler {
  return { path, type: 'unary', func: nothing, serialize: asBuffer, deserialize: same }
}

function takeOver(onCall: GrpcServerOptions['onCall']): ServerInterceptor {
  return (method, call) => {
    onCall(method.path, call as WireCall)
    return deadCall
  }
}

/** What grpc-js's own handler gets in place of the call: it starts it, and never hears of it again. */
const deadCall = new ServerInterceptingCall({} as ServerInterceptingCallInterface, { start: nothing })

function nothing(): void {}

function same(message: Buffer): Buffer {
  return message
}
