import { once } from 'node:events'
import { connect as http2, type Settings } from 'node:http2'
import { connect, createServer, type Socket } from 'node:net'
import { Server } from '@grpc/grpc-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failure, JetClient } from '../testing/jet-client.ts'
import { GrpcServer } from './grpc-server.ts'
import { limits } from './limits.ts'
import type { WireCall } from './wire-call.ts'

describe('gRPC on sockets of our own', () => {
  const calls: { path: string; call: WireCall }[] = []
  const sockets = new Set<Socket>()
  let onCall: (path: string, call: WireCall) => void
  let listener: ReturnType<typeof createServer>
  let client: JetClient

  beforeEach(async () => {
    const server = new GrpcServer({ keepAlive: undefined, onCall: (path, call) => onCall(path, call) })
    listener = createServer(socket => {
      sockets.add(socket)
      server.serve(socket)
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => listener.once('listening', resolve))
    client = new JetClient({ host: '127.0.0.1', port: (listener.address() as { port: number }).port })
  })
  afterEach(() => {
    client.close()
    for (const socket of sockets) socket.destroy()
    listener.close()
    calls.length = 0
  })

  it('hands over calls of every path, and who makes them', async () => {
    onCall = (path, call) => {
      calls.push({ path, call })
      call.sendStatus({ code: 9, details: `no ${path}` })
    }
    for (const path of ['/a.B/C', '/__proto__/x', '/a'])
      expect(await failure(client.unary(path, ''))).toMatchObject({ code: 9, details: `no ${path}` })
    expect(calls.map(({ path }) => path)).toEqual(['/a.B/C', '/__proto__/x', '/a'])
    const peer = [...sockets].map(socket => `${socket.remoteAddress}:${socket.remotePort}`)
    await new Promise<void>(resolve => {
      onCall = (_, call) => {
        expect(peer).toContain(call.getPeer())
        call.sendStatus({ code: 9, details: '' })
        resolve()
      }
      client.unary('/a.B/C', '').catch(() => {})
    })
  })

  it('gives a call to the listener that it was begun with last', async () => {
    onCall = (_, call) => {
      const quiet = { onReceiveMetadata() {}, onReceiveMessage() {}, onReceiveHalfClose() {}, onCancel() {} }
      call.start(quiet)
      setImmediate(() =>
        call.start({
          ...quiet,
          onReceiveMetadata: () => call.startRead(),
          onReceiveMessage(message) {
            call.sendMessage(Buffer.from(message), () => call.sendStatus({ code: 0, details: '' }))
          },
        }),
      )
    }
    expect((await client.unary('/a.B/C', 'echo')).toString()).toBe('echo')
  })

  it('takes a deadline that no timer can count for none', async () => {
    const deadlines: number[] = []
    onCall = (_, call) => {
      deadlines.push(Number(call.getDeadline()))
      setTimeout(() => call.sendStatus({ code: 9, details: 'in time' }), 20)
    }
    const days = (count: number) => ({ deadline: Date.now() + count * 86_400_000 })
    for (const options of [days(20), days(30)])
      expect(await failure(client.unary('/a.B/C', '', options))).toMatchObject({ code: 9, details: 'in time' })
    expect(deadlines[0]).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(deadlines[1]).toBe(Number.POSITIVE_INFINITY)
  })

  it('lets a client send the largest batch of routes without waiting for it to be read', async () => {
    const session = http2(`http://127.0.0.1:${(listener.address() as { port: number }).port}`)
    const [settings] = (await once(session, 'remoteSettings')) as [Settings]
    expect(settings).toMatchObject({ initialWindowSize: limits.unreadBytes, maxFrameSize: limits.frameBytes })
    await new Promise(resolve => session.ping(resolve))
    expect(session.state.remoteWindowSize).toBe(limits.unreadBytes)
    session.destroy()
  })

  it('pings a connection that says nothing', async () => {
    const server = new GrpcServer({ keepAlive: 20, onCall: () => {} })
    const pinging = createServer(socket => {
      sockets.add(socket)
      server.serve(socket)
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => pinging.once('listening', resolve))
    const raw = connect((pinging.address() as { port: number }).port, '127.0.0.1')
    raw.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0')
    const ping = Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0])
    let heard = Buffer.alloc(0)
    for await (const data of raw) {
      heard = Buffer.concat([heard, data])
      if (heard.includes(ping)) break
    }
    pinging.close()
  })

  it('stands on a private map of grpc-js, and would notice if it went', () => {
    const server = new Server()
    expect(Reflect.get(server, 'handlers')).toBeInstanceOf(Map)
    const retrieve = Reflect.get(server, '_retrieveHandler') as (path: string) => unknown
    Reflect.set(server, 'handlers', { get: (path: string) => ({ path }) })
    expect(retrieve.call(server, '/any.Path/AtAll')).toEqual({ path: '/any.Path/AtAll' })
  })
})
