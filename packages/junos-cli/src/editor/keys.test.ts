import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Key, KeyDecoder } from './keys.ts'

const named = (keys: Key[]) => keys.map(key => ('char' in key ? key.char : `<${key.name}>`)).join('')
const decoded = (text: string) => named(new KeyDecoder().decode(new TextEncoder().encode(text)))

describe('keys', () => {
  it.each([
    ['show', 'show'],
    ['\r', '<enter>'],
    ['\n', '<enter>'],
    ['\r\n\r\n', '<enter><enter>'],
    ['\n\n', '<enter><enter>'],
    ['\u0001\u001A\u001F', '<^A><^Z><^_>'],
    ['\t\b\u007F', '<tab><backspace><backspace>'],
    ['\u001B[A\u001B[B\u001BOC\u001BOD', '<up><down><right><left>'],
    ['\u001B[H\u001B[1~\u001BOF\u001B[4~\u001B[3~', '<home><home><end><end><delete>'],
    ['\u001Bb\u001Bf\u001B\u007F', '<M-b><M-f><M-backspace>'],
    ['a\u001B[99~b\u001B[1;5Cc', 'ab<right>c'],
    ['\u001B\u001B[A', '<up>'],
    ['\u001B\r', '<enter>'],
    ['é日😀', 'é日😀'],
    ['\u0000\u0085\uFFFDx', 'x'],
  ])('%j', (text, expected) => {
    expect(decoded(text)).toBe(expected)
  })

  it('do not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (bytes, size) => {
        const decoder = new KeyDecoder()
        const keys: Key[] = []
        for (let at = 0; at < bytes.length; at += size) keys.push(...decoder.decode(bytes.subarray(at, at + size)))
        expect(keys).toEqual(new KeyDecoder().decode(bytes))
      }),
    )
  })

  it('are lost one by one, never with what follows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        const decoder = new KeyDecoder()
        decoder.decode(bytes)
        expect(named(decoder.decode(new TextEncoder().encode('~~~\u0003\rok')))).toMatch(/<\^C><enter>ok$/)
      }),
    )
  })
})
