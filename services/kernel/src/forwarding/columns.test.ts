import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, words } from './columns.ts'

test('a column is read wherever it begins', () => {
  fc.assert(
    fc.property(fc.uint32Array(), fc.nat(8), (values, offset) => {
      const bytes = new Uint8Array(4 * values.length + 16)
      const view = new DataView(bytes.buffer)
      for (const [i, value] of values.entries()) view.setUint32(offset + 4 * i, value, true)
      const column = bytes.subarray(offset, offset + 4 * values.length)
      expect([...words(column)]).toEqual([...values])
      expect([...words(Buffer.from(bytes.buffer, offset, column.length))]).toEqual([...values])
      expect([...bytesOf(values, values.length)]).toEqual([...column])
    }),
  )
})
