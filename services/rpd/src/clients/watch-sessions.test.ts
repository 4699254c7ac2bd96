import { create } from '@bufbuild/protobuf'
import { createMemoryHub, StateOwner } from '@hangar/bus'
import { type JetClient, JetClientSchema, Jsd } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { Clients } from './clients.ts'
import { watchSessions } from './watch-sessions.ts'

async function start() {
  const world = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const hub = createMemoryHub({ device: 'test' })
  /** Starts a jsd, in the place of one that was killed. */
  const startJsd = async () => {
    const jsd = hub.connect('jsd', world)
    const sessions = new StateOwner<JetClient>({ incarnation: jsd.incarnation })
    await jsd.serve(Jsd, {
      async *watchClients(_request, { signal }) {
        for await (const { mark, key, value } of sessions.watch(signal))
          yield value ? { mark, session: key, client: value } : { mark, session: key }
      },
    })
    await jsd.announce({ daemon: 'jsd', incarnation: jsd.incarnation })
    return {
      sessions,
      connect: (session: string, clientId: string) =>
        sessions.put(session, create(JetClientSchema, { session, clientId })),
    }
  }
  /** What rpd knows of clients, and how it hears of jsd. */
  const startRpd = async () => {
    const rpd = hub.connect('rpd', world)
    const clients = new Clients({ clock: world.clock, removeRoutes: async () => {} })
    const watch = watchSessions({ ...world, bus: rpd }, clients)
    await rpd.watchMembers({
      up: ({ daemon }) => void (daemon === 'jsd' && watch.jsdUp()),
      down: daemon => void (daemon === 'jsd' && watch.jsdDown()),
    })
    return { clients, watch, isUp: (id: string) => clients.find(id)?.up }
  }
  return { hub, clock: world.clock, startJsd, startRpd, ...(await startJsd()), ...(await startRpd()) }
}

test('a client is up while jsd has a session of it', async () => {
  const { sessions, clients, connect, isUp, clock } = await start()
  connect('s1', 'app')
  clients.calling(jetCall('app', 's1').caller)
  expect(isUp('app')).toBe(true)
  sessions.delete('s1')
  // Which is as long as a call may be ahead of jsd's word, should that have been taken back before it was heard.
  await clock.advance(5_000)
  await expect.poll(() => isUp('app')).toBe(false)
  connect('s2', 'app')
  await expect.poll(() => isUp('app')).toBe(true)
})

test('a jsd that was only out of sight has the sessions that it had', async () => {
  const { clients, watch, connect, isUp } = await start()
  connect('s1', 'app')
  clients.calling(jetCall('app', 's1').caller)
  await expect.poll(() => [...clients].length).toBe(1)
  watch.jsdDown()
  expect(isUp('app')).toBe(false)
  watch.jsdUp()
  await expect.poll(() => isUp('app')).toBe(true)
})

test('of a jsd that starts again: clients are down until they log in again', async () => {
  const { hub, clients, connect, isUp, clock, startJsd } = await start()
  connect('a-1', 'back')
  connect('a-2', 'gone')
  for (const [id, session] of [
    ['back', 'a-1'],
    ['gone', 'a-2'],
  ] as const)
    clients.calling(jetCall(id, session).caller)
  await clock.advance(5_000)
  hub.kill('jsd')
  await expect.poll(() => [isUp('back'), isUp('gone')]).toEqual([false, false])
  const { connect: connectAgain } = await startJsd()
  connectAgain('b-1', 'back')
  await expect.poll(() => isUp('back')).toBe(true)
  await clock.advance(120_000)
  expect([...clients].map(({ id, up }) => [id, up])).toEqual([['back', true]])
})

test('of an rpd that starts while sessions live: a client is up from its first call on, and until its session ends', async () => {
  const { hub, connect, sessions, clock, startRpd } = await start()
  connect('s1', 'app')
  hub.kill('rpd')
  const { clients, isUp } = await startRpd()
  clients.calling(jetCall('app', 's1').caller)
  expect(isUp('app')).toBe(true)
  await clock.advance(1_000_000)
  expect(isUp('app')).toBe(true)
  sessions.delete('s1')
  await expect.poll(() => isUp('app')).toBe(false)
})
