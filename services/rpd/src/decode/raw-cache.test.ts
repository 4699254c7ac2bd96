import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RawCache } from './raw-cache.ts'

test('bytes are made into something once', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 200 }), all => {
      const cache = new RawCache(bytes => ({ text: Buffer.from(bytes).toString('hex') }))
      const known = new Map<string, object>()
      for (const bytes of all) {
        const text = Buffer.from(bytes).toString('hex')
        const value = cache.of(Uint8Array.of(7, ...bytes, 7), 1, bytes.length + 1)
        expect(value).toEqual({ text })
        expect(known.get(text) ?? value).toBe(value)
        known.set(text, value)
      }
    }),
  )
})

test('what hashes alike is kept apart', () => {
  // 70,000 values of a hash of 30 bits: some of them meet.
  const cache = new RawCache(bytes => Buffer.from(bytes).readUInt32BE())
  const bytes = Buffer.alloc(4)
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 70_000; i++) {
      bytes.writeUInt32BE(Math.imul(i, 0x9e3779b1) >>> 0)
      if (cache.of(bytes, 0, 4) !== bytes.readUInt32BE()) expect.fail(`${i}`)
    }
})

test('the bytes that it keeps are its own, and it does not keep too many', () => {
  const cache = new RawCache(bytes => ({ bytes }))
  const shared = Uint8Array.of(1, 2, 3)
  const first = cache.of(shared, 0, 3)
  shared[0] = 9
  expect(first.bytes).toEqual(Uint8Array.of(1, 2, 3))
  cache.trim()
  expect(cache.of(Uint8Array.of(1, 2, 3), 0, 3)).toBe(first)
  cache.of(new Uint8Array(2 << 20), 0, 2 << 20)
  cache.trim()
  expect(cache.of(Uint8Array.of(1, 2, 3), 0, 3)).not.toBe(first)
})

test('what cannot be made is not kept', () => {
  const cache = new RawCache(() => {
    throw new Error('no message')
  })
  for (let i = 0; i < 2; i++) expect(() => cache.of(Uint8Array.of(1), 0, 1)).toThrow('no message')
})
