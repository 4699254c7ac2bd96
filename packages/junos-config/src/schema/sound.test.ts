import { expect, test } from 'vitest'
import { samples } from '../testing/arbitrary.ts'
import type { ValueType } from '../values/value.ts'
import type { BranchSchema, SchemaNode } from './node.ts'
import { rootSchema } from './root.ts'

/** Every statement once, with the words that lead to it; bodies that several places share are looked at in one. */
function* statements(schema: BranchSchema, path: string, seen = new Set<unknown>()): Iterable<[string, SchemaNode]> {
  if (seen.has(schema)) return
  seen.add(schema)
  for (const node of schema.statements.all) {
    const words = `${path} ${node.name}`.trimStart()
    yield [words, node]
    if ((node.kind === 'container' || node.kind === 'list') && node.name !== 'groups')
      yield* statements(node, words, seen)
  }
}

const all = [...statements(rootSchema, '')]

function typesOf(node: SchemaNode): readonly ValueType[] {
  if (node.kind === 'list') return node.keys.map(({ type }) => type)
  return node.kind !== 'container' && node.type ? [node.type] : []
}

test('statements of one level have names of their own, and at most one of them stands without its name', () => {
  const wrong = all.flatMap(([path, node]) => {
    if (node.kind !== 'container' && node.kind !== 'list') return []
    const names = node.statements.all.map(({ name }) => name)
    const keyless = node.statements.all.filter(one => (one.kind === 'list' || one.kind === 'leaf') && !one.keyword)
    return new Set(names).size < names.length || keyless.length > 1 ? [path] : []
  })
  expect(wrong).toEqual([])
})

test('a value that was read is read again as it is', () => {
  const wrong = all.flatMap(([path, node]) =>
    typesOf(node).flatMap(type =>
      [...(type.choices ?? []).map(({ name }) => name), ...samples].flatMap(text => {
        const read = type.read(text)
        if ('error' in read) return []
        const again = type.read(read.value)
        return 'value' in again && again.value === read.value ? [] : [`${path}: ${text}`]
      }),
    ),
  )
  expect(wrong).toEqual([])
})

test('defaults are values', () => {
  const wrong = all.filter(([, node]) => {
    if (node.kind !== 'leaf' || node.default === undefined || !node.type) return false
    const read = node.type.read(node.default)
    return !('value' in read && read.value === node.default)
  })
  expect(wrong.map(([path]) => path)).toEqual([])
})

test('what names something leads to a list', () => {
  const wrong = all.flatMap(([path, node]) =>
    typesOf(node).flatMap(({ refers }) => {
      if (!refers) return []
      let schema: BranchSchema | undefined = rootSchema
      for (const word of refers.to) {
        const below: SchemaNode | undefined = schema?.statements.named(word)
        schema = below?.kind === 'container' || below?.kind === 'list' ? below : undefined
      }
      const list = schema?.kind === 'list' || schema?.statements.keyless?.kind === 'list'
      return list ? [] : [`${path} -> ${refers.to.join(' ')}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('every statement says what it is', () => {
  expect(all.filter(([, node]) => !node.help.trim() || node.help.endsWith('.')).map(([path]) => path)).toEqual([])
})
