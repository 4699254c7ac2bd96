import { connect as connectTcp, createServer, type Socket } from 'node:net'
import { status } from '@grpc/grpc-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice, until } from '../testing/device.ts'
import { failure, JetClient } from '../testing/jet-client.ts'

const grpc = 'set system services extension-service request-response grpc'

describe('the listener', () => {
  let device: Device
  beforeEach(async () => {
    device = await startDevice()
  })
  afterEach(() => device.stop())

  const sockets = async () =>
    (await device.door.listSockets({})).sockets.map(({ protocol, local, foreign, state }) =>
      [protocol, local, foreign.replace(/\d+$/, 'N'), state].join(' '),
    )

  it('is there when the configuration says so, and gone when it does not', async () => {
    expect(device.daemon.health.ready()).toBe(false)
    expect(await device.commit([])).toEqual([])
    expect(device.endpoint).toBeUndefined()
    expect(device.daemon.health.ready()).toBe(true)
    expect(await device.commit(clearText())).toEqual([])
    expect(await sockets()).toEqual(['tcp46 *.32767 *.* LISTEN'])
    const client = await device.loggedIn('app')
    expect(await sockets()).toEqual(['tcp4 127.0.0.1.32767 127.0.0.1.N ESTABLISHED', 'tcp46 *.32767 *.* LISTEN'])
    const { host, port } = device.endpoint!
    await device.commit([])
    expect(device.endpoint).toBeUndefined()
    expect(await sockets()).toEqual([])
    expect((await failure(client.login('lab', 'lab123', 'app'))).code).toBe(status.UNAVAILABLE)
    await expect(closed(connectTcp(port, host))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('is not disturbed by commits that do not concern it', async () => {
    await device.commit(clearText())
    const client = await device.loggedIn('app')
    const before = device.endpoint
    await device.commit(clearText('max-connections 7', 'grpc-keep-alive 20', 'clear-text address 192.0.2.1'))
    expect(device.endpoint).toBe(before)
    expect(await failure(client.unary('/no.Such/Call', ''))).toMatchObject({
      details: expect.stringContaining('Unknown RPC'),
    })
    expect(await device.command('show extension-service request-response clients')).toContain('app')
  })

  it('moves with its port and says when it cannot have it', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const own = await startDevice({ port: undefined })
    try {
      const free = await freePort()
      expect(await own.commit([`${grpc} clear-text port ${free}`])).toEqual([])
      expect(own.endpoint?.port).toBe(free)
      const client = await own.loggedIn('app')
      expect(await own.commit([`${grpc} clear-text port ${port}`])).toEqual([
        `[edit system services extension-service request-response grpc clear-text] port ${port}: cannot listen on port ${port}: address already in use`,
      ])
      expect(own.endpoint).toBeUndefined()
      expect((await failure(client.login('lab', 'lab123', 'app'))).code).toBe(status.UNAVAILABLE)
      expect(await own.command('show extension-service request-response servers')).toContain('Status: Down')
      await new Promise(resolve => taken.close(resolve))
      expect(await own.commit([`${grpc} clear-text port ${port}`])).toEqual([])
      expect(own.endpoint?.port).toBe(port)
    } finally {
      await own.stop()
    }
  })
})

describe('places', () => {
  let device: Device
  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText('max-connections 8'))
  })
  afterEach(() => device.stop())

  it('are for eight sessions; the ninth client meets UNAVAILABLE and disturbs nobody', async () => {
    await device.serve('rpd', [{ name: 'Unary' }], { invoke: async ({ request }) => ({ response: request }) })
    const eight = await Promise.all(Array.from({ length: 8 }, (_, i) => device.loggedIn(`app-${i}`)))
    const ninth = device.client()
    const work = Promise.all(eight.map(client => client.unary('/test.Jet/Unary', 'x')))
    expect((await failure(ninth.login('lab', 'lab123', 'ninth'))).code).toBe(status.UNAVAILABLE)
    expect((await work).map(String)).toEqual(Array(8).fill('x'))
    expect(await device.daemon.metrics.text()).toMatch(/hangar_jsd_refused_connections_total [1-9]/)
    expect(await device.daemon.metrics.text()).toContain('hangar_jsd_sessions 8')
    eight[0]!.close()
    await until(async () => (await device.daemon.metrics.text()).includes('hangar_jsd_sessions 7'))
    expect(await device.client().login('lab', 'lab123', 'app-0')).toBe(true)
    expect((await eight[1]!.unary('/test.Jet/Unary', 'still')).toString()).toBe('still')
  })

  it('are five by default, and a lower limit ends nobody', async () => {
    await device.commit(clearText())
    const five = await Promise.all(Array.from({ length: 5 }, (_, i) => device.loggedIn(`app-${i}`)))
    expect((await failure(device.client().login('lab', 'lab123', 'six'))).code).toBe(status.UNAVAILABLE)
    await device.commit(clearText('max-connections 1'))
    expect(await five[4]!.login('lab', 'lab123', 'app-4')).toBe(true)
  })

  it('are not taken by connections that say nothing; those are closed after a while', async () => {
    const silent = [...Array(20)].map(() => connectTcp(device.endpoint!.port, device.endpoint!.host))
    await Promise.all(silent.map(socket => new Promise(resolve => socket.once('connect', resolve))))
    silent[0]!.write('PRI * HTTP/2.0\r\n')
    const eight = await Promise.all(Array.from({ length: 8 }, (_, i) => device.loggedIn(`app-${i}`)))
    const ended = Promise.all(silent.map(closed))
    await device.clock.advance(30_000)
    await ended
    expect(await eight[0]!.login('lab', 'lab123', 'app-0')).toBe(true)
  })

  it('are bounded for connections without a session too', async () => {
    await device.commit(clearText('max-connections 1'))
    const open = async () => {
      const socket = connectTcp(device.endpoint!.port, device.endpoint!.host)
      await new Promise(resolve => socket.once('connect', resolve))
      return socket
    }
    const silent: Socket[] = []
    for (let i = 0; i < 64; i++) silent.push(await open())
    const first = closed(silent[0]!)
    silent.push(await open())
    await first
    const client = new JetClient(device.endpoint!)
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
    client.close()
    for (const socket of silent) socket.destroy()
  })
})

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('error', error => ((error as NodeJS.ErrnoException).code === 'ECONNRESET' ? resolve() : reject(error)))
    socket.on('close', () => resolve())
    socket.resume()
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
