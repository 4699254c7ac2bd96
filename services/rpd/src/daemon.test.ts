import { create, fromBinary } from '@bufbuild/protobuf'
import { Jet } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { JetClientSchema } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import { ForwardingNextHop_Kind, ProgramForwardingRequestSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { RoutingInterfaceInitializeResponseSchema } from '@hangar/protocol/routing_interface_service_pb'
import { afterEach, expect, test } from 'vitest'
import { jetCall } from './testing/jet-call.ts'
import { amongNeighbours } from './testing/neighbours.ts'
import { port } from './testing/ports.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start() {
  const device = await amongNeighbours()
  stops.push(() => device.running.stop())
  return device
}

const route = 'set routing-options static route 192.0.2.0/24 next-hop 10.0.0.2'
const cabled = (up = true) => port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'], up } })

test('is synced when the configuration is applied, interfaces are known, and their routes are in the kernel', async () => {
  const { kernel, dcd, commit, running } = await start()
  expect(running.health.missing()).toEqual(['RIB_SYNCED'])
  await kernel.start()
  await commit(route)
  kernel.ports!.put('xe-0/0/0', cabled())
  await expect.poll(() => kernel.forwarding.ways('inet.0', '3221225984/24')).toEqual(['xe-0/0/0.0 10.0.0.2'])
  expect(running.health.ready()).toBe(false)
  await dcd.start()
  await expect.poll(() => running.health.ready()).toBe(true)
})

test('a commit does not wait for a kernel that is not there; when it comes it gets everything', async () => {
  const { kernel, dcd, commit, running, hub } = await start()
  expect(await commit(route, 'set routing-options static route 0/0 discard')).toEqual([])
  await kernel.start()
  kernel.ports!.put('xe-0/0/0', cabled())
  await dcd.start()
  await expect.poll(() => running.health.ready()).toBe(true)
  expect(kernel.forwarding.ways('inet.0', '0/0')).toEqual([])
  hub.kill('kernel')
  kernel.forwarding.restart()
  expect(await commit('set routing-options static route 198.51.100.0/24 reject')).toEqual([])
  await kernel.start()
  kernel.ports!.put('xe-0/0/0', cabled())
  await expect.poll(() => kernel.forwarding.ways('inet.0', '3221225984/24')).toEqual(['xe-0/0/0.0 10.0.0.2'])
  await expect.poll(() => kernel.forwarding.ways('inet.0', '3325256704/24')).toEqual([])
})

test('what the kernel has of an earlier rpd stays until the routes of this one are there', async () => {
  const { kernel, commit } = await start()
  const held = () => [...kernel.forwarding.tables.get('inet.0')!.keys()].sort()
  const [statics, programmed] = ['3221225984/24', '3405803776/24']
  // Little-endian columns, as rpd writes them.
  const addresses = Buffer.from(Uint32Array.of(0xc0000200, 0xcb007100).buffer)
  kernel.forwarding.program(
    create(ProgramForwardingRequestSchema, {
      incarnation: 'earlier',
      sequence: 1n,
      snapshot: true,
      synced: true,
      tables: [{ id: 1, name: 'inet.0', family: 'inet', instance: 'master' }],
      nextHops: [{ id: 1, kind: ForwardingNextHop_Kind.DISCARD }],
      routes: [
        { table: 1, addresses, lengths: Uint8Array.of(24, 24), nextHops: Buffer.from(Uint32Array.of(1, 1).buffer) },
      ],
    }),
  )
  await kernel.start()
  kernel.ports!.put('xe-0/0/0', cabled())
  await expect.poll(held).toEqual(['167772160/24', '167772161/32', statics, programmed])
  expect(await commit(route)).toEqual([])
  await expect.poll(held).toEqual(['167772160/24', '167772161/32', statics])
})

test('routes follow a link: direct, local, and what leads over it', async () => {
  const { kernel, dcd, commit, running, command } = await start()
  await kernel.start()
  await dcd.start()
  await commit(route)
  await expect.poll(() => running.health.ready()).toBe(true)
  const ways = () => kernel.forwarding.ways('inet.0', '3221225984/24')
  const shown = async () => (await command('show route')).replaceAll(/ \d\d:\d\d:\d\d/g, '')
  expect(await command('show route')).toBe('')

  kernel.ports!.put('xe-0/0/0', cabled())
  await expect.poll(ways).toEqual(['xe-0/0/0.0 10.0.0.2'])
  expect(await shown()).toBe(`
inet.0: 3 destinations, 3 routes (3 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

10.0.0.0/24        *[Direct/0]
                    >  via xe-0/0/0.0
10.0.0.1/32        *[Local/0]
                       Local via xe-0/0/0.0
192.0.2.0/24       *[Static/5]
                    >  to 10.0.0.2 via xe-0/0/0.0
`)
  kernel.ports!.put('xe-0/0/0', cabled(false))
  await expect.poll(ways).toBeUndefined()
  expect(await shown()).toBe(`
inet.0: 2 destinations, 2 routes (1 active, 0 holddown, 1 hidden)
+ = Active Route, - = Last Active, * = Both

10.0.0.1/32        *[Local/0]
                       Reject
`)
  kernel.ports!.put('xe-0/0/0', cabled())
  await expect.poll(ways).toEqual(['xe-0/0/0.0 10.0.0.2'])
  kernel.ports!.delete('xe-0/0/0')
  await expect.poll(ways).toBeUndefined()
})

test('a wrong configuration fails in the first phase and changes nothing', async () => {
  const { commit, command } = await start()
  await commit('set routing-instances red instance-type virtual-router')
  expect(
    await commit(
      'set routing-options static route 0/0 next-table red.inet.0',
      'set routing-instances red routing-options static route 0/0 next-table inet.0',
    ),
  ).toEqual(['next-table may loop', 'next-table may loop'])
  expect(await command('show route')).toBe('')
})

test("a client's state lives by jsd's word, and for its purge time after jsd is gone", async () => {
  const { jsd, hub, clock, commit, command } = await start()
  await commit('set routing-options programmable-rpd purge-timeout 200')
  const bus = await jsd.start()
  const { caller } = jetCall('app', 's1')
  jsd.clients!.put('s1', create(JetClientSchema, { session: 's1', clientId: 'app' }))
  const path = '/routing.RoutingInterface/RoutingInterfaceInitialize'
  const { response } = await bus.client('rpd', Jet).invoke({ path, caller, request: new Uint8Array() })
  expect(fromBinary(RoutingInterfaceInitializeResponseSchema, response).subCode).toBe(0)
  await clock.advance(600_000)
  expect(await command('show programmable-rpd clients')).toMatch(/app +200 +Up/)
  hub.kill('jsd')
  await expect.poll(() => command('show programmable-rpd clients')).toMatch(/app +200 +Down +200/)
  await clock.advance(199_000)
  expect(await command('show programmable-rpd clients')).toMatch(/app +200 +Down +1/)
  await clock.advance(1_000)
  expect(await command('show programmable-rpd clients')).not.toMatch(/app/)
})
