import { createMemoryHub } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import { Mark_Kind } from '@hangar/protocol/hangar/bus/v1/state_pb'
import { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import { Mqttd } from '@hangar/protocol/hangar/mqttd/v1/mqttd_pb'
import { seededRandom, silentLogger, systemClock } from '@hangar/runtime'
import { describe, expect, it } from 'vitest'
import { type MqttdOptions, mqttd } from './daemon.ts'
import { RawClient } from './testing/raw-client.ts'

const basics = { clock: systemClock, random: seededRandom(1), log: silentLogger }
const notification = 'set system services extension-service notification'

async function device(options: MqttdOptions = {}) {
  const hub = createMemoryHub({ device: 'test' })
  const tester = hub.connect('tester', basics)
  const lines: string[] = []
  await tester.subscribe('mqttd', 'syslog', SyslogMessageSchema, ({ tag, message }) => lines.push(tag + message))
  let port: number | undefined
  const daemon = await startDaemon(
    mqttd,
    { ...basics, bus: hub.connect('mqttd', basics), listenHost: '127.0.0.1' },
    { port: 0, onListening: endpoint => (port = endpoint?.port), ...options },
  )
  const seat = tester.client('mqttd', Daemon)
  let revision = 0n
  return {
    daemon,
    seat,
    lines,
    broker: tester.client('mqttd', Mqttd),
    port: () => port,
    async commit(...configuration: string[]) {
      const transaction = `${++revision}`
      await seat.checkConfiguration({ transaction, snapshot: true, lines: configuration, revision })
      return (await seat.applyConfiguration({ transaction })).problems
    },
    async [Symbol.asyncDispose]() {
      await daemon.stop()
      await tester.close()
    },
  }
}

const sockets = async (seat: {
  listSockets(request: object): Promise<{ sockets: { local: string; state: string }[] }>
}) => (await seat.listSockets({})).sockets.map(({ local, state }) => `${local} ${state}`)

describe('mqttd', () => {
  it('listens when the statement says so, and not longer; the signal comes in either case', async () => {
    await using it = await device()
    expect(it.daemon.health.ready()).toBe(false)
    await it.commit()
    expect(it.daemon.health.ready()).toBe(true)
    expect([it.port(), await sockets(it.seat)]).toEqual([undefined, []])
    expect(await it.commit(`${notification} allow-clients address 0.0.0.0/0`)).toEqual([])
    const client = await RawClient.session(it.port()!, { clientId: 'c', keepalive: 9 })
    expect(await sockets(it.seat)).toEqual(['127.0.0.1.1883 ESTABLISHED', '*.1883 LISTEN'])
    await it.commit(`${notification} port 2883`, `${notification} allow-clients address 0.0.0.0/0`)
    await client.roundTrip()
    expect(await sockets(it.seat)).toEqual(['127.0.0.1.2883 ESTABLISHED', '*.2883 LISTEN'])
    await it.commit()
    expect(await client.closed).toBe('fin')
    expect([it.port(), await sockets(it.seat)]).toEqual([undefined, []])
    expect(it.lines).toEqual([
      'New connection from 127.0.0.1 on port 1883.',
      'New client connected from 127.0.0.1 as c (c1, k9).',
      'Socket error on client c, disconnecting.',
    ])
  })

  it('says as a problem of the commit that the port is taken', async () => {
    await using one = await device()
    await one.commit(notification)
    await using other = await device({ port: one.port()! })
    const [problem] = await other.commit(notification)
    expect(problem).toMatchObject({
      path: 'system services extension-service notification',
      message: `port ${one.port()}: address already in use`,
    })
    await other.commit()
    await one.commit()
    expect(await other.commit(notification)).toEqual([])
  })

  it('lets others watch what is wanted, and publish through the inner door', async () => {
    await using it = await device()
    await it.commit(`${notification} allow-clients address 127.0.0.1`)
    const stop = new AbortController()
    const watch = it.broker.watchSubscriptions({}, { signal: stop.signal })[Symbol.asyncIterator]()
    expect((await watch.next()).value?.mark?.kind).toBe(Mark_Kind.SYNCED)
    const client = await RawClient.session(it.port()!)
    await client.subscribe('/junos/events/#')
    expect((await watch.next()).value).toMatchObject({ mark: { kind: Mark_Kind.PUT }, filter: '/junos/events/#' })
    const { port, username, password } = await it.broker.getPublisherEndpoint({})
    const publisher = await RawClient.session(port, { username, password: Buffer.from(password) })
    publisher.publish('/junos/events/syslog/X', '{}', { qos: 1, messageId: 1 })
    expect((await client.next('publish')).topic).toBe('/junos/events/syslog/X')
    client.close()
    expect((await watch.next()).value).toMatchObject({ mark: { kind: Mark_Kind.DELETE }, filter: '/junos/events/#' })
    stop.abort()
    publisher.close()
  })
})
