import { Code, ConnectError } from '@connectrpc/connect'
import { createMemoryHub } from '@hangar/bus'
import { defineDaemon, startDaemon } from '@hangar/daemon'
import { Kernel } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { afterEach, expect, test } from 'vitest'
import { control } from './daemon.ts'
import { bootSignals } from './readiness/boot.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** control and one other daemon, which plays all the others. */
async function device() {
  const hub = createMemoryHub({ device: 'test' })
  const outside = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const start = async <O>(definition: ReturnType<typeof defineDaemon<O>>, options: O) => {
    const bus = hub.connect(definition.name, outside)
    const daemon = await startDaemon(definition, { ...outside, bus, listenHost: '127.0.0.1' }, options)
    stops.push(() => daemon.stop())
  }
  const carriers: string[] = []
  let signal: (name: string) => void = () => {}
  let origin = ''
  let ready = 0
  await start(control, {
    port: 0,
    onListening: ({ host, port }) => {
      origin = `http://${host}:${port}`
    },
    onReady: () => void ready++,
  })
  await start(
    defineDaemon<undefined>({
      name: 'kernel',
      title: 'Kernel',
      start(host) {
        signal = name => host.signal(name)
        const notHere = () => {
          throw new ConnectError('not asked for here', Code.Unimplemented)
        }
        host.serve(Kernel, {
          configureInterfaces: notHere,
          watchInterfaces: notHere,
          programForwarding: notHere,
          setCarrier({ name, up }) {
            if (name !== 'xe-0/0/0') throw new ConnectError(`interface ${name} does not exist`, Code.NotFound)
            carriers.push(`${name} ${up ? 'up' : 'down'}`)
            return {}
          },
        })
      },
    }),
    undefined,
  )
  const post = (method: string, body: string) =>
    fetch(`${origin}/hangar.control.v1.Control/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
  return { origin, post, carriers, signal: (name: string) => signal(name), readies: () => ready }
}

test('the device is ready when every boot signal has been reached, and is asked over HTTP', async () => {
  const { origin, post, signal, readies } = await device()
  const before = await fetch(`${origin}/ready`)
  expect(before.status).toBe(503)
  expect(await before.json()).toMatchObject({ ready: false, missing: [...bootSignals] })
  for (const name of bootSignals) signal(name)
  const after = await fetch(`${origin}/ready`)
  expect(after.status).toBe(200)
  expect(await after.json()).toMatchObject({ signals: [...bootSignals, 'READY'], missing: [] })
  expect(await (await post('GetReadiness', '{}')).json()).toMatchObject({ ready: true, daemons: ['control', 'kernel'] })
  expect(readies()).toBe(1)
})

test('a link goes down and up by a POST that a person can type', async () => {
  const { post, carriers } = await device()
  expect((await post('SetInterfaceLink', '{"interface":"xe-0/0/0","up":false}')).status).toBe(200)
  expect((await post('SetInterfaceLink', '{"interface":"xe-0/0/0","up":true}')).status).toBe(200)
  expect(carriers).toEqual(['xe-0/0/0 down', 'xe-0/0/0 up'])
})

test.each([
  ['{"interface":"xe-9/9/9","up":true}', 404],
  ['{"up":true}', 400],
  ['{"interface":7}', 400],
  ['not JSON', 400],
  [`{"interface":"${'x'.repeat(100_000)}"}`, 429],
])('%.40s is refused and changes nothing', async (body, status) => {
  const { post, carriers } = await device()
  expect((await post('SetInterfaceLink', body)).status).toBe(status)
  expect(carriers).toEqual([])
})

test('a port in use is one clear error', async () => {
  const { origin } = await device()
  const port = Number(new URL(origin).port)
  const hub = createMemoryHub({ device: 'other' })
  const outside = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const bus = hub.connect('control', outside)
  await expect(startDaemon(control, { ...outside, bus, listenHost: '127.0.0.1' }, { port })).rejects.toMatchObject({
    code: 'HGR_PORT_IN_USE',
  })
})
