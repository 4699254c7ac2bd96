import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ring } from './ring.ts'

test('holds the newest events under their numbers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 }), (capacity, count) => {
      const ring = new Ring(capacity)
      expect(ring.oldest).toBe(ring.next)
      for (let number = 1; number <= count; number += 1) {
        expect(ring.push(new Uint8Array([number]))).toBe(BigInt(number))
      }
      expect(ring.next).toBe(BigInt(count + 1))
      expect(ring.oldest).toBe(BigInt(Math.max(count - capacity, 0) + 1))
      for (let number = 0; number <= count + 1; number += 1) {
        const held = number > Math.max(count - capacity, 0) && number <= count
        expect(ring.get(BigInt(number))?.[0]).toBe(held ? number : undefined)
      }
    }),
  )
})

test('holds no more bytes than it may, but always the newest event', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 }), sizes, (capacity, limit, events) => {
      const ring = new Ring(capacity, limit)
      events.forEach((size, index) => {
        ring.push(new Uint8Array(size))
        const newest = events.slice(0, index + 1).toReversed()
        let held = 1
        let bytes = size
        while (held < Math.min(capacity, newest.length) && bytes + newest[held]! <= limit) bytes += newest[held++]!
        expect(ring.oldest).toBe(ring.next - BigInt(held))
        expect(ring.get(ring.oldest)?.length).toBe(newest[held - 1])
        expect(ring.get(ring.oldest - 1n)).toBeUndefined()
      })
    }),
  )
})
