import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  FailureSchema,
  type Field,
  FieldSchema,
  type Metadata,
  MetadataSchema,
} from '@hangar/protocol/hangar/bus/v1/frame_pb'

/** An error as bytes: code, text, details, metadata. Its cause and stack stay where it was thrown. */
export function encodeFailure(error: ConnectError): Uint8Array {
  const details = error.details.map(detail =>
    'desc' in detail
      ? { type: detail.desc.typeName, value: toBinary(detail.desc, create(detail.desc, detail.value)) }
      : { type: detail.type, value: detail.value },
  )
  return toBinary(
    FailureSchema,
    create(FailureSchema, { code: error.code, message: error.rawMessage, details, metadata: toFields(error.metadata) }),
  )
}

export function decodeFailure(bytes: Uint8Array): ConnectError {
  const failure = fromBinary(FailureSchema, bytes)
  const code = failure.code in Code ? (failure.code as Code) : Code.Unknown
  const error = new ConnectError(failure.message, code)
  for (const { name, value } of failure.metadata) appendField(error.metadata, name, value)
  error.details = failure.details.map(({ type, value }) => ({ type, value }))
  return error
}

/** Undefined when there is nothing to say. */
export function encodeMetadata(header: Headers | undefined, trailer?: Headers | undefined): Uint8Array | undefined {
  const metadata = { header: toFields(header), trailer: toFields(trailer) }
  if (metadata.header.length === 0 && metadata.trailer.length === 0) return undefined
  return toBinary(MetadataSchema, create(MetadataSchema, metadata))
}

/** Nothing, or no bytes, means that there is none. */
export function decodeMetadata(bytes: Uint8Array | undefined): { header: Headers; trailer: Headers } {
  const metadata: Pick<Metadata, 'header' | 'trailer'> = bytes
    ? fromBinary(MetadataSchema, bytes)
    : { header: [], trailer: [] }
  return { header: toHeaders(metadata.header), trailer: toHeaders(metadata.trailer) }
}

function toFields(headers: Headers | undefined): Field[] {
  return headers ? [...headers].map(([name, value]) => create(FieldSchema, { name, value })) : []
}

function toHeaders(fields: Field[]): Headers {
  const headers = new Headers()
  for (const { name, value } of fields) appendField(headers, name, value)
  return headers
}

// Headers refuses what HTTP would refuse. Who wrote that into a frame does not get to end a call with it.
function appendField(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    headers.append('x-hangar-refused', encodeURIComponent(name))
  }
}
