import type { KeySchema, ListSchema } from './node.ts'

/** The key that has to follow some keys of an entry; undefined when they are all. */
export function nextKey(list: ListSchema, keys: readonly string[]): KeySchema | undefined {
  let taken = 0
  for (const schema of list.keys) {
    if (taken === keys.length) return schema
    const argument = schema.argument?.(keys[taken]!)
    taken++
    if (!argument) continue
    if (taken === keys.length) return argument
    taken++
  }
  return undefined
}

/** What each key of an entry is, arguments included: as many as the entry has keys. */
export function keySchemas(list: ListSchema, keys: readonly string[]): readonly KeySchema[] {
  // Nearly every list has keys without arguments: then they are simply those.
  if (keys.length === list.keys.length && !list.keys.some(schema => schema.argument)) return list.keys
  return keys.map((_, i) => nextKey(list, keys.slice(0, i))!)
}
