import { create, type DescMessage, equals, fromBinary, type Message } from '@bufbuild/protobuf'
import {
  CallerSchema,
  InvokeRequestSchema,
  InvokeResponseSchema,
  StreamRequestSchema,
} from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { RouteBatchSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeMessage } from './message-bytes.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.integer({ min: 4000, max: 90_000 }).map(size => new Uint8Array(size).fill(size)),
)
const path = fc.string({ maxLength: 40 }).map(text => text.toWellFormed())
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const caller = maybe(path.map(clientId => create(CallerSchema, { clientId })))

function readsBack<M extends Message>(schema: DescMessage, message: M): void {
  const before = { ...message }
  const { head, body, length } = encodeMessage(schema, message)
  const whole = Buffer.concat([head, body])
  expect(whole.length).toBe(length)
  expect(equals(schema, fromBinary(schema, whole), message)).toBe(true)
  expect({ ...message }).toEqual(before)
}

test('what is encoded is what is read back, with large fields and small ones, set or not', () => {
  fc.assert(
    fc.property(path, caller, bytes, (path, caller, request) => {
      readsBack(InvokeRequestSchema, create(InvokeRequestSchema, { path, request, ...(caller && { caller }) }))
    }),
  )
  fc.assert(
    fc.property(path, maybe(bytes), (path, request) => {
      readsBack(StreamRequestSchema, create(StreamRequestSchema, { path, ...(request && { request }) }))
    }),
  )
  fc.assert(
    fc.property(bytes, bytes, bytes, (addresses, lengths, nextHops) => {
      readsBack(RouteBatchSchema, create(RouteBatchSchema, { table: 1, addresses, lengths, nextHops }))
    }),
  )
})

test('a large field is not copied', () => {
  const response = new Uint8Array(60_000)
  expect(encodeMessage(InvokeResponseSchema, create(InvokeResponseSchema, { response })).body).toBe(response)
})

test('fields that this end does not know are kept', () => {
  const request = create(InvokeRequestSchema, { request: new Uint8Array(5000) })
  request.$unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }]
  const { head, body } = encodeMessage(InvokeRequestSchema, request)
  const whole = new Uint8Array(Buffer.concat([head, body]))
  expect(fromBinary(InvokeRequestSchema, whole).$unknown).toEqual(request.$unknown)
})
