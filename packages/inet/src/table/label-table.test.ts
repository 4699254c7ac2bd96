import { expect, test } from 'vitest'
import { LabelTable } from '../index.ts'
import { tableCases } from './table.case.ts'

tableCases({
  name: 'LabelTable',
  bits: 20,
  lengths: [0, 20, 20, 20],
  anyLength: false,
  create() {
    const table = new LabelTable()
    return {
      set: (label, length, value) => table.set(Number(label), length, value),
      delete: (label, length) => table.delete(Number(label), length),
      get: (label, length) => table.get(Number(label), length),
      match: label => table.match(Number(label)),
      matchLength: label => table.matchLength(Number(label)),
      entries() {
        const list: [bigint, number, number][] = []
        table.forEach((label, length, value) => {
          list.push([BigInt(label), length, value])
        })
        return list
      },
      parts(count, between) {
        const list: [bigint, number, number][] = []
        for (let next = 0; next >= 0; between()) {
          next = table.scan(next, count, (label, length, value) => {
            list.push([BigInt(label), length, value])
          })
        }
        return list
      },
      sweep(gone) {
        table.forEach((label, length, value) => {
          if (gone([BigInt(label), length, value])) table.delete(label, length)
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

test.each([-1, 1 << 20, 1.5])('%s is no label', label => {
  const table = new LabelTable()
  expect(() => table.set(label, 20, 1)).toThrow(String(label))
  expect(table.size).toBe(0)
})
