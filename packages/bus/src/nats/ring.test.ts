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
