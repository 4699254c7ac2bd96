import { RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import { describe, expect, test } from 'vitest'
import { deleteRoute } from '../rib/put-route.ts'
import { startReading } from '../testing/reading.ts'
import { readApis } from '../testing/rib-reads.ts'

describe.each(Object.entries(readApis))('a walk of the %s RIB API', (_, api) => {
  const start = () => startReading(api)

  test('sends as many routes in a message as asked for, and an empty message at the end', async () => {
    const { route, all } = await start()
    for (let i = 0; i < 2500; i++) route(i, 32)
    const sizes = async (routeCount: number) =>
      (await all({}, { routeCount })).answers.map(({ routes }) => routes.length)
    expect(await sizes(1000)).toEqual([1000, 1000, 500, 0])
    expect(await sizes(500)).toEqual([500, 500, 500, 500, 500, 0])
    expect(await sizes(1)).toHaveLength(2501)
    for (const routeCount of [0, 1001, 0xffffffff]) expect(await sizes(routeCount)).toEqual([1000, 1000, 500, 0])
  })

  test('keeps messages small whatever the next hops are', async () => {
    const { route, all } = await start()
    const gateways = Array.from({ length: 64 }, (_, i) => ({
      interface: `xe-0/0/${i}.${'0'.repeat(100)}`,
      resolve: 'connected' as const,
    }))
    for (let i = 0; i < 100; i++) route(i, 32, { nextHop: { kind: 'gateways', gateways } })
    const { answers, texts } = await all({}, { routeCount: 1000 })
    expect(new Set(texts).size).toBe(100)
    expect(answers.length).toBeGreaterThan(3)
  })

  test('lets the thread go between messages, and goes on with what is there by then', async () => {
    const { route, get, rib } = await start()
    for (let i = 0; i < 5000; i++) route(i, 32)
    const seen = new Set<string>()
    let turns = 0
    const counting = setInterval(() => turns++, 0)
    for await (const { routes } of get('reader', { table: 'inet.0' }, { routeCount: 1000 })) {
      for (const { text } of routes) seen.add(text)
      // What was not seen yet goes; what comes may be seen or not.
      deleteRoute(rib.table('inet.0')!, {
        words: [0x0a000000 + 4999, 0, 0, 0],
        length: 32,
        source: rib.attributes.source('Static', 'app'),
      })
      route(100_000 + seen.size, 32)
    }
    clearInterval(counting)
    expect(turns).toBeGreaterThan(0)
    for (let i = 0; i < 4999; i++) expect(seen.has(`10.0.${i >> 8}.${i & 255}/32 0`)).toBe(true)
    expect(seen.has('10.0.19.135/32 0')).toBe(false)
  })

  test('does not take another destination that came into the place of a route under way', async () => {
    const { route, get, rib } = await start()
    route(0, 8, { cookie: 1 })
    route(0, 8, { cookie: 2 })
    const texts: string[] = []
    for await (const { routes } of get(
      'reader',
      { prefix: '10.0.0.0', length: 8, table: 'inet.0' },
      { routeCount: 1 },
    )) {
      texts.push(...routes.map(({ text }) => text))
      const source = rib.attributes.source('Static', 'app')
      deleteRoute(rib.table('inet.0')!, { words: [0x0a000000, 0, 0, 0], length: 8, source, cookie: 2 })
      route(0x010000, 16)
    }
    expect(texts).toEqual(['10.0.0.0/8 1'])
  })

  test('answers TRY_AGAIN beyond a thousand at a time, until one ends', async () => {
    const { route, get, all } = await start()
    for (let i = 0; i < 2; i++) route(i, 32)
    const running = Array.from({ length: 1000 }, () => get('many', { table: 'inet.0' }, { routeCount: 1 }))
    for (const one of running) await one.next()
    expect((await all({})).codes).toEqual([Status.TRY_AGAIN])
    await running[0]!.return(undefined)
    expect((await all({})).codes).toEqual([Status.SUCCESS, Status.SUCCESS])
    for await (const _ of running[1]!);
    expect((await all({})).codes).toEqual([Status.SUCCESS, Status.SUCCESS])
  })

  test('ends with the call', async () => {
    const { route, get, all } = await start()
    for (let i = 0; i < 10_000; i++) route(i, 32)
    const abort = new AbortController()
    let messages = 0
    for await (const _ of get('reader', { table: 'inet.0' }, {}, abort.signal)) {
      messages++
      abort.abort()
    }
    expect(messages).toBeLessThan(10)
    expect((await all({ prefix: '10.0.0.0', length: 32 })).codes).toEqual([Status.SUCCESS, Status.SUCCESS])
  })
})
