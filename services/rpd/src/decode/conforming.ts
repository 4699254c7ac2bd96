import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf'
import { Malformed, WireReader } from './wire-reader.ts'

/** Messages within messages that are followed, as protobuf's own readers do. */
const DEEPEST = 100

/** What a field number may have on the wire, and what is inside of it. */
interface Field {
  readonly wireTypes: readonly number[]
  readonly inside?: Fields | undefined
}
type Fields = (number: number) => Field | undefined

/**
 * The bytes of a message without fields that its schema does not know. protobuf-es goes by field numbers alone and takes a field of
 * another wire type for what it is not; the encoding guide calls it unknown, and old releases of the contract did change the types of
 * two numbers. Throws `Malformed` where the bytes are no message, and where a field is longer than the message that it is in.
 */
export function conforming(schema: DescMessage, bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  append(fieldsOf(schema), new WireReader(bytes), bytes.length, parts, DEEPEST)
  return Buffer.concat(parts)
}

function append(fields: Fields, reader: WireReader, end: number, parts: Uint8Array[], depth: number): void {
  if (depth === 0) throw new Malformed('messages are nested too deeply')
  while (reader.at < end) {
    const start = reader.at
    const tag = reader.tag()
    const field = fields(tag >>> 3)
    if (!field?.wireTypes.includes(tag & 7)) reader.skip(tag, end)
    else if (field.inside) {
      const body: Uint8Array[] = []
      append(field.inside, reader, reader.block(end), body, depth - 1)
      const length = body.reduce((sum, part) => sum + part.length, 0)
      parts.push(Buffer.from([...varint(tag), ...varint(length)]), ...body)
    } else {
      reader.skip(tag, end)
      parts.push(reader.bytes.subarray(start, reader.at))
    }
  }
  if (reader.at !== end) throw new Malformed('premature EOF')
}

function fieldsOf(schema: DescMessage): Fields {
  return number => {
    const field = schema.fields.find(one => one.number === number)
    return field && fieldOf(field)
  }
}

function fieldOf(field: DescField): Field {
  switch (field.fieldKind) {
    case 'message':
      return { wireTypes: [2], inside: fieldsOf(field.message) }
    case 'map':
      return { wireTypes: [2], inside: number => entryField(field, number) }
    case 'enum':
      return { wireTypes: [0] }
    case 'scalar':
      return { wireTypes: [wireTypeOf(field.scalar)] }
    case 'list':
      if (field.listKind === 'message') return { wireTypes: [2], inside: fieldsOf(field.message) }
      // Numbers may be packed or not, whatever the schema says.
      return { wireTypes: [field.listKind === 'enum' ? 0 : wireTypeOf(field.scalar), 2] }
  }
}

function entryField(field: DescField & { fieldKind: 'map' }, number: number): Field | undefined {
  if (number === 1) return { wireTypes: [wireTypeOf(field.mapKey)] }
  if (number !== 2) return undefined
  if (field.mapKind === 'message') return { wireTypes: [2], inside: fieldsOf(field.message) }
  return { wireTypes: [field.mapKind === 'enum' ? 0 : wireTypeOf(field.scalar)] }
}

function wireTypeOf(scalar: ScalarType): number {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return 2
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return 5
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return 1
    default:
      return 0
  }
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  return [...bytes, value]
}
