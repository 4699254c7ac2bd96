import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf'
import fc from 'fast-check'

/** A message on the wire, and the same without its fields of another wire type than the schema's: what it means. */
export interface Encoding {
  bytes: Uint8Array
  plain: Uint8Array
}

const none = new Uint8Array()

export function varint(value: bigint | number, atLeast = 1): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  while (bytes.length < atLeast) {
    bytes[bytes.length - 1]! |= 0x80
    bytes.push(0)
  }
  return Uint8Array.from(bytes)
}

export function field(number: number, wireType: number, ...values: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(values)
  const length = wireType === 2 ? varint(body.length) : none
  return Buffer.concat([varint(number * 8 + wireType), length, body])
}

/** Numbers as encoders write them, and as no encoder does: with bytes that say nothing, up to the ten that are allowed. */
const anyVarint = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 200n })),
    fc.integer({ min: 1, max: 10 }),
  )
  .map(([value, atLeast]) => varint(value, atLeast))

const texts = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('', '10.0.0.0', '10.0.0.256', '010.0.0.1', '::', '1::2', 'inet.0', 'mpls.0', 'xe-0/0/0.0'),
  fc.string({ maxLength: 20, unit: 'grapheme' }),
)

/** Fields that no schema of ours has, of every wire type. */
const unknown: fc.Arbitrary<Uint8Array> = fc.letrec<{ one: Uint8Array }>(tie => ({
  one: fc.integer({ min: 40, max: 70 }).chain(number =>
    fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      anyVarint.map(value => field(number, 0, value)),
      fc.uint8Array({ minLength: 8, maxLength: 8 }).map(value => field(number, 1, value)),
      fc.uint8Array({ maxLength: 6 }).map(value => field(number, 2, value)),
      fc.uint8Array({ minLength: 4, maxLength: 4 }).map(value => field(number, 5, value)),
      fc
        .array(tie('one'), { maxLength: 2 })
        .map(inner => Buffer.concat([field(number, 3), ...inner, field(number, 4)])),
    ),
  ),
})).one

/** Every way to write a message of a schema: fields in any order, again and again, with unknown ones between them. */
export function encodings(schema: DescMessage, most = 5): fc.Arbitrary<Encoding> {
  const known = schema.fields.map(one => knownField(one))
  const misread = schema.fields.map(one => otherWireType(one))
  const stranger = unknown.map(bytes => ({ bytes, plain: bytes }))
  const any = fc.oneof(
    { weight: 12, arbitrary: known.length > 0 ? fc.oneof(...known) : stranger },
    { weight: 1, arbitrary: stranger },
    { weight: 1, arbitrary: misread.length > 0 ? fc.oneof(...misread) : stranger },
  )
  return fc.array(any, { maxLength: most }).map(joined)
}

export function joined(parts: readonly Encoding[]): Encoding {
  return { bytes: Buffer.concat(parts.map(one => one.bytes)), plain: Buffer.concat(parts.map(one => one.plain)) }
}

function knownField(one: DescField): fc.Arbitrary<Encoding> {
  const { number } = one
  const same = (wireType: number) => (value: Uint8Array) => {
    const bytes = field(number, wireType, value)
    return { bytes, plain: bytes }
  }
  switch (one.fieldKind) {
    case 'message':
      return encodings(one.message).map(inner => inside(number, inner))
    case 'map': {
      const value =
        one.mapKind === 'message' ? encodings(one.message, 2).map(inner => inside(2, inner)) : fc.constant(joined([]))
      const key = fc
        .oneof(
          fc.constantFrom(0, 1).map(n => varint(n)),
          anyVarint,
        )
        .map(n => field(1, 0, n))
      return fc
        .array(
          fc.oneof(
            key.map(bytes => ({ bytes, plain: bytes })),
            value,
          ),
          { maxLength: 3 },
        )
        .map(parts => inside(number, joined(parts)))
    }
    case 'list':
      if (one.listKind !== 'message') throw new Error('no list of scalars in these messages')
      return encodings(one.message).map(inner => inside(number, inner))
    case 'enum':
      return anyVarint.map(same(0))
    case 'scalar':
      if (one.scalar === ScalarType.STRING) return texts.map(text => same(2)(Buffer.from(text)))
      if (one.scalar === ScalarType.BYTES)
        return fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ maxLength: 17 })).map(same(2))
      if (one.scalar === ScalarType.FLOAT) return fc.uint8Array({ minLength: 4, maxLength: 4 }).map(same(5))
      return anyVarint.map(same(0))
  }
}

function inside(number: number, inner: Encoding): Encoding {
  return { bytes: field(number, 2, inner.bytes), plain: field(number, 2, inner.plain) }
}

/** A field's number with a wire type that is not its own. */
function otherWireType(one: DescField): fc.Arbitrary<Encoding> {
  const { number } = one
  const own =
    one.fieldKind === 'message' || one.fieldKind === 'map' || one.fieldKind === 'list'
      ? 2
      : one.fieldKind === 'enum'
        ? 0
        : one.scalar === ScalarType.STRING || one.scalar === ScalarType.BYTES
          ? 2
          : one.scalar === ScalarType.FLOAT
            ? 5
            : 0
  const written: readonly (readonly [number, fc.Arbitrary<Uint8Array>])[] = [
    [0, anyVarint.map(value => field(number, 0, value))],
    [1, fc.uint8Array({ minLength: 8, maxLength: 8 }).map(value => field(number, 1, value))],
    [2, fc.uint8Array({ maxLength: 6 }).map(value => field(number, 2, value))],
    [3, unknown.map(inner => Buffer.concat([field(number, 3), inner, field(number, 4)]))],
    [5, fc.uint8Array({ minLength: 4, maxLength: 4 }).map(value => field(number, 5, value))],
  ]
  return fc
    .oneof(...written.filter(([wireType]) => wireType !== own).map(([, bytes]) => bytes))
    .map(bytes => ({ bytes, plain: none }))
}
