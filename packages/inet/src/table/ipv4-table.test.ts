import { expect, test } from 'vitest'
import { Ipv4Table } from '../index.ts'
import { tableCases } from './table.case.ts'

tableCases({
  name: 'Ipv4Table',
  bits: 32,
  lengths: [0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32],
  anyLength: true,
  create() {
    const table = new Ipv4Table()
    return {
      set: (address, length, value) => table.set(Number(address), length, value),
      delete: (address, length) => table.delete(Number(address), length),
      get: (address, length) => table.get(Number(address), length),
      match: address => table.match(Number(address)),
      matchLength: address => table.matchLength(Number(address)),
      entries() {
        const list: [bigint, number, number][] = []
        table.forEach((address, length, value) => {
          list.push([BigInt(address), length, value])
        })
        return list
      },
      parts(count, between) {
        const list: [bigint, number, number][] = []
        for (let next = 0; next >= 0; between()) {
          next = table.scan(next, count, (address, length, value) => {
            list.push([BigInt(address), length, value])
          })
        }
        return list
      },
      sweep(gone) {
        table.forEach((address, length, value) => {
          if (gone([BigInt(address), length, value])) table.delete(address, length)
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

test('a node that was full and holds one prefix is small again', () => {
  const table = new Ipv4Table()
  const fill = (from: number) => {
    for (let i = 0; i < 300; i++) for (let host = 0; host < 256; host++) table.set(((from + i) << 8) | host, 32, 1)
  }
  fill(0)
  const full = table.bytes
  for (let i = 0; i < 300; i++) for (let host = 1; host < 256; host++) table.delete((i << 8) | host, 32)
  fill(1000)
  // Rows and nodes are those that became free; what stayed has a page at most.
  expect(table.bytes - full).toBeLessThanOrEqual(4 * 65536)
  expect([table.match(0), table.match(1), table.match(1000 << 8)]).toEqual([1, -1, 1])
})
