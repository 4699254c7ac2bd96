import { expect, test } from 'vitest'
import { loadSet } from '../parse/set.ts'
import { emptyRoot, viewOf } from '../tree/tree.ts'

test('a key that may take an argument is asked for behind one that never does', () => {
  const from = 'policy-options policy-statement p from route-filter'
  const loaded = loadSet(emptyRoot, `set ${from} 10.0.0.0/8 exact\nset ${from} 10.0.0.0/8 upto /24`)
  expect(loaded.errors).toEqual([])
  const filters = viewOf(loaded.root).at('policy-options', 'policy-statement', 'p', 'from').list('route-filter')
  expect(filters.map(filter => filter.keys)).toEqual([
    ['10.0.0.0/8', 'exact'],
    ['10.0.0.0/8', 'upto', '/24'],
  ])
})
