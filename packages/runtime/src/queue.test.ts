import { expect, test } from 'vitest'
import { Queue } from './queue.ts'

test('steps run one after the other, and one that fails holds nothing up', async () => {
  const queue = new Queue()
  const seen: string[] = []
  const step = (name: string) => async () => {
    seen.push(`${name} begins`)
    await new Promise(setImmediate)
    seen.push(`${name} ends`)
    if (name === 'b') throw new Error('broken')
    return name
  }
  const results = await Promise.allSettled(['a', 'b', 'c'].map(name => queue.run(step(name))))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(seen).toEqual(['a', 'b', 'c'].flatMap(name => [`${name} begins`, `${name} ends`]))
})
