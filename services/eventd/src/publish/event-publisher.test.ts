import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { ManualClock, silentLogger } from '@hangar/runtime'
import { Aedes } from 'aedes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventPublisher } from './event-publisher.ts'
import { Outbox } from './outbox.ts'

/** A broker of its own for a test. */
async function broker() {
  const aedes = await Aedes.createBroker()
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    aedes.handle(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const received: { topic: string; payload: string; qos: number; retain: boolean }[] = []
  aedes.on('publish', ({ topic, payload, qos, retain }) => {
    if (!topic.startsWith('$SYS')) received.push({ topic, payload: payload.toString(), qos, retain })
  })
  return {
    port: (server.address() as { port: number }).port,
    received,
    cut: () => sockets.forEach(socket => void socket.destroy()),
    async [Symbol.asyncDispose]() {
      server.close()
      await new Promise<void>(resolve => aedes.close(() => resolve()))
    },
  }
}

describe('EventPublisher', () => {
  it('publishes in order with QoS 1 and without retain, what was given before the connection first', async () => {
    await using it = await broker()
    const publisher = new EventPublisher({
      clock: new ManualClock(),
      log: silentLogger,
      endpoint: async () => ({ host: '127.0.0.1', port: it.port, username: 'u', password: 'p' }),
    })
    for (let i = 0; i < 500; i++) publisher.publish('/junos/events/x', `${i}`)
    await expect.poll(() => it.received.length).toBe(500)
    for (let i = 500; i < 1000; i++) publisher.publish('/junos/events/x', `${i}`)
    await expect.poll(() => it.received.length).toBe(1000)
    expect(it.received.map(({ payload }) => Number(payload))).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(it.received[0]).toMatchObject({ topic: '/junos/events/x', qos: 1, retain: false })
    publisher.close()
  })

  it('comes back by itself, and asks anew where to', async () => {
    const clock = new ManualClock()
    await using first = await broker()
    await using second = await broker()
    let port: number | undefined
    const publisher = new EventPublisher({
      clock,
      log: silentLogger,
      async endpoint() {
        if (port === undefined) throw new Error('away')
        return { host: '127.0.0.1', port, username: '', password: '' }
      },
    })
    publisher.publish('t', '1')
    await expect.poll(() => clock.pending).toBe(1)
    port = first.port
    await clock.advance(2000)
    await expect.poll(() => first.received.length).toBe(1)
    port = second.port
    first.cut()
    await expect
      .poll(async () => {
        publisher.publish('t', 'again')
        await clock.advance(2000)
        return second.received.length
      })
      .toBeGreaterThan(0)
    publisher.close()
  })

  it('does not send what the broker would close the connection for', async () => {
    let dropped = 0
    const publisher = new EventPublisher({
      clock: new ManualClock(),
      log: silentLogger,
      endpoint: () => Promise.reject(new Error('not asked')),
      onDropped: count => {
        dropped += count
      },
    })
    publisher.publish('t', 'x'.repeat(300_000))
    expect(dropped).toBe(1)
    publisher.close()
  })
})

describe('Outbox', () => {
  it('keeps the newest in order, within its limits, under identifiers that differ', () => {
    const step = fc.oneof(
      fc.record({ size: fc.integer({ min: 0, max: 30 }) }),
      fc.record({ acknowledge: fc.integer({ min: 1, max: 20 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), steps => {
        const outbox = new Outbox({ messages: 5, bytes: 100 })
        let model: { id: number; size: number }[] = []
        for (const one of steps) {
          if ('acknowledge' in one) {
            outbox.acknowledge(one.acknowledge)
            model = model.filter(({ id }) => id !== one.acknowledge)
            continue
          }
          const { message, dropped } = outbox.add('t', Buffer.alloc(one.size))
          model = [...model.slice(dropped), { id: message.id, size: one.size }]
        }
        expect([...outbox].map(({ id, payload }) => ({ id, size: payload.length }))).toEqual(model)
        expect(outbox.size).toBeLessThanOrEqual(5)
        expect(model.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(100)
        expect(new Set(model.map(({ id }) => id)).size).toBe(model.length)
      }),
    )
  })
})
