import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Assembler, AssemblyBudget, cut, maxMessageSize } from './fragments.ts'
import {
  decodeAccept,
  decodeCall,
  decodeEvent,
  decodeMessages,
  decodeNumbered,
  encodeAccept,
  encodeCall,
  encodeEvent,
  encodeMessages,
  encodeNumbered,
  FrameError,
  FrameType,
} from './frame.ts'

const whole = (head: Uint8Array, body = new Uint8Array(0)) => ({ head, body, length: head.length + body.length })
const bytes = fc.uint8Array({ maxLength: 300 })
const uint32 = fc.integer({ min: 0, max: 0xffffffff })

describe('frames', () => {
  test('what is written is what is read back', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.option(uint32, { nil: undefined }),
        fc.option(bytes, { nil: undefined }),
        (payload, timeoutMs, metadata) => {
          const frame = decodeCall(encodeCall(FrameType.request, whole(payload), timeoutMs, metadata))
          expect(frame).toEqual({ type: FrameType.request, timeoutMs, metadata, payload })
        },
      ),
    )
    fc.assert(
      fc.property(uint32, bytes, (number, payload) => {
        expect(decodeNumbered(encodeNumbered(FrameType.end, number, payload))).toEqual({ number, payload })
      }),
    )
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        bytes,
        (name, sequence, payload) => {
          const incarnation = name.toWellFormed()
          if (Buffer.byteLength(incarnation) > 255) return
          expect(decodeEvent(encodeEvent(incarnation, sequence, payload))).toEqual({ incarnation, sequence, payload })
        },
      ),
    )
    fc.assert(
      fc.property(uint32, fc.array(fc.tuple(bytes, bytes)), (number, pairs) => {
        const messages = pairs.map(([head, body]) => whole(head, body))
        const size = messages.reduce((sum, message) => sum + message.length, 0)
        const frame = decodeNumbered(encodeMessages(number, messages, size))
        expect(frame.number).toBe(number)
        const joined = pairs.map(([head, body]) => Uint8Array.of(...head, ...body))
        expect([...decodeMessages(frame.payload)]).toEqual(joined)
      }),
    )
    expect(decodeAccept(encodeAccept(3, 'hangar.d.inbox.a.1.x'))).toEqual({ epoch: 3, subject: 'hangar.d.inbox.a.1.x' })
  })

  test('a deadline is never rounded down to nothing', () => {
    expect(decodeCall(encodeCall(FrameType.request, whole(new Uint8Array(0)), 0.2)).timeoutMs).toBe(1)
  })

  test('random bytes are read or refused', () => {
    fc.assert(
      fc.property(bytes, frame => {
        for (const decode of [decodeCall, decodeNumbered, decodeEvent, (it: Uint8Array) => [...decodeMessages(it)]]) {
          try {
            decode(frame)
          } catch (error) {
            expect(error).toBeInstanceOf(FrameError)
          }
        }
      }),
    )
  })
})

describe('fragments', () => {
  test('frames of any size, mixed, come out whole', () => {
    const frame = fc.uint8Array({ minLength: 1, maxLength: 5000 })
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 600, max: 3000 }),
        (frames, size) => {
          const budget = new AssemblyBudget()
          const assembler = new Assembler(budget)
          const lanes = frames.map((frame, index) => cut(frame, BigInt(index), size))
          const whole = new Map<number, Uint8Array>()
          for (let left = lanes.length; left > 0; ) {
            left = 0
            lanes.forEach((lane, index) => {
              const { done, value } = lane.next()
              if (done) return
              left += 1
              expect(value.length).toBeLessThanOrEqual(size)
              const frame = assembler.add(value)
              if (frame) whole.set(index, frame)
            })
          }
          expect(frames.map((_, index) => whole.get(index))).toEqual(frames)
          expect(budget.used).toBe(0)
        },
      ),
    )
  })

  test('random fragments never hold more than the budget, and are let go', () => {
    const piece = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 0, max: 8000 }),
      fc.uint8Array({ minLength: 1, maxLength: 900 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const budget = new AssemblyBudget(3000)
        const assembler = new Assembler(budget)
        for (const [id, offset, total, body] of pieces) {
          const fragment = new Uint8Array(17 + body.length)
          const view = new DataView(fragment.buffer)
          fragment[0] = FrameType.fragment
          view.setBigUint64(1, BigInt(id), true)
          view.setUint32(9, offset, true)
          view.setUint32(13, total, true)
          fragment.set(body, 17)
          try {
            assembler.add(fragment)
          } catch (error) {
            expect(error).toBeInstanceOf(FrameError)
          }
          expect(budget.used).toBeGreaterThanOrEqual(0)
          expect(budget.used).toBeLessThanOrEqual(3000)
        }
        for (let tick = 0; tick < 3; tick += 1) assembler.tick(1)
        expect(budget.used).toBe(0)
      }),
    )
  })

  test('a frame that claims to be larger than any message is refused', () => {
    const fragment = new Uint8Array(1017)
    fragment[0] = FrameType.fragment
    new DataView(fragment.buffer).setUint32(13, 2 * maxMessageSize, true)
    expect(() => new Assembler(new AssemblyBudget()).add(fragment)).toThrow(FrameError)
  })
})
