import { Code, ConnectError } from '@connectrpc/connect'
import { status } from '@grpc/grpc-js'
import type { InvokeRequest, StreamRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice, until } from '../testing/device.ts'
import { failure, type JetClient, texts } from '../testing/jet-client.ts'

const kinds = [
  { name: 'Unary' },
  { name: 'Gather', clientStreaming: true },
  { name: 'List', serverStreaming: true },
  { name: 'Talk', clientStreaming: true, serverStreaming: true },
]
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()
const answer = (value: string) => ({ response: Buffer.from(value) })

describe('calls on their way to the daemon that serves them', () => {
  let device: Device
  let client: JetClient
  let invoke: (request: InvokeRequest, signal: AbortSignal) => Promise<{ response: Uint8Array }>
  let stream: (requests: AsyncIterable<StreamRequest>, signal: AbortSignal) => AsyncIterable<{ response: Uint8Array }>

  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText('max-connections 8'))
    await device.serve('rpd', kinds, {
      invoke: (request, context) => invoke(request, context.signal),
      stream: (requests, context) => stream(requests, context.signal),
    })
    client = await device.loggedIn('app')
  })
  afterEach(() => device.stop())

  it('passes a unary call on as bytes, with who calls', async () => {
    let seen: InvokeRequest | undefined
    invoke = async request => {
      seen = request
      return answer(`${text(request.request)}!`)
    }
    expect((await client.unary('/test.Jet/Unary', 'hello')).toString()).toBe('hello!')
    expect(seen?.path).toBe('/test.Jet/Unary')
    expect(seen?.caller).toMatchObject({ clientId: 'app', user: 'lab', loginClass: 'super-user' })
    expect(seen?.caller?.peer).toMatch(/^ipv6:::ffff:127\.0\.0\.1:\d+$/)
  })

  it('streams in each direction', async () => {
    stream = async function* (requests) {
      const got: string[] = []
      let path = ''
      for await (const request of requests) {
        path ||= request.path
        if (request.request) got.push(text(request.request))
        if (path.endsWith('Talk') && request.request) yield answer(`re ${text(request.request)}`)
      }
      if (path.endsWith('List')) for (let i = 0; i < 3; i++) yield answer(`${got}${i}`)
      if (path.endsWith('Gather')) yield answer(got.join('+'))
    }
    expect(await texts(client.serverStream('/test.Jet/List', 'x'))).toEqual(['x0', 'x1', 'x2'])
    expect((await client.clientStream('/test.Jet/Gather', ['a', 'b', 'c'])).toString()).toBe('a+b+c')
    const talk = client.bidi('/test.Jet/Talk')
    const heard = texts(talk)
    talk.write(Buffer.from('one'))
    talk.write(Buffer.from('two'))
    talk.end()
    expect(await heard).toEqual(['re one', 're two'])
  })

  it('tells the daemon of a bidi call before the client has said anything', async () => {
    stream = async function* (requests) {
      yield answer('welcome')
      for await (const _ of requests);
    }
    const talk = client.bidi('/test.Jet/Talk')
    talk.once('data', () => talk.end())
    expect(await texts(talk)).toEqual(['welcome'])
  })

  it('gives errors their code, message and trailers', async () => {
    invoke = async () => {
      throw new ConnectError('no such table: größe', Code.NotFound, { 'x-hint': 'inet.0', 'x-raw-bin': 'AQI' })
    }
    const error = await failure(client.unary('/test.Jet/Unary', ''))
    expect(error).toMatchObject({ code: status.NOT_FOUND, details: 'no such table: größe' })
    expect(error.metadata.get('x-hint')).toEqual(['inet.0'])
    expect(error.metadata.get('x-raw-bin')).toEqual([Buffer.from([1, 2])])
    stream = async function* () {
      yield answer('one')
      throw new ConnectError('gone wrong', Code.Aborted)
    }
    const heard: string[] = []
    const stopped = (async () => {
      for await (const message of client.serverStream('/test.Jet/List', '')) heard.push(message.toString())
    })()
    expect(await failure(stopped)).toMatchObject({ code: status.ABORTED, details: 'gone wrong' })
    expect(heard).toEqual(['one'])
  })

  it('answers what nobody serves as a router does, and before login that there was none', async () => {
    const unknown = { code: status.UNAVAILABLE, details: 'JGrpcServer: Unknown RPC /routing.Nope/Do received' }
    expect(await failure(client.unary('/routing.Nope/Do', ''))).toMatchObject(unknown)
    const stranger = device.client()
    const refused = { code: status.UNKNOWN, details: 'Authorization failed' }
    expect(await failure(stranger.unary('/routing.Nope/Do', ''))).toMatchObject(refused)
    expect(await failure(client.unary('/authentication.Login/Other', ''))).toMatchObject({ code: status.UNAVAILABLE })
  })

  it('carries messages of megabytes and refuses what is above the limit', async () => {
    invoke = async request => ({ response: request.request })
    const big = Buffer.alloc(4 * 1024 * 1024, 7)
    expect((await client.unary('/test.Jet/Unary', big)).equals(big)).toBe(true)
    const error = await failure(client.unary('/test.Jet/Unary', Buffer.alloc(4 * 1024 * 1024 + 1)))
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED)
    expect((await client.unary('/test.Jet/Unary', 'after')).toString()).toBe('after')
  })

  it('holds a daemon up whose client does not read', async () => {
    let sent = 0
    const megabyte = Buffer.alloc(1024 * 1024)
    stream = async function* () {
      for (; sent < 500; sent++) yield { response: megabyte }
    }
    const call = client.serverStream('/test.Jet/List', '')
    await new Promise(resolve => call.once('readable', resolve))
    let before = -1
    while (before !== sent) {
      before = sent
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    // What the bus and the transport buffer, and no more: the client has read nothing.
    expect(sent).toBeLessThan(100)
    call.on('error', () => {})
    call.cancel()
  })

  it('passes cancellation and deadlines on', async () => {
    let aborted = 0
    let begun = 0
    const hang = (signal: AbortSignal) => {
      begun++
      return new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => {
          aborted++
          reject(new ConnectError('stopped', Code.Canceled))
        }),
      )
    }
    invoke = (_, signal) => hang(signal)
    const late = await failure(client.unary('/test.Jet/Unary', '', { deadline: Date.now() + 50 }))
    expect(late.code).toBe(status.DEADLINE_EXCEEDED)
    await until(() => aborted === 1)
    stream = async function* (_, signal) {
      yield answer('first')
      await hang(signal)
    }
    const call = client.serverStream('/test.Jet/List', '')
    call.on('error', () => {})
    await new Promise(resolve => call.once('data', resolve))
    call.cancel()
    await until(() => aborted === 2)
    const other = await device.loggedIn('other')
    const lost = failure(other.unary('/test.Jet/Unary', ''))
    await until(() => begun === 3)
    await device.command('clear extension-service request-response clients', { 'client-id': 'other' })
    expect((await lost).code).toBe(status.UNAVAILABLE)
    await until(() => aborted === 3)
  })

  it('runs a hundred calls of one session at once', async () => {
    const gate = Promise.withResolvers<void>()
    let under = 0
    invoke = async request => {
      if (++under === 100) gate.resolve()
      await gate.promise
      return { response: request.request }
    }
    const calls = Array.from({ length: 100 }, (_, i) => client.unary('/test.Jet/Unary', String(i)))
    const answers = await Promise.all(calls)
    expect(answers.map(String)).toEqual(Array.from({ length: 100 }, (_, i) => String(i)))
  })

  it('ends calls with UNAVAILABLE when their daemon dies, and finds it when it is back', async () => {
    stream = async function* (_, signal) {
      yield answer('first')
      await new Promise(resolve => signal.addEventListener('abort', resolve))
    }
    const call = client.serverStream('/test.Jet/List', '')
    const ended = failure(texts(call))
    await new Promise(resolve => call.once('data', resolve))
    device.hub.kill('rpd')
    expect((await ended).code).toBe(status.UNAVAILABLE)
    expect(await failure(client.unary('/test.Jet/Unary', ''))).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'JGrpcServer: Unknown RPC /test.Jet/Unary received',
    })
    await device.serve('rpd', kinds, { invoke: async () => answer('back') })
    expect((await client.unary('/test.Jet/Unary', '')).toString()).toBe('back')
  })

  it('gives a path to whoever announced it last', async () => {
    invoke = async () => answer('ours')
    const own = await device.serve('my-rpd', [{ name: 'Unary' }], { invoke: async () => answer('theirs') })
    expect((await client.unary('/test.Jet/Unary', '')).toString()).toBe('theirs')
    await own.close()
    expect((await client.unary('/test.Jet/Unary', '')).toString()).toBe('ours')
  })
})
