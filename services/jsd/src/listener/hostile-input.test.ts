import { connect, createServer, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice, until } from '../testing/device.ts'
import { JetClient } from '../testing/jet-client.ts'

describe('what is not gRPC', () => {
  let device: Device
  let bystander: JetClient
  let recorded: Buffer

  beforeAll(async () => {
    device = await startDevice()
    await device.commit(clearText('max-connections 30'))
    await device.serve('rpd', [{ name: 'Unary' }, { name: 'Talk', clientStreaming: true, serverStreaming: true }], {
      invoke: async ({ request }) => ({ response: request }),
      async *stream(requests) {
        for await (const { request } of requests) if (request) yield { response: request }
      },
    })
    bystander = await device.loggedIn('bystander')
    recorded = await record(device)
  })
  afterAll(() => device.stop())

  /** Sends bytes on a connection of its own and waits until the device has let go of it. */
  async function attack(bytes: Uint8Array): Promise<void> {
    const socket = connect(device.endpoint!.port, device.endpoint!.host)
    socket.on('error', () => {})
    socket.resume()
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.end(bytes)
    await closed
    expect((await bystander.unary('/test.Jet/Unary', 'still here')).toString()).toBe('still here')
  }

  it('harms nobody as random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), bytes => attack(bytes)),
      { numRuns: 60 },
    )
  })

  it('harms nobody as frames with random content behind a good preface', async () => {
    const frame = fc
      .record({
        type: fc.integer({ min: 0, max: 12 }),
        flags: fc.integer({ min: 0, max: 255 }),
        stream: fc.integer({ min: 0, max: 7 }),
        payload: fc.uint8Array({ maxLength: 200 }),
      })
      .map(({ type, flags, stream, payload }) => {
        const head = Buffer.alloc(9)
        head.writeUIntBE(payload.length, 0, 3)
        head[3] = type
        head[4] = flags
        head.writeUInt32BE(stream, 5)
        return Buffer.concat([head, payload])
      })
    const settings = recorded.subarray(0, 24 + 9 + recorded.readUIntBE(24, 3))
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 12 }), frames => attack(Buffer.concat([settings, ...frames]))),
      { numRuns: 80 },
    )
  })

  it('harms nobody as a real client with some bytes changed, doubled or lost', async () => {
    const change = fc.record({
      kind: fc.constantFrom('flip', 'cut', 'double', 'insert'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 1, max: 40 }),
      byte: fc.integer({ min: 0, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), changes => {
        let bytes = recorded
        for (const { kind, at, length, byte } of changes) {
          const start = Math.floor(at * bytes.length)
          const [before, middle, after] = [
            bytes.subarray(0, start),
            bytes.subarray(start, start + length),
            bytes.subarray(start + length),
          ]
          if (kind === 'flip') bytes = Buffer.concat([before, middle.map(value => value ^ byte), after])
          if (kind === 'cut') bytes = Buffer.concat([before, after])
          if (kind === 'double') bytes = Buffer.concat([before, middle, middle, after])
          if (kind === 'insert') bytes = Buffer.concat([before, Buffer.alloc(length, byte), middle, after])
        }
        return attack(bytes)
      }),
      { numRuns: 150 },
    )
  })

  it('is closed when it is HTTP/1 or TLS, and when it goes on one byte at a time', async () => {
    const open = () => {
      const socket = connect(device.endpoint!.port, device.endpoint!.host)
      socket.on('error', () => {})
      socket.resume()
      return { socket, closed: new Promise(resolve => socket.once('close', resolve)) }
    }
    for (const bytes of [Buffer.from('GET / HTTP/1.1\r\nHost: jet\r\n\r\n'), Buffer.from('16030102000100', 'hex')]) {
      const { socket, closed } = open()
      socket.write(bytes)
      await closed
    }
    const slow = open()
    await until(() => device.clock.pending === 1)
    for (const byte of recorded.subarray(0, 30)) {
      slow.socket.write(Buffer.from([byte]))
      await device.clock.advance(1000)
    }
    await slow.closed
    expect((await bystander.unary('/test.Jet/Unary', 'x')).toString()).toBe('x')
  })

  it('leaves nothing behind', async () => {
    await until(async () => (await device.daemon.metrics.text()).includes('hangar_jsd_sessions 1'))
    expect(device.clock.pending).toBe(0)
  })
})

/** The bytes that a client sends for a login, a call that works, one that does not, and a stream. */
async function record(device: Device): Promise<Buffer> {
  const parts: Buffer[] = []
  const sockets: Socket[] = []
  const proxy = createServer(socket => {
    const onward = connect(device.endpoint!.port, device.endpoint!.host)
    sockets.push(socket, onward)
    socket.on('data', part => parts.push(part))
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => {})
    onward.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => proxy.once('listening', resolve))
  const client = new JetClient({ host: '127.0.0.1', port: (proxy.address() as { port: number }).port })
  await client.login('lab', 'lab123', 'recorded')
  await client.unary('/test.Jet/Unary', 'x'.repeat(300))
  await client.unary('/test.Jet/Nope', '').catch(() => {})
  const talk = client.bidi('/test.Jet/Talk')
  talk.write(Buffer.from('hello'))
  await new Promise(resolve => talk.once('data', resolve))
  talk.end()
  await new Promise(resolve => talk.once('end', resolve))
  client.close()
  for (const socket of sockets) socket.destroy()
  proxy.close()
  return Buffer.concat(parts)
}
