import { clearField, type DescField, type DescMessage, type Message, ScalarType, toBinary } from '@bufbuild/protobuf'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** A message as bytes: `head`, then `body`. */
export interface MessageBytes {
  readonly head: Uint8Array
  readonly body: Uint8Array
  /** Of both. */
  readonly length: number
}

/** Bytes from which on a field is left where it is. */
const largeField = 4096
const nothing = new Uint8Array(0)
const bytesFields = new WeakMap<DescMessage, readonly DescField[]>()

export const noMessage: MessageBytes = { head: nothing, body: nothing, length: 0 }

/**
 * Encodes a message. What a large field of bytes holds, as a JET request has it, is not copied and comes last, where protobuf allows
 * it: protobuf-es would write it into a buffer that grows by doubling, and cut that to size.
 */
export function encodeMessage(schema: DescMessage, message: Message): MessageBytes {
  const values = message as unknown as Record<string, Uint8Array | undefined>
  for (const field of bytesFieldsOf(schema)) {
    const body = values[field.localName]
    if (body && body.length >= largeField) return withBody(schema, message, field, body)
  }
  const head = toBinary(schema, message)
  return { head, body: nothing, length: head.length }
}

function withBody(schema: DescMessage, message: Message, field: DescField, body: Uint8Array): MessageBytes {
  const rest: Message = Object.assign(Object.create(Object.getPrototypeOf(message)), message)
  clearField(rest, field)
  const writer = new BinaryWriter().raw(toBinary(schema, rest))
  const head = writer.tag(field.number, WireType.LengthDelimited).uint32(body.length).finish()
  return { head, body, length: head.length + body.length }
}

function bytesFieldsOf(schema: DescMessage): readonly DescField[] {
  let fields = bytesFields.get(schema)
  if (!fields) {
    fields = schema.fields.filter(
      field => field.fieldKind === 'scalar' && field.scalar === ScalarType.BYTES && !field.oneof,
    )
    bytesFields.set(schema, fields)
  }
  return fields
}
