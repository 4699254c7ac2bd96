import { Code, ConnectError } from '@connectrpc/connect'
import { expect, test } from 'vitest'
import { BulkLane } from './bulk.ts'

function lane(burst: number) {
  const published: string[] = []
  let flushed = Promise.withResolvers<void>()
  const bulk = new BulkLane({
    publish: (subject, frame) => published.push(`${subject}${frame[0]}`),
    flush: () => flushed.promise,
    burst,
  })
  const serverTakes = async () => {
    flushed.resolve()
    flushed = Promise.withResolvers()
    await new Promise(setImmediate)
  }
  return { bulk, published, serverTakes }
}

function* pieces(count: number): Generator<Uint8Array> {
  for (let number = 0; number < count; number += 1) yield new Uint8Array(100).fill(number)
}

const always = () => true

test('large frames take turns, and no more than a burst is before the server at a time', async () => {
  const { bulk, published, serverTakes } = lane(200)
  const done: string[] = []
  void bulk.send('a', pieces(4), undefined, always).then(() => done.push('a'))
  void bulk.send('b', pieces(2), undefined, always).then(() => done.push('b'))
  expect(published).toHaveLength(2)
  await serverTakes()
  expect(published).toHaveLength(4)
  await serverTakes()
  await serverTakes()
  expect(published).toEqual(['a0', 'a1', 'a2', 'b0', 'a3', 'b1'])
  expect(done).toEqual(['a', 'b'])
})

test('what nobody waits for any more is left', async () => {
  const { bulk, published, serverTakes } = lane(100)
  let wanted = true
  const sent = bulk.send('a', pieces(100), undefined, () => wanted)
  wanted = false
  await serverTakes()
  await sent
  expect(published).toEqual(['a0'])
})

test('a connection that is lost gives up what waits', async () => {
  const { bulk, serverTakes } = lane(100)
  const sent = bulk.send('a', pieces(100), undefined, always)
  bulk.fail(new ConnectError('lost', Code.Unavailable))
  await expect(sent).rejects.toThrow('lost')
  await serverTakes()
})
