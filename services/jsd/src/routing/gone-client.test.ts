import { expect, it } from 'vitest'
import { Session } from '../session/session.ts'
import type { WireCall } from '../transport/wire-call.ts'
import type { Route } from './routing-table.ts'
import { StreamForward } from './stream-forward.ts'
import { UnaryForward } from './unary-forward.ts'

it('hands on no call of a session that has ended, although all of it had arrived', () => {
  const handedOn: string[] = []
  const client = { invoke: () => handedOn.push('unary'), stream: () => handedOn.push('stream') }
  const call = { startRead() {}, sendStatus() {}, getDeadline: () => Number.POSITIVE_INFINITY } as unknown as WireCall
  const route = { path: '/test.Jet/Call', daemon: 'rpd', client: client as unknown as Route['client'] }
  for (const [clientStreaming, serverStreaming] of [
    [false, false],
    [false, true],
    [true, true],
  ] as const) {
    const session = new Session('s-1', { peer: 'ipv4:192.0.2.1:1', localAddress: '', end: () => {} })
    const Forward = clientStreaming || serverStreaming ? StreamForward : UnaryForward
    const forward = new Forward(call, { ...route, clientStreaming, serverStreaming }, session)
    session.markEnded()
    forward.onReceiveMetadata()
    forward.onReceiveMessage(new Uint8Array())
    forward.onReceiveHalfClose()
  }
  expect(handedOn).toEqual([])
})
