import { parseAddress } from '@hangar/inet'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from '../rib/words.ts'
import { readInet, readInet6 } from './address-text.ts'

/** With bytes on both sides, which are not the text's. */
function read(text: string): readonly number[] | undefined {
  const bytes = Buffer.from(`1${text}1`)
  if (!text.includes(':')) {
    const word = readInet(bytes, 1, bytes.length - 1)
    return word < 0 ? undefined : [word, 0, 0, 0]
  }
  const words = new Uint32Array(4)
  return readInet6(bytes, 1, bytes.length - 1, words) ? [...words] : undefined
}

function expected(text: string): readonly number[] | undefined {
  const address = parseAddress(text)
  return address && [...wordsOf(address)]
}

const octet = fc.constantFrom('0', '00', '1', '9', '10', '99', '100', '255', '256', '1000', '', 'a')
const group = fc.constantFrom('0', '0000', '1', 'ff', 'FFFF', 'abc0', '12345', '', 'g', '1.2.3.4', '1.2.3', '1.2.3.256')

test('addresses are read as they are everywhere else', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV4Extended(),
        fc.ipV6(),
        fc.array(octet, { minLength: 1, maxLength: 5 }).map(parts => parts.join('.')),
        fc.array(group, { minLength: 2, maxLength: 10 }).map(parts => parts.join(':')),
        fc
          .tuple(fc.ipV6(), fc.nat(45), fc.constantFrom('', ':', '::', '.', '0', ' ', '%'))
          .map(([text, at, what]) => text.slice(0, at) + what + text.slice(at + 1)),
        fc.string({ maxLength: 50 }),
      ),
      text => {
        expect(read(text), text).toEqual(expected(text))
      },
    ),
    { numRuns: 1500 },
  )
})

test.each([
  '::',
  '1::',
  '::1',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::ffff:1.2.3.4',
  '1::1.2.3.4',
  ':',
  ':::',
  '1::2::3',
])('%s', text => {
  expect(read(text)).toEqual(expected(text))
})
