import { once } from 'node:events'
import { createServer } from 'node:net'
import { createMemoryHub, StateOwner } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import {
  RoutingSocketEvent_Operation as Operation,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { Mqttd } from '@hangar/protocol/hangar/mqttd/v1/mqttd_pb'
import { seededRandom, silentLogger, systemClock } from '@hangar/runtime'
import { Aedes } from 'aedes'
import { describe, expect, it } from 'vitest'
import { eventd } from './daemon.ts'
import { routeEvents } from './testing/route-events.ts'

const basics = { clock: systemClock, random: seededRandom(1), log: silentLogger }

/** eventd between a kernel and a broker that are the test's. */
async function device() {
  const hub = createMemoryHub({ device: 'test' })
  const kernel = hub.connect('kernel', basics)
  const broker = hub.connect('mqttd', basics)
  const aedes = await Aedes.createBroker()
  const server = createServer(aedes.handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const published: string[] = []
  aedes.on('publish', ({ topic, payload }) => {
    if (!topic.startsWith('$SYS')) published.push(`${JSON.parse(payload.toString())['jet-event'].hostname} ${topic}`)
  })
  const filters = new StateOwner<true>({ incarnation: broker.incarnation })
  const serve = () =>
    broker.serve(Mqttd, {
      getPublisherEndpoint: () => ({ host: '127.0.0.1', port: (server.address() as { port: number }).port }),
      async *watchSubscriptions(_, { signal }) {
        for await (const { mark, key } of filters.watch(signal)) yield { mark, filter: key }
      },
    })
  const daemon = await startDaemon(
    eventd,
    { ...basics, bus: hub.connect('eventd', basics), listenHost: '127.0.0.1' },
    undefined,
  )
  const rtsock = kernel.publisher('rtsock', RoutingSocketEventSchema)
  const syslog = kernel.publisher('syslog', SyslogMessageSchema)
  const seat = kernel.client('eventd', Daemon)
  return {
    filters,
    published,
    serve,
    seat,
    ifd: (name: string) =>
      rtsock.publish({ operation: Operation.ADD, object: { case: 'ifd', value: { name, snmpId: 1, flags: 8 } } }),
    routes: (...lines: string[]) =>
      rtsock.publish({ object: { case: 'routes', value: routeEvents('inet', [{ routeType: 'user' }], ...lines) } }),
    syslog: (tag: string, message = '') =>
      syslog.publish({ tag, message, process: 'mgd', facility: 'daemon', severity: 'info' }),
    async commit(...lines: string[]) {
      const checked = await seat.checkConfiguration({ transaction: '1', snapshot: true, lines, revision: 1n })
      await seat.applyConfiguration({ transaction: '1' })
      return checked.problems
    },
    async run(command: string, options: Record<string, string> = {}) {
      for await (const { output, error } of seat.runCommand({ command, options })) return output || error
      return ''
    },
    async [Symbol.asyncDispose]() {
      await daemon.stop()
      await Promise.all([kernel.close(), broker.close()])
      server.close()
      await new Promise<void>(resolve => aedes.close(() => resolve()))
    },
  }
}

describe('eventd', () => {
  it('publishes what somebody wants and nothing else, with the configured name', async () => {
    await using it = await device()
    it.filters.put('/junos/events/kernel/#', true)
    await it.serve()
    await it.commit('set system host-name vqfx')
    it.syslog('NOT_WANTED')
    it.ifd('xe-0/0/0')
    it.ifd('xe-0/0/1')
    await expect
      .poll(() => it.published)
      .toEqual(['xe-0/0/0', 'xe-0/0/1'].map(name => `vqfx /junos/events/kernel/interfaces/ifd/add/${name}`))
    it.filters.put('/junos/events/syslog/+', true)
    await expect
      .poll(() => {
        it.syslog('UI_COMMIT_COMPLETED')
        return it.published.at(-1)
      })
      .toBe('vqfx /junos/events/syslog/UI_COMMIT_COMPLETED')
  })

  it('publishes routes that somebody wants, after what is more urgent', async () => {
    await using it = await device()
    it.filters.put('/junos/events/kernel/interfaces/#', true)
    await it.serve()
    it.routes('add 10.0.0.0/8 0')
    it.ifd('xe-0/0/0')
    await expect.poll(() => it.published).toEqual(['hangar /junos/events/kernel/interfaces/ifd/add/xe-0/0/0'])
    it.filters.put('/junos/events/kernel/route/#', true)
    await expect
      .poll(() => {
        it.routes('delete 10.0.0.0/8 0')
        return it.published.at(-1)
      })
      .toBe('hangar /junos/events/kernel/route/delete/inet/10.0.0.0/8')
    it.routes(...Array.from({ length: 5000 }, (_, i) => `add 10.${i >> 8}.${i & 255}.0/24 0`))
    it.ifd('last')
    await expect
      .poll(() => it.published.at(-1), { timeout: 10_000 })
      .toBe('hangar /junos/events/kernel/route/add/inet/10.19.135.0/24')
    const urgent = it.published.indexOf('hangar /junos/events/kernel/interfaces/ifd/add/last')
    const added = it.published.flatMap((topic, index) => (topic.includes('/route/add/') ? index : []))
    expect(added).toHaveLength(5000)
    expect(urgent).toBeLessThan(added[1000]!)
  })

  it('keeps events of before the broker was there', async () => {
    await using it = await device()
    it.filters.put('#', true)
    it.ifd('em0')
    it.syslog('', 'untagged')
    await it.serve()
    await expect
      .poll(() => it.published)
      .toEqual(['hangar /junos/events/kernel/interfaces/ifd/add/em0', 'hangar /junos/events/syslog/SYSTEM'])
  })

  it('shows and clears logs', async () => {
    await using it = await device()
    it.syslog('UI_COMMIT', 'done')
    await expect.poll(() => it.run('show log', { filename: 'messages' })).toMatch(/ {2}hangar mgd: UI_COMMIT: done\n$/)
    expect(await it.run('show log')).toMatch(/^total 1\n.* messages\n$/)
    expect(await it.run('clear log', { filename: 'messages' })).toBe('')
    expect(await it.run('show log', { filename: 'messages' })).toBe('')
    expect(await it.run('show log', { filename: 'xyz' })).toBe('could not resolve file: xyz')
    expect((await it.seat.complete({ completion: 'log-file', prefix: 'me' })).candidates).toMatchObject([
      { name: 'messages' },
    ])
  })

  it('refuses an expression that is none', async () => {
    await using it = await device()
    const [problem] = await it.commit('set system syslog file f any any', 'set system syslog file f match "a("')
    expect(problem?.path).toBe('system syslog file f')
    expect(
      await it.commit('set system syslog user * any emergency', 'set system syslog host 10.0.0.1 any any'),
    ).toEqual([])
  })
})
