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
  const jsd = hub.connect('jsd', world)
  const sessions = new StateOwner<JetClient>({ incarnation: jsd.incarnation })
  await jsd.serve(Jsd, {
    async *watchClients(_request, { signal }) {
      for await (const { mark, key, value } of sessions.watch(signal))
        yield value ? { mark, session: key, client: value } : { mark, session: key }
    },
  })
  await jsd.announce({ daemon: 'jsd', incarnation: jsd.incarnation })
  const clients = new Clients({ clock: world.clock, removeRoutes: async () => {} })
  const watch = watchSessions({ ...world, bus: hub.connect('rpd', world) }, clients)
  const connect = (session: string, clientId: string) =>
    sessions.put(session, create(JetClientSchema, { session, clientId }))
  const isUp = (id: string) => clients.find(id)?.up
  return { sessions, clients, watch, connect, isUp, clock: world.clock }
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
