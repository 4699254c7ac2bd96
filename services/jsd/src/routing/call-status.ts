import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { Code, ConnectError } from '@connectrpc/connect'
import { Metadata, status } from '@grpc/grpc-js'
import type { WireStatus } from '../transport/wire-call.ts'

/** The statuses that jsd answers on its own account. Texts as recorded from routers, where they were. */
export const answers = {
  ok: { code: status.OK, details: 'OK' },
  unknownRpc: (path: string): WireStatus => ({
    code: status.UNAVAILABLE,
    details: `JGrpcServer: Unknown RPC ${path} received`,
  }),
  notAuthorized: { code: status.UNKNOWN, details: 'Authorization failed' },
  tooManyLogins: { code: status.RESOURCE_EXHAUSTED, details: 'Too many logins at once on this connection' },
  connectionEnds: { code: status.UNAVAILABLE, details: 'The connection is being closed' },
  // grpc-js's own words for a client that breaks the rules of a unary call.
  noRequest: { code: status.UNIMPLEMENTED, details: 'Received no request message' },
  secondRequest: { code: status.UNIMPLEMENTED, details: 'Received a second request message' },
} as const satisfies Record<string, WireStatus | ((path: string) => WireStatus)>

/** A gRPC status from anything that was thrown. Codes of Connect and gRPC are the same numbers; metadata become trailers. */
export function statusFrom(thrown: unknown): WireStatus {
  const error = ConnectError.from(thrown, Code.Internal)
  return { code: error.code as number as status, details: error.rawMessage.toWellFormed(), metadata: trailersOf(error) }
}

/** Names that belong to the protocol and that no daemon may set. */
const reserved = /^(grpc-|content-|connection$|host$|te$|transfer-encoding$|:)/

function trailersOf(error: ConnectError): Metadata | null {
  let trailers: Metadata | null = null
  error.metadata.forEach((value, name) => {
    if (reserved.test(name)) return
    trailers ??= new Metadata()
    if (name.endsWith('-bin')) for (const part of value.split(',')) trailers.add(name, Buffer.from(part, 'base64'))
    else trailers.add(name, value)
  })
  const details = detailsOf(error)
  if (details) {
    trailers ??= new Metadata()
    trailers.set('grpc-status-details-bin', details)
  }
  return trailers
}

/** google.rpc.Status (code 1, message 2, details 3 as google.protobuf.Any): how gRPC carries the details of an error. */
function detailsOf(error: ConnectError): Buffer | undefined {
  if (error.details.length === 0) return undefined
  const whole = new BinaryWriter().tag(1, WireType.Varint).int32(error.code)
  whole.tag(2, WireType.LengthDelimited).string(error.rawMessage.toWellFormed())
  for (const detail of error.details) {
    const { type, value } = 'desc' in detail ? { type: detail.desc.typeName, value: bytesOf(detail) } : detail
    const any = new BinaryWriter().tag(1, WireType.LengthDelimited).string(`type.googleapis.com/${type}`)
    any.tag(2, WireType.LengthDelimited).bytes(value)
    whole.tag(3, WireType.LengthDelimited).bytes(any.finish())
  }
  return Buffer.from(whole.finish())
}

function bytesOf({ desc, value }: { desc: DescMessage; value: MessageInitShape<DescMessage> }): Uint8Array {
  return toBinary(desc, create(desc, value))
}
