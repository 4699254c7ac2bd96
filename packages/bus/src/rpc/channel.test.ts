import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel } from './channel.ts'
import { pump } from './pump.ts'

test('what goes in comes out in order, and no more waits than there is room for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.boolean(), { maxLength: 60 }),
      async (capacity, turns) => {
        const channel = new Channel<number>({ capacity })
        async function* source() {
          for (let value = 0; value < turns.length; value += 1) yield value
        }
        const { done } = pump(source(), channel, value => value)
        void done.then(() => channel.end())
        const taken = []
        for (const wait of turns) {
          if (wait) await new Promise(setImmediate)
          expect(channel.size).toBeLessThanOrEqual(capacity)
          taken.push((await channel.next()).value)
        }
        expect(taken).toEqual(turns.map((_, index) => index))
        expect((await channel.next()).done).toBe(true)
      },
    ),
  )
})

test('an error comes after the values that wait, and once', async () => {
  const channel = new Channel<number>({ capacity: 4 })
  channel.push(1)
  channel.end(new Error('over'))
  expect(channel.push(2)).toBe(false)
  expect(await channel.next()).toEqual({ done: false, value: 1 })
  await expect(channel.next()).rejects.toThrow('over')
  expect((await channel.next()).done).toBe(true)
})

test('a failure overtakes the values that wait', async () => {
  const channel = new Channel<number>({ capacity: 4 })
  channel.push(1)
  channel.fail(new Error('broken'))
  await expect(channel.next()).rejects.toThrow('broken')
})

test('several readers that wait are all answered', async () => {
  const channel = new Channel<number>({ capacity: 4 })
  const waiting = [channel.next(), channel.next(), channel.next()]
  channel.push(1)
  channel.end()
  expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual([false, true, true])
})

test('a consumer that stops lets a writer that waits go on, and says so once', async () => {
  let canceled = 0
  const channel = new Channel<number>({ capacity: 1, onCancel: () => (canceled += 1) })
  channel.push(1)
  const room = channel.room()
  await channel.return()
  await room
  await channel.return()
  expect([canceled, channel.ended]).toEqual([1, true])
})
