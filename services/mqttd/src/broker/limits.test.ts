import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testBroker } from '../testing/device-broker.ts'
import { RawClient } from '../testing/raw-client.ts'

describe('time', () => {
  it('ends a connection whose CONNECT does not come, or comes by drops', async () => {
    const clock = new ManualClock()
    await using it = await testBroker({ clock, limits: { connectTime: 10_000 } })
    const silent = await RawClient.open(it.port)
    const slow = await RawClient.open(it.port)
    slow.socket.write(Buffer.from([0x10]))
    await expect.poll(() => it.lines.length).toBe(2)
    await clock.advance(9_999)
    slow.socket.write(Buffer.from([0x10, 0x00]))
    await clock.advance(1)
    expect(await silent.closed).toBe('fin')
    expect(await slow.closed).toBe('fin')
  })

  it('ends a session after one and a half keep alive times [MQTT-3.1.2-24]', async () => {
    const clock = new ManualClock()
    await using it = await testBroker({ clock })
    const client = await RawClient.session(it.port, { keepalive: 10, clientId: 'k' })
    await clock.advance(14_000)
    await client.roundTrip()
    await clock.advance(14_999)
    await client.roundTrip()
    await clock.advance(15_000)
    expect(await client.closed).toBe('fin')
    expect(it.lines.at(-1)).toBe('Client k has exceeded timeout, disconnecting.')
  })

  it('never ends a session with keep alive 0', async () => {
    const clock = new ManualClock()
    await using it = await testBroker({ clock })
    const client = await RawClient.session(it.port, { keepalive: 0 })
    await clock.advance(86_400_000)
    await client.roundTrip()
    client.close()
  })
})

describe('connections without a CONNECT', () => {
  it('keep nobody out, however many there are', async () => {
    await using it = await testBroker({ limits: { pending: 3 } })
    const idle = []
    for (let i = 0; i < 5; i++) idle.push(await RawClient.open(it.port))
    const client = await RawClient.session(it.port)
    expect(await Promise.all(idle.slice(0, 3).map(({ closed }) => closed))).toEqual(['fin', 'fin', 'fin'])
    await client.roundTrip()
    for (const one of [...idle, client]) one.close()
  })
})

describe('size', () => {
  it('closes on a packet that is too large before it has come', async () => {
    await using it = await testBroker({ limits: { packet: 1000 } })
    const client = await RawClient.session(it.port)
    client.socket.write(Buffer.from([0x30, 0xe9, 0x07]))
    expect(await client.closed).toBe('fin')
  })

  it('leaves messages out for a client that does not read, and for that client alone', async () => {
    await using it = await testBroker({ limits: { queue: 0 } })
    const deaf = await RawClient.session(it.port, { clientId: 'deaf' })
    await deaf.subscribe('t', 1)
    deaf.socket.pause()
    const reader = await RawClient.session(it.port)
    await reader.subscribe('t')
    const publisher = await RawClient.session(it.port)
    const payload = 'x'.repeat(100_000)
    let most = 0
    for (let i = 0; i < 200; i++) {
      publisher.publish('t', payload)
      await reader.next('publish')
      for (const { stream } of it.broker.clients()) most = Math.max(most, stream.queued)
    }
    expect(most).toBeLessThan(64 * 1024 + 2 * 100_100)
    expect(it.lines.filter(line => line.includes('dropped'))).toEqual([
      'Outgoing messages are being dropped for client deaf.',
    ])
    // What it got of the stream is whole packets: it goes on where it reads again.
    deaf.socket.resume()
    await deaf.roundTrip()
    publisher.publish('t', 'after')
    for (;;) if ((await deaf.next('publish')).payload.toString() === 'after') break
    for (const client of [deaf, reader, publisher]) client.close()
  })

  it('ends a connection that asks and does not read the answers', async () => {
    await using it = await testBroker({ limits: { queue: 0 }, configuration: { socketSendBuffer: 1000 } })
    const client = await RawClient.session(it.port)
    client.socket.pause()
    const pings = Buffer.alloc(2 * 100_000, Buffer.from([0xc0, 0x00]))
    const ended = new Promise<void>(resolve => client.socket.once('close', () => resolve()))
    client.socket.on('error', () => {})
    const write = () => {
      while (!client.socket.destroyed && client.socket.write(pings));
      client.socket.once('drain', write)
    }
    write()
    await expect.poll(() => [...it.broker.clients()].length, { timeout: 10_000 }).toBe(0)
    client.close()
    await ended
  })

  it('answers a SUBSCRIBE beyond the limit with failure', async () => {
    await using it = await testBroker({ limits: { filters: 2 } })
    const client = await RawClient.session(it.port)
    expect([await client.subscribe('a'), await client.subscribe('b'), await client.subscribe('c')]).toEqual([0, 0, 128])
    expect(await client.subscribe('a', 1)).toBe(1)
    client.close()
  })

  it('keeps retained messages up to a number of bytes', async () => {
    await using it = await testBroker({ limits: { retainedBytes: 250 } })
    const client = await RawClient.session(it.port)
    for (const topic of ['a', 'b', 'c']) client.publish(topic, 'x'.repeat(100), { retain: true })
    client.publish('a', '', { retain: true })
    client.publish('d', 'y'.repeat(100), { retain: true })
    await client.roundTrip()
    await client.subscribe('#')
    expect([(await client.next('publish')).topic, (await client.next('publish')).topic]).toEqual(['b', 'd'])
    client.close()
  })
})

describe('bad input', () => {
  it.each([
    ['PUBLISH before CONNECT', '300500016162 63'],
    ['a second CONNECT', '100d00044d51545404020000000161 100d00044d51545404020000000161'],
    ['SUBSCRIBE with wrong flags [MQTT-3.8.1-1]', '100d00044d51545404020000000161 8006000100016100'],
    ['a filter with # in the middle', '100d00044d51545404020000000161 820800010003612362 00'],
    ['a filter a+', '100d00044d51545404020000000161 8207000100026 12b00'],
    ['an empty filter', '100d00044d51545404020000000161 82050001000000'],
    ['PUBLISH to a wildcard', '100d00044d51545404020000000161 30050003612f23'],
    ['QoS 3', '100d00044d51545404020000000161 36070001610001 0000'],
    ['a length of five bytes', 'ffffffffff7f'],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n').toString('hex')],
  ])('closes that connection on %s', async (_, hex) => {
    await using it = await testBroker()
    const other = await RawClient.session(it.port)
    const client = await RawClient.open(it.port)
    client.socket.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
    expect(await client.closed).toBe('fin')
    await other.roundTrip()
    other.close()
  })

  it('no bytes crash the broker or disturb another subscriber', async () => {
    await using it = await testBroker({ limits: { pending: 1000 } })
    const subscriber = await RawClient.session(it.port)
    await subscriber.subscribe('steady/#', 1)
    const publisher = await RawClient.session(it.port)
    let count = 0
    const begin = fc.constantFrom('', '100d00044d51545404020000000161', '101000064d51497364700302000000027878')
    // A packet type with flags, a length that is mostly right, and anything for a body.
    const packet = fc
      .tuple(
        fc.integer({ min: 0, max: 255 }),
        fc.uint8Array({ maxLength: 60 }),
        fc.option(fc.integer({ min: 0, max: 127 }), { freq: 5 }),
      )
      .map(([type, body, length]) => Buffer.from([type, length ?? body.length, ...body]))
    await fc.assert(
      fc.asyncProperty(begin, fc.array(packet, { maxLength: 6 }), async (first, packets) => {
        const client = await RawClient.open(it.port)
        client.socket.on('error', () => {})
        client.socket.end(Buffer.concat([Buffer.from(first, 'hex'), ...packets]))
        await client.closed
        publisher.publish('steady/one', `${++count}`, { qos: 1, messageId: 1 + (count % 60_000) })
        for (;;) {
          const { topic, payload } = await subscriber.next('publish')
          if (topic !== 'steady/one') continue
          expect(payload.toString()).toBe(`${count}`)
          break
        }
      }),
      { numRuns: 300 },
    )
    await expect.poll(() => [...it.broker.clients()].length).toBe(2)
    subscriber.close()
    publisher.close()
  })
})
