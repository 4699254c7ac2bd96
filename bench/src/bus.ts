import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { create, toBinary } from '@bufbuild/protobuf'
import { createMemoryHub } from '@hangar/bus'
import { connectNats } from '@hangar/bus/nats'
import { findNatsServer, startNatsServer } from '@hangar/bus/testing'
import { EchoRequestSchema, Probe } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { connect } from '@nats-io/transport-node'
import { type BenchRow, median, percentile, withPeer } from './row.ts'

type Call = () => Promise<unknown>
interface Figures {
  perSecond: number
  p50: number
  p99: number
}

const world = { clock: systemClock, random: systemRandom, log: silentLogger }
const inFlight = 64
const size = 100

/** A unary call of 100 bytes each way: on memory, on NATS, and what the NATS client does by itself; both ends in processes of their own. */
export async function benchBus(): Promise<BenchRow[]> {
  const memory = await measureMemory()
  const rows: BenchRow[] = [
    { what: 'bus, memory: calls, 64 in flight', value: memory.perSecond, unit: '/s' },
    { what: 'bus, memory: one at a time, p50', value: memory.p50, unit: 'µs' },
    { what: 'bus, memory: one at a time, p99', value: memory.p99, unit: 'µs' },
  ]
  const binary = findNatsServer()
  if (!binary) {
    console.log('no nats-server on PATH or in HANGAR_NATS_SERVER: the bus on NATS left out')
    return rows
  }
  const { bus, bare } = await measureNats(binary)
  const beside = 'bare nats request'
  return [
    ...rows,
    withPeer(
      { what: 'bus, NATS: calls, 64 in flight', value: bus.perSecond, unit: '/s', aim: 'ratio 0.7' },
      beside,
      bare.perSecond,
    ),
    withPeer({ what: 'bus, NATS: one at a time, p50', value: bus.p50, unit: 'µs' }, beside, bare.p50),
    withPeer({ what: 'bus, NATS: one at a time, p99', value: bus.p99, unit: 'µs' }, beside, bare.p99),
  ]
}

async function measureMemory(): Promise<Figures> {
  const hub = createMemoryHub({ device: 'bench' })
  const server = hub.connect('server', world)
  await server.serve(Probe, {
    echo: ({ payload }) => ({ payload }),
    count: async function* () {},
    collect: async () => ({}),
    converse: async function* () {},
  })
  const client = hub.connect('client', world).client('server', Probe)
  const payload = new Uint8Array(size)
  return measure([() => client.echo({ payload })], 200_000, 50_000).then(([figures]) => figures!)
}

async function measureNats(binary: string): Promise<{ bus: Figures; bare: Figures }> {
  const server = await startNatsServer(binary)
  const children: ChildProcess[] = []
  const start = async (script: string, ...args: string[]) => {
    const child = spawn(process.execPath, [script, server.url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    await once(child.stdout, 'data')
  }
  try {
    await start(fileURLToPath(import.meta.resolve('@hangar/bus/testing/probe-daemon')), 'bench', 'server')
    await start(fileURLToPath(new URL('bus-responder.ts', import.meta.url)))
    const bus = await connectNats({ ...world, servers: server.url, device: 'bench', daemon: 'client' })
    const bare = await connect({ servers: server.url, noAsyncTraces: true })
    const client = bus.client('server', Probe)
    const payload = new Uint8Array(size)
    const bytes = toBinary(EchoRequestSchema, create(EchoRequestSchema, { payload }))
    const calls = [() => client.echo({ payload }), () => bare.request('bare', bytes, { timeout: 10_000 })]
    const [ofBus, ofBare] = await measure(calls, 30_000, 5000)
    await bus.close()
    await bare.close()
    return { bus: ofBus!, bare: ofBare! }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await server.kill()
  }
}

/** Each call in turn, five rounds after one to warm up; medians. `many` calls with 64 in flight, `few` one at a time. */
async function measure(calls: Call[], many: number, few: number): Promise<Figures[]> {
  const rounds: Figures[][] = calls.map(() => [])
  for (let round = 0; round <= 5; round += 1) {
    for (const [index, call] of calls.entries()) {
      const figures = { perSecond: await pipelined(call, many), ...(await oneByOne(call, few)) }
      if (round > 0) rounds[index]!.push(figures)
    }
  }
  return rounds.map(figures => ({
    perSecond: median(figures.map(it => it.perSecond)),
    p50: median(figures.map(it => it.p50)),
    p99: median(figures.map(it => it.p99)),
  }))
}

async function pipelined(call: Call, count: number): Promise<number> {
  let left = count
  const begin = performance.now()
  const lane = async () => {
    while (left > 0) {
      left -= 1
      await call()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return count / ((performance.now() - begin) / 1000)
}

async function oneByOne(call: Call, count: number): Promise<{ p50: number; p99: number }> {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const begin = performance.now()
    await call()
    times.push((performance.now() - begin) * 1000)
  }
  return { p50: percentile(times, 50), p99: percentile(times, 99) }
}

if (import.meta.main) {
  for (const { what, value, unit, peer, ratio, aim } of await benchBus()) {
    const beside = peer ? `   ${peer.name} ${peer.value.toFixed(1)}: ${ratio?.toFixed(2)}` : ''
    console.log(`${what.padEnd(34)} ${value.toFixed(1).padStart(10)} ${unit}${beside}${aim ? ` (aim: ${aim})` : ''}`)
  }
}
