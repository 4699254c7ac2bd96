import { parseAddress } from '@hangar/inet'
import { RouteMatchType, RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import { describe, expect, test } from 'vitest'
import { RouteReads } from '../read/read-routes.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import { jetCall } from '../testing/jet-call.ts'
import { collected, discard, startReading } from '../testing/reading.ts'
import { readApis } from '../testing/rib-reads.ts'
import { testRouting } from '../testing/routing.ts'
import { ribReadClassic } from './rib-read-classic.ts'

describe.each(Object.entries(readApis))('RouteGet of the %s RIB API', (_, api) => {
  const start = () => startReading(api)
  const matching = (matchType: RouteMatchType) => ({ matchType, routeCount: 1000 })

  test('reads a whole table, whatever put the routes there', async () => {
    const { address, route, all, routing } = await start()
    address('xe-0/0/0.0', '192.0.2.1/24')
    route(0, 8, { cookie: 7 })
    putRoute(routing.rib, routing.rib.table('inet.0')!, {
      words: [0x0b000000, 0, 0, 0],
      length: 8,
      source: routing.rib.attributes.source('BGP-Static', 'app'),
      values: { preference: 170, preference2: -101 },
      nextHop: discard,
    })
    routing.rib.settle()
    for (const more of [{}, { matchType: RouteMatchType.EXACT_OR_LONGER }, { matchType: RouteMatchType.EXACT }]) {
      const { texts, codes, routes } = await all({}, more)
      expect(texts.toSorted()).toEqual(['10.0.0.0/8 7', '11.0.0.0/8 0', '192.0.2.0/24 0', '192.0.2.1/32 0'])
      expect(codes).toEqual([Status.SUCCESS, Status.SUCCESS])
      const what = new Map(
        routes.map(({ text, entry }) => [text, [entry.protocol, entry.nexthop?.gateways[0]?.interfaceName]]),
      )
      expect(what.get('10.0.0.0/8 7')).toEqual([11, undefined])
      expect(what.get('11.0.0.0/8 0')).toEqual([27, undefined])
      expect(what.get('192.0.2.0/24 0')).toEqual([1, 'xe-0/0/0.0'])
      expect(what.get('192.0.2.1/32 0')).toEqual([2, 'xe-0/0/0.0'])
    }
  })

  test('finds the longest match that takes packets, one destination alone, or it and all inside of it', async () => {
    const { route, all } = await start()
    const nowhere: NextHopSpec = { kind: 'gateways', gateways: [{ interface: 'xe-9/9/9.0', resolve: 'connected' }] }
    route(0, 8)
    route(0x010000, 16)
    route(0x010100, 24)
    route(0x010101, 32, { nextHop: nowhere })
    const best = async (prefix: string, length: number) => (await all({ prefix, length })).texts
    expect(await best('10.1.1.1', 32)).toEqual(['10.1.1.0/24 0'])
    expect(await best('10.1.0.0', 16)).toEqual(['10.1.0.0/16 0'])
    expect(await best('10.1.0.0', 15)).toEqual([])
    expect(await best('10.0.0.0', 15)).toEqual(['10.0.0.0/8 0'])
    expect(await best('10.200.0.0', 16)).toEqual(['10.0.0.0/8 0'])
    const exact = matching(RouteMatchType.EXACT)
    expect((await all({ prefix: '10.1.1.1', length: 32 }, exact)).texts).toEqual(['10.1.1.1/32 0'])
    expect((await all({ prefix: '10.1.1.0', length: 25 }, exact)).texts).toEqual([])
    const longer = matching(RouteMatchType.EXACT_OR_LONGER)
    expect((await all({ prefix: '10.1.0.0', length: 16 }, longer)).texts).toEqual([
      '10.1.0.0/16 0',
      '10.1.1.0/24 0',
      '10.1.1.1/32 0',
    ])
    expect((await all({ prefix: '0.0.0.0', length: 0 }, longer)).texts).toHaveLength(4)
    expect((await all({ prefix: '10.1.1.0', length: 25 }, longer)).texts).toEqual(['10.1.1.1/32 0'])
  })

  test('has the active route first, and the others unless only active ones are asked for', async () => {
    const { route, all } = await start()
    route(0, 8, { cookie: 1, values: { preference: 10 } })
    route(0, 8, { cookie: 2, values: { preference: 7 } })
    route(0, 8, { cookie: 3, values: { preference: 9 } })
    const key = { prefix: '10.0.0.0', length: 8 }
    for (const how of [RouteMatchType.BEST, RouteMatchType.EXACT]) {
      expect((await all(key, matching(how))).texts).toEqual(['10.0.0.0/8 2', '10.0.0.0/8 3', '10.0.0.0/8 1'])
      expect((await all(key, { ...matching(how), activeOnly: true })).texts).toEqual(['10.0.0.0/8 2'])
    }
    expect((await all({}, { activeOnly: true })).texts).toEqual(['10.0.0.0/8 2'])
    expect((await all({ ...key, cookie: 3n })).texts).toEqual(['10.0.0.0/8 3'])
    expect((await all({ cookie: 3n })).texts).toEqual(['10.0.0.0/8 3'])
    expect((await all({ cookie: 3n }, { activeOnly: true })).codes).toEqual([Status.ROUTE_NOT_FOUND])
  })

  test('shows gateways as they were asked for', async () => {
    const { route, all, address } = await start()
    address('xe-0/0/0.0', '192.0.2.1/24')
    route(0, 8, {
      values: { tag: 7, color2: 9 },
      nextHop: {
        kind: 'gateways',
        gateways: [
          { address: parseAddress('192.0.2.9')!, interface: 'xe-0/0/0.0', resolve: 'connected', weight: 1 },
          {
            address: parseAddress('192.0.2.77')!,
            resolve: 'recursive',
            weight: 32769,
            labels: [{ operation: 'push', label: 299776 }],
          },
        ],
      },
    })
    const { routes } = await all({ prefix: '10.0.0.0', length: 8 })
    const { nexthop, attributes } = routes[0]!.entry
    expect(
      nexthop!.gateways.map(one => [one.interfaceName, one.weight, one.labelStack?.entries[0]?.labelEntry?.label]),
    ).toEqual([
      ['xe-0/0/0.0', 1, undefined],
      ['', 32769, 299776],
    ])
    expect(attributes?.preferences[0]?.value ?? attributes?.preferences[0]).toBeDefined()
    expect(Object.keys(attributes!.tags)).toEqual(['0'])
    expect(Object.keys(attributes!.colors)).toEqual(['1'])
  })

  test('reads labels and IPv6 addresses', async () => {
    const { rib, all } = await start()
    const put = (table: string, words: readonly [number, number, number, number], length: number) =>
      putRoute(rib, rib.table(table)!, {
        words,
        length,
        source: rib.attributes.source('Static', 'app'),
        values: { preference: 5, preference2: 100 },
        nextHop: discard,
      })
    put('mpls.0', [299776, 0, 0, 0], 20)
    put('mpls.0', [0, 0, 0, 0], 20)
    put('mpls.0', [0, 0, 0, 0], 0)
    put('inet6.0', [0x20010db8, 0, 0, 0], 32)
    put('inet6.0', [0x20010db8, 0, 0, 1], 128)
    rib.settle()
    const labels = async (prefix: number | undefined, length: number) =>
      (await all({ table: 'mpls.0', prefix, length })).texts.toSorted()
    expect(await labels(299776, 52)).toEqual(['299776/52 0'])
    expect(await labels(0, 52)).toEqual(['0/52 0'])
    expect(await labels(17, 52)).toEqual([])
    expect(await labels(0, 0)).toEqual(['0/0 0', '0/52 0', '299776/52 0'])
    expect(await labels(undefined, 0)).toEqual(['0/0 0', '0/52 0', '299776/52 0'])
    const six = async (prefix: string, length: number, how: RouteMatchType) =>
      (await all({ table: 'inet6.0', prefix, length }, matching(how))).texts
    expect(await six('2001:db8::2', 128, RouteMatchType.BEST)).toEqual(['2001:db8::/32 0'])
    expect(await six('2001:db8::', 33, RouteMatchType.EXACT_OR_LONGER)).toEqual(['2001:db8::1/128 0'])
  })

  test('names tables by number, and takes numbers', async () => {
    const { route, all, rib } = await start()
    route(0, 8)
    const { id } = rib.table('inet.0')!
    expect((await all({ table: id }, { replyTableFormat: 1 })).texts).toEqual([`#${id} 10.0.0.0/8 0`])
  })
})

describe('what one generation has alone', () => {
  const routes = (routing: Awaited<ReturnType<typeof testRouting>>['routing']) => {
    const { rib } = routing
    for (const tag of [undefined, 1, 2])
      putRoute(rib, rib.table('inet.0')!, {
        words: [0x0a000000 + (tag ?? 0), 0, 0, 0],
        length: 32,
        source: rib.attributes.source('Static', 'app'),
        values: { preference: 5, preference2: 100, tag, tag2: tag === 2 ? 5 : undefined },
        nextHop: discard,
      })
    rib.settle()
  }

  test('classic: tags, and addresses as bytes when a request asks for them', async () => {
    const { routing } = await testRouting()
    routes(routing)
    const { get } = readApis.classic(routing)
    const texts = async (more: object) =>
      (await collected(get('reader', { table: 'inet.0' }, more))).flatMap(({ routes }) =>
        routes.map(({ text }) => text),
      )
    expect(await texts({ extendedMatch: { tags: { 0: { value: 2 } } } })).toEqual(['10.0.0.2/32 0'])
    expect(await texts({ extendedMatch: { tags: { 0: { value: 0 } } } })).toEqual(['10.0.0.0/32 0'])
    expect(await texts({ extendedMatch: { tags: { 0: { value: 2 }, 1: { value: 5 } } } })).toEqual(['10.0.0.2/32 0'])
    expect(await texts({ extendedMatch: { tags: { 0: { value: 1 }, 1: { value: 5 } } } })).toEqual([])
    expect(await texts({ replyAddressFormat: 1 })).toContain('[10 0 0 1]/32 0')
    const [odd] = await collected(get('reader', { table: 'inet.0' }, { extendedMatch: { tags: { 2: { value: 1 } } } }))
    expect(odd?.code).toBe(Status.REQUEST_INVALID)
  })

  test('modern: nothing before RouteInitialize, which says how addresses are written', async () => {
    const { routing } = await testRouting()
    routes(routing)
    const { get } = readApis.modern(routing)
    const answers = await collected(get('stranger', { table: 'inet.0' }))
    expect(answers).toEqual([{ code: Status.NOT_INITIALIZED, message: 'RouteInitialize comes first', routes: [] }])
    routing.clients.calling(jetCall('reader').caller).ribAddresses = 'bytes'
    const [first] = await collected(get('reader', { table: 'inet.0' }))
    expect(first?.routes.map(({ text }) => text)).toContain('[10 0 0 1]/32 0')
  })

  test('bytes that are no request are refused as such', async () => {
    const { routing } = await testRouting()
    const { routeGet } = ribReadClassic(routing, new RouteReads(routing.rib))
    // A table whose name is no UTF-8.
    const bytes = Uint8Array.of(0x0a, 7, 0x1a, 5, 0x12, 3, 0x0a, 1, 0xff)
    expect(() => routeGet!(bytes, jetCall('reader'))).toThrow(/routing\.RouteGetRequest cannot be decoded/)
  })
})
