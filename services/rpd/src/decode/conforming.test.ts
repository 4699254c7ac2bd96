import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { RouteNexthopSchema } from '@hangar/protocol/rib_service_pb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodings, field, varint } from '../testing/encodings.ts'
import { conforming } from './conforming.ts'

test('what a schema does not know is left out, all else is as it was', () => {
  fc.assert(
    fc.property(encodings(RouteNexthopSchema), ({ bytes, plain }) => {
      const ours = fromBinary(RouteNexthopSchema, conforming(RouteNexthopSchema, bytes))
      const known = toBinary(RouteNexthopSchema, fromBinary(RouteNexthopSchema, plain), { writeUnknownFields: false })
      expect(Buffer.from(toBinary(RouteNexthopSchema, ours))).toEqual(Buffer.from(known))
    }),
    { numRuns: 300 },
  )
})

test('a field that is longer than its message is no message', () => {
  const inner = field(1, 2, field(2, 2, varint(1), varint(1)))
  expect(() =>
    conforming(RouteNexthopSchema, Buffer.concat([inner.subarray(0, 1), varint(3), field(2, 2, varint(1), varint(1))])),
  ).toThrow('premature EOF')
  expect(conforming(RouteNexthopSchema, inner)).toEqual(inner)
})
