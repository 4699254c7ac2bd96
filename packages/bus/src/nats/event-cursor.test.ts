import { create } from '@bufbuild/protobuf'
import { CatchUpResponseSchema } from '@hangar/protocol/hangar/bus/v1/event_pb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventCursor } from './event-cursor.ts'
import { Ring } from './ring.ts'

const step = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const), heard: fc.boolean() }),
  fc.record({ kind: fc.constant('settle' as const), works: fc.boolean() }),
  fc.record({ kind: fc.constant('position' as const) }),
)

test('whatever is lost on the way: events come once, in order, and what is missing is counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 80 }), async (capacity, steps) => {
      const ring = new Ring(capacity)
      const delivered: bigint[] = []
      let missed = 0n
      let asked: { from: bigint; answer: PromiseWithResolvers<ReturnType<typeof respond>> } | undefined
      const respond = (from: bigint) => {
        const events = []
        for (
          let sequence = from < ring.oldest ? ring.oldest : from;
          sequence < ring.next && events.length < 3;
          sequence += 1n
        ) {
          events.push({ sequence, event: ring.get(sequence)! })
        }
        return create(CatchUpResponseSchema, { events, oldest: ring.oldest, next: ring.next })
      }
      const cursor = new EventCursor(1n, {
        deliver: sequence => delivered.push(sequence),
        gap: count => {
          missed += count
        },
        fetch: from => {
          const answer = Promise.withResolvers<ReturnType<typeof respond>>()
          asked = { from, answer }
          return answer.promise
        },
      })
      const settle = async (works: boolean) => {
        const waiting = asked
        asked = undefined
        if (works) waiting?.answer.resolve(respond(waiting.from))
        else waiting?.answer.reject(new Error('away'))
        await new Promise(setImmediate)
      }
      for (const action of steps) {
        if (action.kind === 'publish') {
          const sequence = ring.push(new Uint8Array(1))
          if (action.heard) cursor.heard(sequence, new Uint8Array(1))
        } else if (action.kind === 'settle') await settle(action.works)
        else cursor.position(ring.next)
      }
      cursor.position(ring.next)
      for (let turn = 0; turn < 40; turn += 1) {
        cursor.catchUp()
        await settle(true)
      }
      expect([...delivered].sort((one, other) => Number(one - other))).toEqual(delivered)
      expect(new Set(delivered).size).toBe(delivered.length)
      expect(BigInt(delivered.length) + missed).toBe(ring.next - 1n)
    }),
    { numRuns: 200 },
  )
})
