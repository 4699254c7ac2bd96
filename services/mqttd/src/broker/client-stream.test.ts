import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ManualClock } from '@hangar/runtime'
import mqtt from 'mqtt-packet'
import { describe, expect, it, vi } from 'vitest'
import { ClientStream } from './client-stream.ts'

/** A stream over a real connection, and what the socket below it was asked to write. */
async function connection() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const peer = connect((server.address() as { port: number }).port)
  const [socket] = (await once(server, 'connection')) as [Socket]
  const stream = new ClientStream(socket, { packet: 1000, queue: 100_000 }, new ManualClock())
  const writes = vi.spyOn(socket, 'write')
  const publish = (payload: string) =>
    mqtt.writeToStream({ cmd: 'publish', topic: 't/é', payload, qos: 0, retain: false, dup: false }, stream)
  const received: string[] = []
  const parser = mqtt.parser()
  parser.on('packet', packet => packet.cmd === 'publish' && received.push(packet.payload.toString()))
  peer.on('data', chunk => parser.parse(chunk))
  return {
    stream,
    peer,
    writes,
    publish,
    received,
    [Symbol.dispose]() {
      peer.destroy()
      stream.destroy()
      server.close()
    },
  }
}

describe('ClientStream', () => {
  it('writes a single packet at once', async () => {
    using it = await connection()
    it.publish('a')
    await Promise.resolve().then(() => new Promise(process.nextTick))
    expect(it.writes).toHaveBeenCalledTimes(1)
  })

  it('writes a burst in one piece a turn, in order', async () => {
    using it = await connection()
    const sent: string[] = []
    for (let turn = 0; turn < 5; turn++) {
      for (let i = 0; i < 100; i++) {
        const payload = `${turn} ${i}`
        sent.push(payload)
        it.publish(payload)
        // As the broker does: each packet in a callback of its own.
        if (i % 10 === 0) await Promise.resolve()
      }
      await nextTurn()
    }
    await expect.poll(() => it.received.length).toBe(500)
    expect(it.received).toEqual(sent)
    expect(it.writes.mock.calls.length).toBeLessThanOrEqual(12)
  })

  it('sends what was written before it was ended, then a FIN', async () => {
    using it = await connection()
    const end = once(it.peer, 'end')
    it.publish('last')
    it.stream.destroy(new Error('over'))
    it.stream.on('error', () => {})
    await end
    expect(it.received).toEqual(['last'])
  })
})
