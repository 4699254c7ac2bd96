import { Probe, TickSchema } from '@hangar/protocol/hangar/bus/v1/probe_pb'
import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { all, Heard, probe } from '../cases/network.ts'
import { type NatsServer, natsServerForTests, startNatsServer } from '../testing/index.ts'
import type { NatsBus } from './bus.ts'
import { connectNats } from './connect.ts'
import { FrameType } from './frame.ts'

const binary = natsServerForTests()

describe.skipIf(!binary)('whatever others publish on our subjects', () => {
  let server: NatsServer
  let outside: NatsConnection
  let a: NatsBus
  let b: NatsBus
  const heard = new Heard<number>()

  beforeAll(async () => {
    server = await startNatsServer(binary!)
    outside = await connect({ servers: server.url })
    const options = { servers: server.url, device: 'd', clock: systemClock, random: systemRandom, log: silentLogger }
    a = await connectNats({ ...options, daemon: 'a' })
    b = await connectNats({ ...options, daemon: 'b' })
    await b.serve(Probe, probe)
    await a.subscribe('*', 'tick', TickSchema, ({ number }) => heard.add(number))
  })
  afterAll(async () => {
    await a?.close()
    await b?.close()
    await outside?.close()
    await server?.kill()
  })

  test('crashes nobody and disturbs no call', async () => {
    const ticks = b.publisher('tick', TickSchema)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // Frames that begin right.
      fc
        .tuple(fc.constantFrom(...Object.values(FrameType)), fc.uint8Array({ maxLength: 60 }))
        .map(([type, rest]) => new Uint8Array([type, ...rest])),
    )
    const subject = fc.constantFrom(
      'hangar.d.rpc.b.hangar.bus.v1.Probe.Echo',
      'hangar.d.rpc.b.hangar.bus.v1.Probe.Count',
      'hangar.d.rpc.b.hangar.bus.v1.Probe.Collect',
      'hangar.d.rpc.b.hangar.bus.v1.Probe.Nothing',
      'hangar.d.member',
      'hangar.d.position.tick',
      'hangar.d.event.b.tick',
      'hangar.d.event.stranger.tick',
      `hangar.d.inbox.a.${a.incarnation}.1`,
      `hangar.d.inbox.a.${a.incarnation}.presence`,
      `hangar.d.inbox.b.${b.incarnation}.2`,
    )
    const reply = fc.constantFrom(
      undefined,
      'elsewhere',
      'hangar.d.inbox.',
      'hangar.d.inbox.ghost.0.x',
      `hangar.d.inbox.a.${a.incarnation}.1`,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(subject, reply, bytes), { minLength: 1, maxLength: 40 }), async frames => {
        const client = a.client('b', Probe)
        for (const [to, from, frame] of frames) outside.publish(to, frame, from === undefined ? {} : { reply: from })
        await outside.flush()
        const [answer, stream] = await Promise.all([
          client.echo({ text: 'calm' }),
          all(client.count({ from: 1, to: 20 })),
        ])
        expect(answer.text).toBe('calm')
        expect(stream.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
      }),
      { numRuns: 150 },
    )
    ticks.publish({ number: 424242 })
    await heard.until(values => values.includes(424242))
    expect(a.callsUnderWay.made).toBe(0)
  })
})
