import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configuredRouting } from '../testing/configured.ts'
import { type Answer, type Call, type Entry, interfaceApis } from '../testing/interface-apis.ts'
import { jetCall } from '../testing/jet-call.ts'
import type { UnitOptions } from '../testing/ports.ts'

describe.each(Object.entries(interfaceApis))('the %s routing-interface API', (_, generation) => {
  const start = async () => {
    const device = await configuredRouting()
    device.port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24', '10.0.0.2/24', '2001:db8::1/64'] } })
    device.port('xe-0/0/1', { 0: { index: 71, up: false } })
    const api = generation(device.routing)
    /** Reads the next message of a stream as "name status". */
    const next = async (stream: AsyncIterator<Answer>) => {
      const { done, value } = await stream.next()
      return done ? 'end' : value.entries.map(({ name, status }: Entry) => `${name} ${status}`)
    }
    /** A client that has initialized and heard of all interfaces. */
    const subscribed = async (call: Call) => {
      await api.initialize(call)
      const stream = api.subscribe(call)
      await stream.next()
      await stream.next()
      return stream
    }
    return { ...device, api, next, subscribed }
  }

  test('begins with initialize: again in a session is an error, in a later one the client is remembered', async () => {
    const { api } = await start()
    expect((await api.initialize(jetCall('a'))).code).toBe('SUCCESS_COMPLETED')
    expect((await api.initialize(jetCall('a'))).code).toBe('ALREADY_INITIALIZED')
    expect((await api.initialize(jetCall('b'))).code).toBe('SUCCESS_COMPLETED')
    expect((await api.initialize(jetCall('a', 'another session'))).code).toBe('SUCCESS_REBOUND')
  })

  test('answers nothing to who has not initialized', async () => {
    const { api } = await start()
    const call = jetCall('a')
    const codes = [
      await api.get(call, { case: 'name', value: 'xe-0/0/0.0' }),
      await api.unsubscribe(call),
      await api.refresh(call),
    ].map(({ code }) => code)
    expect(codes).toEqual(Array(3).fill('NOT_INITIALIZED'))
    const stream = api.subscribe(call)
    expect((await stream.next()).value).toEqual({ code: 'NOT_INITIALIZED', entries: [] })
    expect((await stream.next()).done).toBe(true)
  })

  test('gives an interface by its name or index', async () => {
    const { api } = await start()
    const call = jetCall('a')
    await api.initialize(call)
    const byName = await api.get(call, { case: 'name', value: 'xe-0/0/0.0' })
    expect(byName).toEqual({
      code: 'SUCCESS_COMPLETED',
      entries: [
        {
          name: 'xe-0/0/0.0',
          status: 'up',
          index: 70,
          bandwidth: 10_000_000_000n,
          mtu: 1514,
          addresses: [
            ['inet', '10.0.0.1', 24, true],
            ['inet', '10.0.0.2', 24, false],
            ['inet6', '2001:db8::1', 64, true],
          ],
        },
      ],
    })
    expect(await api.get(call, { case: 'index', value: 70 })).toEqual(byName)
    const bytes = await api.get(call, { case: 'index', value: 70 }, 1)
    expect(bytes.entries[0]!.addresses).toMatchObject([['inet', Uint8Array.of(10, 0, 0, 1), 24, true], {}, {}])
    // Of one that is down there is the name alone.
    const down = { name: 'xe-0/0/1.0', status: 'down', index: 0, bandwidth: 0n, mtu: 0, addresses: [] }
    expect((await api.get(call, { case: 'index', value: 71 })).entries).toEqual([down])
  })

  test.each([
    [{}, 'INVALID_INDEX_AND_NAME'],
    [{ case: 'name', value: '' }, 'INVALID_INDEX_AND_NAME'],
    [{ case: 'index', value: 0 }, 'INVALID_INDEX_AND_NAME'],
    [{ case: 'name', value: 'xe-0/0/0' }, 'NOT_FOUND'],
    [{ case: 'name', value: 'x'.repeat(65_536) }, 'NOT_FOUND'],
    [{ case: 'index', value: 0xffffffff }, 'NOT_FOUND'],
  ])('finds nothing under a wrong key', async (key, code) => {
    const { api } = await start()
    await api.initialize(jetCall('a'))
    expect(await api.get(jetCall('a'), key)).toEqual({ code, entries: [] })
  })

  test('confirms, tells of all interfaces, then of what changes', async () => {
    const { api, port, next } = await start()
    await api.initialize(jetCall('a'))
    const stream = api.subscribe(jetCall('a'))
    expect((await stream.next()).value).toEqual({ code: 'SUCCESS_COMPLETED', entries: [] })
    expect(await next(stream)).toEqual(['xe-0/0/0.0 up', 'xe-0/0/1.0 down'])
    port('xe-0/0/1', { 0: { index: 71 } })
    expect(await next(stream)).toEqual(['xe-0/0/1.0 up'])
    port('xe-0/0/1', { 0: { index: 71, addresses: ['10.0.1.1/24'] } })
    expect((await stream.next()).value.entries).toMatchObject([
      { name: 'xe-0/0/1.0', status: 'changed', index: 71, addresses: [['inet', '10.0.1.1', 24, true]] },
    ])
    port('xe-0/0/1', { 0: { index: 71, up: false }, 5: { index: 75 } })
    expect(await next(stream)).toEqual(['xe-0/0/1.0 down', 'xe-0/0/1.5 up'])
    const waiting = stream.next()
    port('xe-0/0/1', {})
    const empty = { index: 0, bandwidth: 0n, mtu: 0, addresses: [] }
    expect((await waiting).value.entries).toEqual([
      { name: 'xe-0/0/1.0', status: 'deleted', ...empty },
      { name: 'xe-0/0/1.5', status: 'deleted', ...empty },
    ])
  })

  test('of a burst the last state is told', async () => {
    const { port, next, subscribed } = await start()
    const stream = await subscribed(jetCall('a'))
    const unit = (options: Partial<UnitOptions>) => port('xe-0/0/0', { 0: { index: 70, ...options } })
    unit({ up: false })
    unit({})
    unit({ addresses: ['10.0.0.9/24'] })
    expect(await next(stream)).toEqual(['xe-0/0/0.0 up'])
    unit({ addresses: ['10.0.0.8/24'] })
    unit({ addresses: ['10.0.0.8/24'], up: false })
    port('xe-0/0/0', {})
    port('xe-0/0/2', { 0: { index: 72 } })
    port('xe-0/0/2', {})
    expect(await next(stream)).toEqual(['xe-0/0/0.0 deleted'])
  })

  test('one stream a client: that of a session that is over makes room', async () => {
    const { api, next, subscribed } = await start()
    const stream = await subscribed(jetCall('a'))
    const second = api.subscribe(jetCall('a'))
    expect((await second.next()).value.code).toMatch(/^ALREADY_(REGISTERED|SUBSCRIBED)$/)
    expect((await second.next()).done).toBe(true)
    await subscribed(jetCall('b'))
    await subscribed(jetCall('a', 'another session'))
    expect(await next(stream)).toBe('end')
  })

  test('refresh tells of all again; unregister ends the stream, and so does the end of the call', async () => {
    const { api, next, subscribed } = await start()
    const abort = new AbortController()
    const call = jetCall('a', 's', abort.signal)
    const stream = await subscribed(call)
    expect((await api.refresh(call)).code).toBe('SUCCESS_COMPLETED')
    expect(await next(stream)).toEqual(['xe-0/0/0.0 up', 'xe-0/0/1.0 down'])
    expect((await api.unsubscribe(call)).code).toBe('SUCCESS_COMPLETED')
    expect(await next(stream)).toBe('end')
    for (const act of [api.refresh, api.unsubscribe])
      expect((await act(call)).code).toMatch(/^NOTIFICATION_NOT_(REGISTERED|SUBSCRIBED)$/)
    const again = await subscribed(call)
    const waiting = next(again)
    abort.abort()
    expect(await waiting).toBe('end')
    expect((await api.refresh(call)).code).toMatch(/^NOTIFICATION_NOT_/)
  })

  test('a purged client begins anew', async () => {
    const { api, routing, clock } = await start()
    await api.initialize(jetCall('a', 's'))
    routing.clients.sessionUp('s', 'a')
    routing.clients.sessionDown('s')
    await clock.advance(119_000)
    expect((await api.initialize(jetCall('a', 't'))).code).toBe('SUCCESS_REBOUND')
    routing.clients.sessionUp('t', 'a')
    routing.clients.sessionDown('t')
    await clock.advance(120_000)
    expect((await api.initialize(jetCall('a', 'u'))).code).toBe('SUCCESS_COMPLETED')
  })

  test('whenever it reads, a client ends with what is there', async () => {
    const units = fc.dictionary(
      fc.constantFrom('0', '1', '2'),
      fc.record({
        index: fc.constantFrom(80),
        up: fc.boolean(),
        addresses: fc.subarray(['10.2.0.1/24', '10.3.0.1/24']),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(units), { maxLength: 20 }), async steps => {
        const { port, subscribed, routing, api } = await start()
        const stream = await subscribed(jetCall('a'))
        const known = new Map([
          ['xe-0/0/0.0', ''],
          ['xe-0/0/1.0', ''],
        ])
        const read = async () => {
          const { value } = await stream.next()
          for (const { name, status, addresses } of value.entries) {
            if (status === 'deleted') expect(known.delete(name)).toBe(true)
            else known.set(name, JSON.stringify([status === 'down' ? 'down' : 'up', addresses]))
          }
        }
        for (const step of steps) {
          if (step === null) {
            await api.refresh(jetCall('a'))
            await read()
          } else
            port(
              'xe-0/0/2',
              Object.fromEntries(
                Object.entries(step).map(([unit, one]) => [unit, { ...one, index: one.index + Number(unit) }]),
              ),
            )
        }
        await api.refresh(jetCall('a'))
        await read()
        expect([...known.keys()].sort()).toEqual([...routing.interfaces].map(({ name }) => name).sort())
        for (const { name, up } of routing.interfaces) expect(JSON.parse(known.get(name)!)[0]).toBe(up ? 'up' : 'down')
      }),
      { numRuns: 30 },
    )
  })
})
