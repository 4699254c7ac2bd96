import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Framer, longestMessage, trailer } from './framing.ts'

const message = fc
  .array(fc.constantFrom(']', '>', ']]>', 'x', '<a/>', 'é', '\n'), { maxLength: 12 })
  .map(pieces => pieces.join(''))
  // What ends in a part of the trailer would end sooner.
  .filter(text => !`${text}${trailer}`.slice(0, -1).includes(trailer))

it('finds the same messages wherever they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.array(fc.nat({ max: 9 }), { maxLength: 60 }),
      (messages, cuts) => {
        const bytes = Buffer.from(messages.map(text => text + trailer).join(''))
        const framer = new Framer()
        const found: string[] = []
        let at = 0
        for (const cut of cuts) {
          found.push(...framer.push(bytes.subarray(at, at + cut)))
          at += Math.min(cut, bytes.length - at)
        }
        found.push(...framer.push(bytes.subarray(at)))
        expect(found).toEqual(messages)
      },
    ),
  )
})

it('refuses what is too long before it is all there', () => {
  const framer = new Framer()
  const piece = Buffer.alloc(longestMessage / 4, 'x')
  for (let i = 0; i < 4; i++) expect(framer.push(piece)).toEqual([])
  expect(() => framer.push(Buffer.from('x'))).toThrow(RangeError)
})
