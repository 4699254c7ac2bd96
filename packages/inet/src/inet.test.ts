import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressFromBytes,
  compareAddresses,
  comparePrefixes,
  contains,
  containsPrefix,
  formatAddress,
  formatPrefix,
  hasHostBits,
  isLoopback,
  lastAddress,
  network,
  networkAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
  unmapped,
} from './index.ts'

const address = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }), sparse())
  .map(addressFromBytes)
const prefix = address.chain(value =>
  fc.integer({ min: 0, max: value.bytes.length * 8 }).map(length => ({ address: value, length })),
)

/** IPv6 addresses with many zero groups: where the `::` rules live. */
function sparse(): fc.Arbitrary<Uint8Array> {
  return fc
    .array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 })
    .map(bytes => Uint8Array.from(bytes))
}

describe('addresses', () => {
  test.each([
    ['0:0:0:0:0:0:0:0', '::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1::', '1::'],
    ['192.0.2.1', '192.0.2.1'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text)!)).toBe(canonical)
  })

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    ' 1.2.3.4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    'fe80::1%em0',
    '12345::',
    '1.2.3.4::',
    '::1.2.3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
  ])('%s is no address', text => {
    expect(parseAddress(text)).toBeUndefined()
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(address, value => {
        expect(parseAddress(formatAddress(value))).toEqual(value)
      }),
    )
  })

  test('reading never throws, and what it accepts is canonical after one pass', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:./]{0,40}$/)), text => {
        const value = parseAddress(text)
        if (value) expect(parseAddress(formatAddress(value))).toEqual(value)
        const withLength = parsePrefix(text)
        if (withLength) expect(parsePrefix(formatPrefix(withLength))).toEqual(withLength)
      }),
    )
  })

  test('loopback and mapped addresses', () => {
    expect(isLoopback(parseAddress('127.9.9.9')!)).toBe(true)
    expect(isLoopback(parseAddress('::1')!)).toBe(true)
    expect(isLoopback(parseAddress('::ffff:127.0.0.1')!)).toBe(true)
    expect(isLoopback(parseAddress('::2')!)).toBe(false)
    expect(formatAddress(unmapped(parseAddress('::ffff:10.0.0.1')!))).toBe('10.0.0.1')
    expect(formatAddress(unmapped(parseAddress('2001:db8::1')!))).toBe('2001:db8::1')
  })

  test('comparison is a total order that agrees with equality', () => {
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(Math.sign(compareAddresses(a, b))).toBe(0 - Math.sign(compareAddresses(b, a)))
        expect(compareAddresses(a, b) === 0).toBe(formatAddress(a) === formatAddress(b))
      }),
    )
  })
})

describe('prefixes', () => {
  const p = (text: string): Prefix => parsePrefix(text)!

  test('network and broadcast', () => {
    expect(formatPrefix(network(p('192.168.10.1/24')))).toBe('192.168.10.0/24')
    expect(formatAddress(lastAddress(p('192.168.10.1/24')))).toBe('192.168.10.255')
    expect(formatAddress(lastAddress(p('2001:db8::/126')))).toBe('2001:db8::3')
    expect(hasHostBits(p('10.0.0.1/24'))).toBe(true)
    expect(hasHostBits(p('10.0.0.0/24'))).toBe(false)
    expect(formatPrefix(p('10.0.0.1'))).toBe('10.0.0.1/32')
  })

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/08', '::/129', '10.0.0.0/-1', '10.0.0.0/24/8', '/24'])(
    '%s is no prefix',
    text => {
      expect(parsePrefix(text)).toBeUndefined()
    },
  )

  test('a prefix contains its ends, and nothing of the other family', () => {
    fc.assert(
      fc.property(prefix, value => {
        expect(contains(value, value.address)).toBe(true)
        expect(contains(value, networkAddress(value))).toBe(true)
        expect(contains(value, lastAddress(value))).toBe(true)
        expect(contains(value, parseAddress(value.address.family === 'inet' ? '::' : '0.0.0.0')!)).toBe(false)
      }),
    )
  })

  test('containment of prefixes is a partial order', () => {
    fc.assert(
      fc.property(prefix, fc.nat(128), (inner, cut) => {
        const outer = network({ address: inner.address, length: Math.min(cut, inner.length) })
        expect(containsPrefix(outer, inner)).toBe(true)
        if (containsPrefix(inner, outer)) expect(comparePrefixes(network(inner), outer)).toBe(0)
      }),
    )
  })
})
