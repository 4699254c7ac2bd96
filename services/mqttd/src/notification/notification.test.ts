import { once } from 'node:events'
import { createServer } from 'node:net'
import { ManualClock, silentLogger, systemRandom } from '@hangar/runtime'
import { describe, expect, it } from 'vitest'
import { Broker } from '../broker/broker.ts'
import { testBroker } from '../testing/device-broker.ts'
import { RawClient } from '../testing/raw-client.ts'
import { notificationDefaults } from './configuration.ts'
import { Notification } from './notification.ts'

describe('allow-clients', () => {
  it.each([[[]], [['10.0.0.0/8']], [['::1']], [['nobody.example']]])(
    '%j: reads the CONNECT, then closes without a CONNACK',
    async allowClients => {
      await using it = await testBroker({ configuration: { allowClients } })
      const client = await RawClient.open(it.port)
      client.send(
        { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'x', clean: true, keepalive: 60 },
        { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 0 }] },
      )
      expect(await client.closed).toBe('fin')
      expect(client.received).toEqual([])
      expect(it.lines.at(-1)).toBe('Client connection from 127.0.0.1 denied: not in allow-clients.')
      expect(it.filters.size).toBe(0)
    },
  )

  it.each([[['127.0.0.1']], [['127.0.0.0/8']], [['0.0.0.0/0']], [['localhost']], [['10.0.0.1', '127.0.0.1/32']]])(
    '%j lets loopback in',
    async allowClients => {
      await using it = await testBroker({ configuration: { allowClients } })
      ;(await RawClient.session(it.port)).close()
    },
  )

  it('says which name has no address', async () => {
    await using it = await testBroker()
    expect(await it.configure({ allowClients: ['nobody.example', '127.0.0.1'] })).toEqual([
      'allow-clients address nobody.example: no address found for this name',
    ])
  })

  it('ends the sessions of those who are no longer allowed', async () => {
    await using it = await testBroker()
    const client = await RawClient.session(it.port)
    await it.configure({ allowClients: ['10.0.0.0/8'] })
    expect(await client.closed).toBe('fin')
  })
})

describe('max-connections', () => {
  it('closes the client above it without a CONNACK, and disturbs nobody', async () => {
    await using it = await testBroker({ configuration: { maxConnections: 2 } })
    const first = await RawClient.session(it.port)
    const second = await RawClient.session(it.port)
    const third = await RawClient.open(it.port)
    third.connect()
    expect(await third.closed).toBe('fin')
    expect(third.received).toEqual([])
    expect(it.lines.at(-1)).toBe('Client connection from 127.0.0.1 denied: max_connections exceeded.')
    await first.roundTrip()
    await second.roundTrip()
    second.close()
    await expect.poll(() => [...it.broker.clients()].length).toBe(1)
    const fourth = await RawClient.session(it.port)
    fourth.close()
    first.close()
  })

  it('lowered, leaves those who are there', async () => {
    await using it = await testBroker()
    const clients = [await RawClient.session(it.port), await RawClient.session(it.port)]
    await it.configure({ maxConnections: 1 })
    for (const client of clients) {
      await client.roundTrip()
      client.close()
    }
  })
})

describe('the listener', () => {
  it('goes with the statement, and its sessions with it', async () => {
    await using it = await testBroker()
    const client = await RawClient.session(it.port)
    await it.notification.apply(undefined)
    expect(it.notification.endpoint).toBeUndefined()
    expect(await client.closed).toBe('fin')
    await expect(RawClient.open(it.port)).rejects.toThrow('ECONNREFUSED')
    await it.configure({})
    ;(await RawClient.session(it.notification.endpoint!.port)).close()
  })

  it('moves to another port, and says when it cannot', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const portOf = (server: typeof taken) => (server.address() as { port: number }).port
    const [takenPort, freePort] = [portOf(taken), portOf(free)]
    await new Promise(resolve => free.close(resolve))
    const clock = new ManualClock()
    const broker = await Broker.create({ clock, random: systemRandom, log: silentLogger })
    const endpoints: (number | undefined)[] = []
    const notification = new Notification({
      clock,
      host: '127.0.0.1',
      broker: async () => broker,
      resolve: async () => [],
      log: () => {},
      onListening: endpoint => endpoints.push(endpoint?.port),
    })
    const at = (port: number) => notification.apply({ ...notificationDefaults, port, allowClients: ['127.0.0.1'] })
    expect(await at(freePort)).toEqual([])
    ;(await RawClient.session(freePort)).close()
    expect(await at(takenPort)).toEqual([`port ${takenPort}: address already in use`])
    await expect(RawClient.open(freePort)).rejects.toThrow('ECONNREFUSED')
    expect(await at(freePort)).toEqual([])
    expect(endpoints).toEqual([freePort, undefined, freePort])
    notification.close()
    await broker.close()
    taken.close()
  })
})

describe("the publishers' door", () => {
  it('opens with its credentials alone, whatever allow-clients says, and leaves no line', async () => {
    await using it = await testBroker({ configuration: { allowClients: ['127.0.0.1'], maxConnections: 1 } })
    const subscriber = await RawClient.session(it.port, { clientId: 'mine' })
    await subscriber.subscribe('/junos/#')
    const { username, password } = it.door.credentials
    const lines = it.lines.length
    const publisher = await RawClient.session(it.door.endpoint.port, {
      clientId: 'mine',
      username,
      password: Buffer.from(password),
    })
    publisher.publish('/junos/events/x', 'e')
    expect(await subscriber.next('publish')).toMatchObject({ topic: '/junos/events/x', retain: false })
    const stranger = await RawClient.open(it.door.endpoint.port)
    stranger.connect({ username, password: Buffer.from('guess') })
    expect((await stranger.next('connack')).returnCode).toBe(4)
    expect(await stranger.closed).toBe('fin')
    expect(it.lines).toHaveLength(lines)
    publisher.close()
    subscriber.close()
  })
})
