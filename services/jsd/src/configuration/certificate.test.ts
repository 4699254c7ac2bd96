import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { one } from '../testing/certificates.ts'
import { readIdentity } from './certificate.ts'

describe('a certificate text', () => {
  it('is read with line breaks as such or written out, whatever stands around it', () => {
    const { certificate, key, isFor } = readIdentity(one)
    expect(readIdentity(one.replaceAll('\n', '\\n'))).toMatchObject({ certificate, key })
    expect(readIdentity(`subject=CN\n${key}\nand\n${certificate}\n`)).toMatchObject({ certificate, key })
    expect([isFor('jet-one'), isFor('jet-two')]).toEqual([true, false])
  })

  it('is refused with a reason that gives nothing of it away', () => {
    fc.assert(
      fc.property(fc.nat({ max: one.length }), fc.string({ minLength: 1, maxLength: 60 }), (at, junk) => {
        const text = one.slice(0, at) + junk + one.slice(at + junk.length)
        try {
          readIdentity(text)
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^it holds no PEM (certificate|private key)$|^its (certificate|private key) cannot be read$|does not belong|^TLS does not take it$/,
          )
        }
      }),
    )
    fc.assert(fc.property(fc.string(), text => void expect(() => readIdentity(text)).toThrow('it holds no PEM')))
  })
})
