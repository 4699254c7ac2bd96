import { addressText } from '@hangar/example-loader/address-text'
import { percentile } from '../row.ts'
import { type RoutesDevice, startDevice, type Way } from './device.ts'
import type { Figures } from './figures.ts'
import type { LoadProcess } from './load-process.ts'
import { PREFIXES, SINGLE, theTable } from './prefixes.ts'
import { cpuOfEach, settledMemory } from './processes.ts'

const clientId = 'load'
/** Of the client that goes: short, as JET allows. */
const PURGE_SECONDS = 1

/** Who makes the load, and who asks for something small meanwhile. */
export interface Loads {
  readonly load: LoadProcess
  readonly probe: LoadProcess
}

/** One round with a device of its own. */
export async function hangarRound(way: Way, loads: Loads, figures: Figures): Promise<void> {
  await hangarRoundOn(await startDevice(way), loads, (name, value) => figures.add(`${way} ${name}`, value))
}

type Add = (name: string, value: number) => void

/** The table comes, is read, goes, comes again and is purged; then routes one by one. The device is stopped. */
export async function hangarRoundOn(device: RoutesDevice, loads: Loads, add: Add): Promise<void> {
  try {
    const target = device.endpoints.grpc
    await loads.load.run('login', { target, clientId })
    await loads.probe.run('login', { target, clientId: 'probe' })
    const empty = await loads.load.run('hangarCount', clientId)
    await adding(device, loads, add)
    await reading(loads, empty, add)
    await withdrawing(loads, empty, add)
    await purging(loads, target, empty, add)
    await oneByOne(device, loads, empty, add)
    await loads.probe.run('logout', 'probe')
    await loads.load.run('logout', clientId)
  } finally {
    await device.stop()
  }
}

async function adding(device: RoutesDevice, { load }: Loads, add: Add): Promise<void> {
  const poke = () => load.run('poke', clientId)
  const idle = await settledMemory(device.pids, poke)
  await load.run('warmUp', clientId)
  const cpu = await cpuOfEach(device.all, PREFIXES, async () => {
    add('add', PREFIXES / (await load.run('hangarAdd', clientId)))
  })
  add('add cpu', cpu)
  add('memory', ((await settledMemory(device.pids, poke)) - idle) / PREFIXES)
}

async function reading({ load }: Loads, empty: number, add: Add): Promise<void> {
  const { routes, seconds } = await load.run('hangarRead', clientId)
  if (routes !== empty + PREFIXES) throw new Error(`RouteGet gave ${routes - empty} of ${PREFIXES} routes`)
  add('read', routes / seconds)
}

async function withdrawing(loads: Loads, empty: number, add: Add): Promise<void> {
  await probed(loads, 'idle', add, () => new Promise(resolve => setTimeout(resolve, 2000)))
  await probed(loads, 'withdraw', add, async () => {
    add('withdraw', PREFIXES / (await loads.load.run('hangarRemove', clientId)))
  })
  await expectCount(loads, empty)
}

async function oneByOne(device: RoutesDevice, { load }: Loads, empty: number, add: Add): Promise<void> {
  const target = device.endpoints.grpc
  const cpu = await cpuOfEach(device.all, SINGLE, async () => {
    add('unary', SINGLE / (await load.run('hangarUnary', { target, clientId: 'unary' })))
  })
  add('unary cpu', cpu)
  await expectCount({ load }, empty + SINGLE)
}

/** The table is there again, and its client goes without a word. */
async function purging(loads: Loads, target: string, empty: number, add: Add): Promise<void> {
  await loads.load.run('login', { target, clientId: 'leaver' })
  await loads.load.run('hangarAdd', 'leaver')
  await loads.load.run('purgeTime', { clientId: 'leaver', seconds: PURGE_SECONDS })
  await loads.load.run('logout', 'leaver')
  await new Promise(resolve => setTimeout(resolve, PURGE_SECONDS * 900))
  await probed(loads, 'purge', add, () => loads.probe.run('untilGone', { clientId: 'probe', prefixes: sample() }))
  await expectCount(loads, empty)
}

/** What the other client's calls take while something goes on. */
async function probed({ probe }: Loads, name: string, add: Add, meanwhile: () => Promise<unknown>): Promise<void> {
  await probe.run('probeStart', 'probe')
  await meanwhile()
  const times = await probe.run('probeStop')
  add(`${name} p99`, percentile(times, 99))
}

/** Every so many routes of the table. */
function sample(): [string, number][] {
  const table = theTable()
  return Array.from({ length: 20 }, (_, index) => {
    const route = Math.floor(((index + 0.5) * PREFIXES) / 20)
    return [addressText(table, route), table.lengths[route]!]
  })
}

async function expectCount({ load }: Pick<Loads, 'load'>, expected: number): Promise<void> {
  const count = await load.run('hangarCount', clientId)
  if (count !== expected) throw new Error(`there are ${count} routes, not ${expected}`)
}
