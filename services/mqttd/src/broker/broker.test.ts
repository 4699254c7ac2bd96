import { describe, expect, it } from 'vitest'
import { testBroker } from '../testing/device-broker.ts'
import { RawClient } from '../testing/raw-client.ts'

describe('delivery', () => {
  it.each([
    ['MQTT', 4],
    ['MQIsdp', 3],
  ] as const)('speaks %s, version %i, without waiting for CONNACK', async (protocolId, protocolVersion) => {
    await using it = await testBroker()
    const client = await RawClient.open(it.port)
    client.send(
      { cmd: 'connect', protocolId, protocolVersion, clientId: 'one', clean: true, keepalive: 60 },
      { cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: '/junos/events/#', qos: 1 }] },
    )
    expect((await client.next('connack')).returnCode).toBe(0)
    expect(await client.next('suback')).toMatchObject({ messageId: 7, granted: [1] })
    client.publish('/junos/events/syslog/LOGIN_INFORMATION', 'mine')
    expect(await client.next('publish')).toMatchObject({ topic: '/junos/events/syslog/LOGIN_INFORMATION' })
    client.close()
  })

  it.each([0, 1, 2] as const)('hands over at QoS %i, in order', async qos => {
    await using it = await testBroker()
    const subscriber = await RawClient.session(it.port)
    expect(await subscriber.subscribe('a/+', qos)).toBe(qos)
    const publisher = await RawClient.session(it.port)
    for (let i = 1; i <= 50; i++) publisher.publish('a/b', `${i}`, { qos, messageId: i })
    for (let i = 1; i <= 50; i++) {
      const packet = await subscriber.next('publish')
      expect([packet.payload.toString(), packet.qos, packet.retain]).toEqual([`${i}`, qos, false])
    }
    if (qos === 2) expect((await publisher.next('pubrec')).messageId).toBe(1)
    subscriber.close()
    publisher.close()
  })

  it('takes the slashes of an interface name as levels', async () => {
    await using it = await testBroker()
    const client = await RawClient.session(it.port)
    await client.subscribe('/junos/events/kernel/interfaces/ifl/+/+/+/+')
    client.publish('/junos/events/kernel/interfaces/ifl/add/em0.0', 'one level for the name')
    client.publish('/junos/events/kernel/interfaces/ifl/add/xe-0/0/1.0', 'three')
    expect((await client.next('publish')).payload.toString()).toBe('three')
    client.close()
  })

  it('keeps retained messages for later subscribers', async () => {
    await using it = await testBroker()
    const publisher = await RawClient.session(it.port)
    publisher.publish('kept', 'v', { retain: true })
    await publisher.roundTrip()
    const subscriber = await RawClient.session(it.port)
    await subscriber.subscribe('kept')
    expect(await subscriber.next('publish')).toMatchObject({ topic: 'kept', retain: true })
    publisher.close()
    subscriber.close()
  })

  it('queues for a persistent session that is away, up to the limit', async () => {
    await using it = await testBroker({ limits: { queued: 3 } })
    const first = await RawClient.session(it.port, { clientId: 'p', clean: false })
    await first.subscribe('q', 1)
    first.close()
    const publisher = await RawClient.session(it.port)
    await expect.poll(() => [...it.broker.clients()].length).toBe(1)
    expect(it.filters.has('q')).toBe(true)
    for (let i = 1; i <= 5; i++) publisher.publish('q', `${i}`, { qos: 1, messageId: i })
    for (let i = 1; i <= 5; i++) await publisher.next('puback')
    const second = await RawClient.open(it.port)
    second.connect({ clientId: 'p', clean: false })
    expect((await second.next('connack')).sessionPresent).toBe(true)
    for (let i = 1; i <= 3; i++) expect((await second.next('publish')).payload.toString()).toBe(`${i}`)
    await second.roundTrip()
    expect(second.received.filter(packet => packet.cmd === 'publish')).toHaveLength(3)
    second.close()
    publisher.close()
  })

  it('publishes the will of a client that is lost', async () => {
    await using it = await testBroker()
    const subscriber = await RawClient.session(it.port)
    await subscriber.subscribe('w')
    const lost = await RawClient.session(it.port, {
      will: { topic: 'w', payload: Buffer.from('gone'), qos: 0, retain: false },
    })
    lost.close()
    expect((await subscriber.next('publish')).payload.toString()).toBe('gone')
    subscriber.close()
  })
})

describe('sessions', () => {
  it('lets a second client take a client id over', async () => {
    await using it = await testBroker({ configuration: { maxConnections: 1 } })
    const first = await RawClient.session(it.port, { clientId: 'same' })
    await first.subscribe('a')
    const second = await RawClient.session(it.port, { clientId: 'same' })
    expect(await first.closed).toBe('fin')
    await second.subscribe('b')
    await expect.poll(() => [...it.filters.keys()]).toEqual(['b'])
    second.close()
  })

  it('refuses a persistent session without a client id [MQTT-3.1.3-8]', async () => {
    await using it = await testBroker()
    const client = await RawClient.open(it.port)
    // The packet writer refuses to write this CONNECT.
    client.socket.write(Buffer.from('100c00044d5154540400003c0000', 'hex'))
    expect((await client.next('connack')).returnCode).toBe(2)
    expect(await client.closed).toBe('fin')
  })

  it('answers MQTT 5 with "unacceptable protocol version"', async () => {
    await using it = await testBroker()
    const client = await RawClient.open(it.port)
    client.connect({ protocolVersion: 5, clientId: 'five' })
    expect((await client.next('connack')).returnCode).toBe(1)
    expect(await client.closed).toBe('fin')
  })

  it('knows which filters are wanted', async () => {
    await using it = await testBroker()
    const a = await RawClient.session(it.port)
    const b = await RawClient.session(it.port)
    await a.subscribe('x/#')
    await b.subscribe('x/#')
    a.close()
    await b.subscribe('y')
    await expect.poll(() => [...it.broker.clients()].length).toBe(1)
    expect([...it.filters.keys()]).toEqual(['x/#', 'y'])
    b.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['x/#'] })
    await b.next('unsuback')
    expect([...it.filters.keys()]).toEqual(['y'])
    b.close()
    await expect.poll(() => it.filters.size).toBe(0)
  })

  it('says what happens in the words of mosquitto', async () => {
    await using it = await testBroker()
    const client = await RawClient.session(it.port, { clientId: 'paho/F76D', keepalive: 180 })
    client.send({ cmd: 'disconnect' })
    await client.closed
    await expect
      .poll(() => it.lines)
      .toEqual([
        'New connection from 127.0.0.1 on port 1883.',
        'New client connected from 127.0.0.1 as paho/F76D (c1, k180).',
        'Client paho/F76D disconnected.',
      ])
  })
})
