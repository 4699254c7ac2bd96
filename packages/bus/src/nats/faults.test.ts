import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { create } from '@bufbuild/protobuf'
import { Code } from '@connectrpc/connect'
import { CountResponseSchema, Probe, TickSchema } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { HangarError, silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { failure } from '../cases/calls.case.ts'
import { all, Heard, numbers, probe, Signal } from '../cases/network.ts'
import { StateOwner } from '../state/owner.ts'
import { watchState } from '../state/replica.ts'
import { type NatsServer, natsServerForTests, startNatsServer, startProxy, type TcpProxy } from '../testing/index.ts'
import type { NatsBus } from './bus.ts'
import { type ConnectNatsOptions, connectNats } from './connect.ts'

const binary = natsServerForTests()
const world = { clock: systemClock, random: systemRandom, log: silentLogger }

describe.skipIf(!binary)('faults', () => {
  let server: NatsServer
  let devices = 0
  let device = ''
  const buses: NatsBus[] = []
  const proxies: TcpProxy[] = []

  beforeAll(async () => {
    server = await startNatsServer(binary!)
  })
  afterAll(() => server?.kill())
  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.close()
    for (const proxy of proxies.splice(0)) await proxy.close()
  })

  const connect = async (daemon: string, options: Partial<ConnectNatsOptions> = {}) => {
    const bus = await connectNats({ ...world, servers: server.url, device, daemon, heartbeat: 200, ...options })
    buses.push(bus)
    return bus
  }
  const connectByProxy = async (daemon: string) => {
    const proxy = await startProxy(server.port)
    proxies.push(proxy)
    return { proxy, bus: await connect(daemon, { servers: `nats://127.0.0.1:${proxy.port}` }) }
  }
  const newDevice = () => {
    devices += 1
    device = `faults${devices}`
  }

  test('a process that is killed in mid-stream', async () => {
    newDevice()
    const a = await connect('a')
    const heard = new Heard<string>()
    await a.watchMembers({ up: ({ daemon }) => heard.add(`up ${daemon}`), down: daemon => heard.add(`down ${daemon}`) })
    const script = fileURLToPath(new URL('../testing/probe-daemon.ts', import.meta.url))
    const child = spawn(process.execPath, [script, server.url, device, 'b'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await heard.until(values => values.length === 1)
    const client = a.client('b', Probe)
    const stream = client.count({ from: 1, to: 1_000_000 })[Symbol.asyncIterator]()
    await stream.next()
    const answers = [
      failure(client.echo({ text: 'hang' })),
      failure(client.collect(numbers(1, Number.POSITIVE_INFINITY))),
    ]
    child.kill('SIGKILL')
    const ended = failure(
      (async () => {
        for (;;) if ((await stream.next()).done) return
      })(),
    )
    for (const answer of [...answers, ended]) expect((await answer).code).toBe(Code.Unavailable)
    expect(await heard.until(values => values.length === 2)).toEqual(['up b', 'down b'])
  })

  test('the server is killed and started again under load: nothing hangs, later calls succeed', async () => {
    newDevice()
    const [a, b] = [await connect('a'), await connect('b')]
    await b.serve(Probe, probe)
    const state = new StateOwner<number>({ incarnation: b.incarnation })
    state.put('one', 1)
    const heard = new Heard<string>()
    await a.watchMembers({ up: ({ daemon }) => heard.add(`up ${daemon}`), down: daemon => heard.add(`down ${daemon}`) })
    await b.announce({})
    const client = a.client('b', Probe)
    const outcomes = new Map<string, number>()
    const stop = new AbortController()
    const load = Array.from({ length: 32 }, async (_, worker) => {
      while (!stop.signal.aborted) {
        const outcome = await (worker % 2
          ? client.echo({ payload: new Uint8Array(200) })
          : all(client.count({ from: 1, to: 50 }))
        ).then(
          () => 'answered',
          error => Code[error.code] ?? String(error),
        )
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (outcome !== 'answered') await new Promise(setImmediate)
      }
    })
    await client.echo({})
    await server.kill()
    expect((await failure(until(client, false))).code).toBe(Code.Unavailable)
    await server.start()
    await until(client, true)
    stop.abort()
    await Promise.all(load)
    expect([...outcomes.keys()].sort()).toEqual(['Unavailable', 'answered'])
    expect((await client.echo({ text: 'later' })).text).toBe('later')
    expect(a.callsUnderWay.made).toBe(0)
    expect(heard.values.filter(value => value.startsWith('down'))).toEqual([])
  })

  test('watched state and events come back after the server', async () => {
    newDevice()
    const [a, b] = [await connect('a'), await connect('b')]
    const state = new StateOwner<number>({ incarnation: b.incarnation })
    state.put('one', 1)
    await b.serve(Probe, {
      ...probe,
      // A key is a number here, and what is left of it is said in the payload.
      async *count(_, { signal }) {
        for await (const { mark, key, value } of state.watch(signal)) {
          yield { number: value ?? 0, payload: Buffer.from(JSON.stringify([mark.kind, Number(mark.sequence), key])) }
        }
      },
    })
    const synced = new Heard<number>()
    const replica = watchState({
      ...world,
      bus: a,
      daemon: 'b',
      retry: { first: 20, longest: 100 },
      open: signal => a.client('b', Probe).count({}, { signal }),
      read: ({ number, payload }) => {
        const [kind, sequence, key] = JSON.parse(Buffer.from(payload).toString())
        const mark = { incarnation: b.incarnation, sequence: BigInt(sequence), kind }
        return { mark: mark as never, key, value: number }
      },
      onSynced: () => synced.add(replica.values.size),
    })
    await replica.ready
    const ticks = b.publisher('tick', TickSchema, { ring: 100 })
    const numbersHeard = new Heard<number>()
    const gaps: bigint[] = []
    await a.subscribe(
      'b',
      'tick',
      TickSchema,
      ({ number }) => numbersHeard.add(number),
      ({ missed }) => gaps.push(missed),
    )
    ticks.publish({ number: 1 })
    await numbersHeard.until(values => values.length === 1)
    await server.kill()
    expect((await failure(until(a.client('b', Probe), false))).code).toBe(Code.Unavailable)
    state.put('two', 2)
    state.delete('one')
    for (let number = 2; number <= 50; number += 1) ticks.publish({ number })
    await server.start()
    await synced.until(values => values.length >= 2)
    expect([...replica.values]).toEqual([['two', 2]])
    await numbersHeard.until(values => values.length >= 50)
    ticks.publish({ number: 51 })
    await numbersHeard.until(values => values.length >= 51)
    expect(numbersHeard.values).toEqual(Array.from({ length: 51 }, (_, index) => index + 1))
    expect(gaps).toEqual([])
    await replica[Symbol.asyncDispose]()
  })

  test('what the ring no longer holds is reported', async () => {
    newDevice()
    const { proxy, bus: a } = await connectByProxy('a')
    const b = await connect('b')
    const ticks = b.publisher('tick', TickSchema, { ring: 10 })
    const heard = new Heard<number>()
    const gaps = new Heard<string>()
    await a.subscribe(
      '*',
      'tick',
      TickSchema,
      ({ number }) => heard.add(number),
      ({ daemon, missed }) => gaps.add(`${daemon} ${missed}`),
    )
    ticks.publish({ number: 1 })
    await heard.until(values => values.length === 1)
    proxy.cut()
    expect((await failure(until(a.client('b', Probe), false))).code).toBe(Code.Unavailable)
    for (let number = 2; number <= 31; number += 1) ticks.publish({ number })
    await b.settled()
    proxy.restore()
    await heard.until(values => values.length === 11)
    expect(heard.values).toEqual([1, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31])
    expect(gaps.values).toEqual(['b 20'])
  })

  test('one end loses its connection: its calls end at both ends, and it is not down', async () => {
    newDevice()
    const { proxy, bus: a } = await connectByProxy('a')
    const b = await connect('b')
    const ended = new Heard<Code>()
    await b.serve(Probe, {
      ...probe,
      async *count(_, { signal }) {
        try {
          yield { number: 1 }
          await new Promise(resolve => signal.addEventListener('abort', resolve))
        } finally {
          ended.add(signal.reason.code)
        }
      },
    })
    const stream = a.client('b', Probe).count({})[Symbol.asyncIterator]()
    await stream.next()
    const broken = failure(stream.next())
    proxy.cut()
    expect((await broken).code).toBe(Code.Unavailable)
    proxy.restore()
    expect(await ended.until(values => values.length === 1)).toEqual([Code.Unavailable])
    await until(a.client('b', Probe), true)
  })

  test('the serving end loses its connection: its clients are told', async () => {
    newDevice()
    const a = await connect('a')
    const { proxy, bus: b } = await connectByProxy('b')
    const begun = new Signal()
    await b.serve(Probe, {
      ...probe,
      echo: () => {
        begun.give()
        return new Promise(() => {})
      },
    })
    const answer = failure(a.client('b', Probe).echo({}))
    await begun.promise
    proxy.cut()
    expect((await answer).code).toBe(Code.Unavailable)
    proxy.restore()
  })

  test('a part of a stream that is lost ends it', async () => {
    newDevice()
    const [a, b] = [await connect('a'), await connect('b')]
    const more = new Signal()
    await b.serve(Probe, {
      ...probe,
      async *count() {
        yield create(CountResponseSchema, { number: 1 })
        await more.promise
        yield create(CountResponseSchema, { number: 2 })
      },
    })
    const stream = a.client('b', Probe).count({})[Symbol.asyncIterator]()
    await stream.next()
    // A frame with the number after the next one, as if one had been lost before it.
    const { connect: natsConnect } = await import('@nats-io/transport-node')
    const outside = await natsConnect({ servers: server.url })
    outside.publish(`hangar.${device}.inbox.a.${a.incarnation}.1`, new Uint8Array([7, 9, 0, 0, 0]))
    await outside.flush()
    expect((await failure(stream.next())).code).toBe(Code.Unavailable)
    more.give()
    await outside.close()
  })

  test('more than 64 MB, and more calls than are allowed: ResourceExhausted', async () => {
    newDevice()
    const [a, b] = [await connect('a'), await connect('b', { maxCalls: 2 })]
    await b.serve(Probe, { ...probe, collect: () => new Promise(() => {}) })
    const client = a.client('b', Probe)
    const payload = new Uint8Array(64 * 1024 * 1024)
    expect((await failure(client.echo({ payload }))).code).toBe(Code.ResourceExhausted)
    const controller = new AbortController()
    const hanging = [1, 2].map(() => failure(client.collect(numbers(1, 1), { signal: controller.signal })))
    await b.settled()
    await a.settled()
    expect((await failure(client.echo({}))).code).toBe(Code.ResourceExhausted)
    controller.abort()
    for (const call of hanging) expect((await call).code).toBe(Code.Canceled)
    expect((await client.echo({ text: 'room again' })).text).toBe('room again')
  })

  test('a server that takes small messages alone', async () => {
    newDevice()
    const directory = await mkdtemp(join(tmpdir(), 'hangar-nats-'))
    await writeFile(join(directory, 'nats.conf'), 'max_payload: 8192')
    const small = await startNatsServer(binary!, ['-c', join(directory, 'nats.conf')])
    const [a, b] = [await connect('a', { servers: small.url }), await connect('b', { servers: small.url })]
    await b.serve(Probe, probe)
    const client = a.client('b', Probe)
    const payload = new Uint8Array(1_000_000).map((_, index) => index % 251)
    expect(Buffer.compare((await client.echo({ payload })).payload, payload)).toBe(0)
    const sizes = [10, 3000, 9000, 100_000]
    for (const size of sizes) {
      const answers = await all(client.count({ from: 1, to: 30, size }))
      expect(answers.map(answer => answer.number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
      expect(answers.every(answer => answer.payload.length === size)).toBe(true)
    }
    await small.kill()
    await rm(directory, { recursive: true })
  })

  test('two with one name: the younger stands', async () => {
    newDevice()
    const a = await connect('a')
    const heard = new Heard<string>()
    await a.watchMembers({
      up: ({ daemon, incarnation }) => heard.add(`up ${daemon} ${incarnation}`),
      down: (daemon, incarnation) => heard.add(`down ${daemon} ${incarnation}`),
    })
    const elder = await connect('b')
    await elder.announce({})
    await heard.until(values => values.length === 1)
    // Its clock is ahead of the elder's, as a later start is.
    const younger = await connect('b', { clock: { ...systemClock, now: () => systemClock.now() + 1000 } })
    await younger.announce({})
    await heard.until(values => values.length === 3)
    await elder.announce({ title: 'unheard' })
    await younger.announce({ title: 'again' })
    expect(await heard.until(values => values.length === 4)).toEqual([
      `up b ${elder.incarnation}`,
      `down b ${elder.incarnation}`,
      `up b ${younger.incarnation}`,
      `up b ${younger.incarnation}`,
    ])
  })

  test('a server that is not there: HGR_BUS_UNREACHABLE', async () => {
    newDevice()
    const proxy = await startProxy(1)
    const servers = `nats://127.0.0.1:${proxy.port}`
    await proxy.close()
    const error = await connectNats({ ...world, servers, device, daemon: 'a', patience: 150 }).catch(error => error)
    expect(error).toBeInstanceOf(HangarError)
    expect([error.code, error.message]).toEqual(['HGR_BUS_UNREACHABLE', expect.stringContaining(servers)])
  })
})

/** Calls until it goes as it is wanted; gives up with the last error. */
async function until(client: { echo(request: object): Promise<unknown> }, answered: boolean): Promise<void> {
  const end = performance.now() + 15_000
  for (;;) {
    const error = await client.echo({}).then(
      () => undefined,
      error => error,
    )
    if (answered ? !error : error) {
      if (error) throw error
      return
    }
    if (performance.now() > end) throw error ?? new Error('it still answers')
    await new Promise(setImmediate)
  }
}
