import { Code, ConnectError } from '@connectrpc/connect'
import { startDaemon } from '@hangar/daemon'
import { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { afterEach, expect, test } from 'vitest'
import { dcd } from './daemon.ts'
import { FakeKernel, outside } from './testing/fake-kernel.ts'

const first = 'set interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24'
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function run(kernel: FakeKernel) {
  const world = outside()
  const bus = kernel.hub.connect('dcd', world)
  const daemon = await startDaemon(dcd, { ...world, bus, listenHost: '127.0.0.1' }, undefined)
  stops.push(() => daemon.stop())
  const mgd = kernel.hub.connect('mgd', world).client('dcd', Daemon)
  let revision = 0n
  /** What a commit of these lines says is wrong; "check: ..." where it does not come to the second phase. */
  const commit = async (...lines: string[]) => {
    const [baseRevision, snapshot] = [revision, revision === 0n]
    const request = { transaction: `t${revision}`, lines, snapshot, baseRevision, revision: revision + 1n }
    const check = await mgd.checkConfiguration(request)
    if (check.problems.length > 0) return check.problems.map(one => `check: ${one.message}`)
    revision += 1n
    const { problems } = await mgd.applyConfiguration({ transaction: request.transaction })
    return problems.map(one => one.message)
  }
  return { commit, daemon, clock: world.clock }
}

test('the kernel has it when the commit is acknowledged, and then interfaces are up', async () => {
  const kernel = new FakeKernel()
  await kernel.start()
  const { commit, daemon } = await run(kernel)
  expect(daemon.health.ready()).toBe(false)
  expect(await commit(first)).toEqual([])
  expect(kernel.asked).toEqual(['all xe-0/0/0'])
  expect(daemon.health.ready()).toBe(true)
  await commit('set interfaces lo0 unit 0')
  await commit('delete interfaces xe-0/0/0', 'set interfaces xe-0/0/1 mtu 1600')
  await commit('set interfaces xe-0/0/1 mtu 1600')
  expect(kernel.asked.slice(1)).toEqual(['lo0', 'xe-0/0/1, without xe-0/0/0'])
})

test('an empty configuration is told too: nothing shall be configured', async () => {
  const kernel = new FakeKernel()
  await kernel.start()
  const { commit } = await run(kernel)
  await commit()
  expect(kernel.asked).toEqual(['all'])
})

test('a wrong configuration fails in the first phase and changes nothing', async () => {
  const kernel = new FakeKernel()
  await kernel.start()
  const { commit } = await run(kernel)
  await commit(first)
  expect(await commit('set interfaces lo0 unit 0 family inet address 192.168.10.1/32')).toEqual([
    'check: identical local address is found on rt_inst default, intfs xe-0/0/0.0 and lo0.0, family inet',
  ])
  expect(kernel.asked).toHaveLength(1)
})

test('a kernel that comes late, or again, gets all; a commit does not wait for it', async () => {
  const kernel = new FakeKernel()
  const { commit, daemon } = await run(kernel)
  expect(await commit(first)).toEqual([])
  expect(daemon.health.missing()).toEqual(['INTERFACES_UP'])
  await kernel.start()
  await expect.poll(() => kernel.asked).toEqual(['all xe-0/0/0'])
  await expect.poll(() => daemon.health.ready()).toBe(true)
  kernel.kill()
  expect(await commit('set interfaces lo0 unit 0')).toEqual([])
  await kernel.start()
  await expect.poll(() => kernel.asked).toEqual(['all xe-0/0/0', 'all xe-0/0/0 lo0'])
})

test('before the configuration is known a kernel is told nothing', async () => {
  const kernel = new FakeKernel()
  const { clock } = await run(kernel)
  await kernel.start()
  await clock.advance(60_000)
  expect(kernel.asked).toEqual([])
})

test('a kernel that refuses is reported, and gets all with the next commit', async () => {
  const kernel = new FakeKernel()
  await kernel.start()
  const { commit, clock } = await run(kernel)
  await commit(first)
  kernel.failures = [new ConnectError('lo0: no', Code.InvalidArgument)]
  expect(await commit('set interfaces lo0 unit 0')).toEqual([expect.stringContaining('lo0: no')])
  await clock.advance(60_000)
  await commit('set interfaces em0 unit 0')
  expect(kernel.asked).toEqual(['all xe-0/0/0', 'lo0', 'all xe-0/0/0 em0 lo0'])
})

test('a kernel that fails for a moment is asked again', async () => {
  const kernel = new FakeKernel()
  await kernel.start()
  const { commit, clock } = await run(kernel)
  kernel.failures = [new ConnectError('busy', Code.Unavailable)]
  expect(await commit(first)).toEqual([])
  await clock.advance(1_000)
  await expect.poll(() => kernel.asked).toEqual(['all xe-0/0/0', 'all xe-0/0/0'])
})
