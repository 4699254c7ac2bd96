import { expect, test } from 'vitest'
import { Ipv6Table } from '../index.ts'
import { type Table, tableCases } from './table.case.ts'

type Words = [number, number, number, number]

tableCases({
  name: 'Ipv6Table',
  bits: 128,
  lengths: [0, 1, 8, 9, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 95, 96, 97, 119, 120, 121, 127, 128],
  anyLength: true,
  create(): Table {
    const table = new Ipv6Table()
    return {
      set: (address, length, value) => table.set(...words(address), length, value),
      delete: (address, length) => table.delete(...words(address), length),
      get: (address, length) => table.get(...words(address), length),
      match: address => table.match(...words(address)),
      matchLength: address => table.matchLength(...words(address)),
      entries() {
        const list: [bigint, number, number][] = []
        table.forEach((a, b, c, d, length, value) => {
          list.push([joined([a, b, c, d]), length, value])
        })
        return list
      },
      parts(count, between) {
        const list: [bigint, number, number][] = []
        for (let next = 0; next >= 0; between()) {
          next = table.scan(next, count, (a, b, c, d, length, value) => {
            list.push([joined([a, b, c, d]), length, value])
          })
        }
        return list
      },
      sweep(gone) {
        table.forEach((a, b, c, d, length, value) => {
          if (gone([joined([a, b, c, d]), length, value])) table.delete(a, b, c, d, length)
        })
      },
      clear: () => table.clear(),
      get size() {
        return table.size
      },
      get bytes() {
        return table.bytes
      },
    }
  },
})

test('a step without a choice is left out again when one of two prefixes goes', () => {
  const table = new Ipv6Table()
  const link = (number: number) => [0x2001_0db8, number, 0, 0] as const
  for (let i = 0; i < 10_000; i++) {
    table.set(0x2001_0db8, i, 1, 1, 128, 1)
    table.set(...link(i), 128, 1)
  }
  const full = table.bytes
  for (let i = 0; i < 10_000; i++) table.delete(...link(i), 128)
  // Each link gave back the node of its prefix and the one in which the two parted: a page more at most.
  for (let i = 0; i < 10_000; i++) table.set(0x2001_0db9, i, 1, 1, 128, 1)
  expect(table.bytes - full).toBeLessThanOrEqual(4 * 65536)
})

function words(address: bigint): Words {
  const word = (shift: bigint) => Number((address >> shift) & 0xffff_ffffn)
  return [word(96n), word(64n), word(32n), word(0n)]
}

function joined(parts: Words): bigint {
  return parts.reduce((sum, part) => (sum << 32n) | BigInt(part), 0n)
}
