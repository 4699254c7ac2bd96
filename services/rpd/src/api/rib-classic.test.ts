import type { MessageInitShape } from '@bufbuild/protobuf'
import { create } from '@bufbuild/protobuf'
import {
  type RouteGetStatsReplySchema,
  RouteGetStatsRequestSchema,
  RouteMatchType,
  RouteRemoveMatchingRequestSchema,
  RouteOperStatus as Status,
} from '@hangar/protocol/rib_service_pb'
import { beforeEach, describe, expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { messages, type TestKey, writeApis } from '../testing/rib-writes.ts'
import { done, refused, route, startWriting, ten, type Writing } from '../testing/writing.ts'

describe('routing.Rib', () => {
  let world: Writing
  let api: ReturnType<typeof writeApis.classic>
  beforeEach(async () => {
    world = await startWriting('classic')
    api = world.api as typeof api
  })
  const { key: keyMessage } = messages('classic')

  describe('RouteRemoveMatching', () => {
    const removeMatching = async (client: string, key: TestKey, more: object = {}) => {
      const { typed } = api
      const request = create(RouteRemoveMatchingRequestSchema, { key: keyMessage(key), ...more } as object)
      const { status = 0, operationsCompleted = 0 } = await typed.routeRemoveMatching!(request, jetCall(client))
      return { status: Status[status], completed: operationsCompleted }
    }
    const longer = { matchType: RouteMatchType.EXACT_OR_LONGER }
    const exact = { matchType: RouteMatchType.EXACT }

    beforeEach(async () => {
      const tagged = (tag: number, tag2: number) => ({ attributes: { tags: { 0: tag, 1: tag2 } } })
      await api.put(
        'add',
        'a',
        route('20.0.0.0', 8),
        route('20.1.0.0', 16, tagged(1, 2)),
        route('20.1.0.0', 16, { cookie: 7n, ...tagged(1, 3) }),
        route('20.1.1.0', 24, tagged(2, 2)),
        route('30.0.0.0', 8),
      )
      await api.put('add', 'b', route('20.1.0.0', 16))
    })
    const left = () => world.lines().map(line => line.split(' ')[0])

    test('removes one destination, all inside of it, or all of the table', async () => {
      expect(await removeMatching('a', { to: '20.1.0.0', length: 16 }, exact)).toEqual(done(2))
      expect(left()).toEqual(['20.0.0.0/8', '20.1.0.0/16', '20.1.1.0/24', '30.0.0.0/8'])
      expect(await removeMatching('a', { to: '20.0.0.0', length: 8 }, longer)).toEqual(done(2))
      expect(left()).toEqual(['20.1.0.0/16', '30.0.0.0/8'])
      await api.put('add', 'a', route('40.0.0.0', 8, { table: 'red.inet.0' }))
      expect(await removeMatching('a', {}, longer)).toEqual(done(1))
      expect(left()).toEqual(['20.1.0.0/16'])
      expect(world.lines('red.inet.0')).toHaveLength(1)
      expect(world.kernel.tables.get('inet.0')!.has(`${0x1e000000}/8`)).toBe(false)
    })

    test('removes what packets to a prefix take', async () => {
      expect(await removeMatching('a', { to: '20.1.1.128', length: 25 })).toEqual(done(1))
      expect(left()).toEqual(['20.0.0.0/8', '20.1.0.0/16', '20.1.0.0/16', '20.1.0.0/16', '30.0.0.0/8'])
    })

    test('asks for all conditions that are set: cookie and tags', async () => {
      const tags = (...pairs: [number, number][]) => ({
        extendedMatch: { tags: Object.fromEntries(pairs.map(([at, value]) => [at, { value }])) },
      })
      expect(await removeMatching('a', { cookie: 7n }, { ...longer, ...tags([0, 1], [1, 2]) })).toEqual(
        refused('ROUTE_NOT_FOUND'),
      )
      expect(await removeMatching('a', { cookie: 7n }, { ...longer, ...tags([0, 1]) })).toEqual(done(1))
      expect(await removeMatching('a', {}, { ...longer, ...tags([1, 2]) })).toEqual(done(2))
      expect(left()).toEqual(['20.0.0.0/8', '20.1.0.0/16', '30.0.0.0/8'])
    })

    test.each<[string, TestKey, object?]>([
      ['TABLE_INVALID', { table: undefined }],
      ['TABLE_INVALID', { table: 'blue.inet.0' }],
      ['PREFIX_INVALID', { to: '2001:db8::', length: 32 }],
      ['PREFIX_INVALID', { to: '20', length: 8 }],
      ['PREFIX_LEN_TOO_LONG', { to: '20.0.0.0', length: 33 }],
      ['PREFIX_LEN_TOO_SHORT', { to: '20.0.0.1', length: 8 }],
      ['REQUEST_INVALID', {}, { matchType: 3 }],
      ['REQUEST_INVALID', {}, { extendedMatch: { tags: { 2: { value: 1 } } } }],
      ['ROUTE_NOT_FOUND', { to: '50.0.0.0', length: 8 }, exact],
    ])('%s (%#)', async (status, key, more = longer) => {
      expect(await removeMatching('a', key, more)).toEqual(refused(status))
      expect(left()).toHaveLength(6)
    })

    test('leaves the routes of others', async () => {
      expect(await removeMatching('c', {}, longer)).toEqual(refused('ROUTE_NOT_FOUND'))
      expect(left()).toHaveLength(6)
    })

    test('removes a great many in slices, each in the kernel before the next', async () => {
      const COUNT = 10_000
      for (let from = 0; from < COUNT; from += 1000) {
        const routes = Array.from({ length: 1000 }, (_, i) =>
          route(Uint8Array.of(60, 0, (from + i) >> 8, (from + i) & 255), 32),
        )
        await api.put('add', 'a', ...routes)
      }
      const before = world.kernel.requests
      expect(await removeMatching('a', { to: '60.0.0.0', length: 8 }, longer)).toEqual(done(COUNT))
      expect(world.kernel.requests - before).toBeGreaterThanOrEqual(3)
      expect(left()).toHaveLength(6)
    })

    test('is the classic generation’s', async () => {
      await writeApis.modern(world.routing).put('add', 'm', ten)
      expect(await removeMatching('m', {}, longer)).toEqual(refused('ROUTE_API_VERSION_MISMATCH'))
    })
  })

  describe('a gateway that looks the destination up in another table', () => {
    const via = (table: string | number, more: object = {}) => ({ via: [{ table, ...more }] })

    test('stands alone, by the name or the number of the table', async () => {
      const red = world.rib.table('red.inet.0')!
      expect(await api.put('add', 'a', route('20.0.0.0', 8, via('red.inet.0')))).toEqual(done(1))
      expect(world.nextHop()).toMatchObject({ spec: { kind: 'table', table: red.id }, usable: true })
      expect(await api.put('modify', 'a', route('20.0.0.0', 8, via(red.id)))).toEqual(done(1))
      const pop = via('red.inet.0', { labels: ['pop'] })
      expect(await api.put('add', 'a', route(17, 52, { table: 'mpls.0', ...pop }))).toEqual(done(1))
    })

    test('knows the table anew with each request', async () => {
      const routes = [route('20.0.0.0', 8, via('blue.inet.0'))]
      expect(await api.put('update', 'a', ...routes)).toEqual(refused('TABLE_INVALID'))
      const blue = world.rib.addTable('blue.inet.0', 'inet', 'blue')
      expect(await api.put('update', 'a', ...routes)).toEqual(done(1))
      expect(world.nextHop().spec).toEqual({ kind: 'table', table: blue.id })
    })

    test.each([
      ['TABLE_INVALID', via('blue.inet.0')],
      ['TABLE_INVALID', via(4711)],
      ['NEXTHOP_INVALID', via('inet.0')],
      ['NEXTHOP_INVALID', via('red.inet.0', { address: '10.0.0.2' })],
      ['NEXTHOP_INVALID', via('red.inet.0', { interfaceName: 'xe-0/0/0.0' })],
      ['NEXTHOP_INVALID', { via: [{ table: 'red.inet.0' }, { table: 'red.inet.0' }] }],
      ['NEXTHOP_INVALID', { via: ['10.0.0.2', { table: 'red.inet.0' }] }],
      ['MPLS_ACTION_INVALID', via('red.inet.0', { labels: ['push 17'] })],
    ])('%s (%#)', async (status, next) => {
      expect(await api.put('add', 'a', route('20.0.0.0', 8, next))).toEqual(refused(status))
    })
  })

  describe('RouteGetStats', () => {
    type Reply = MessageInitShape<typeof RouteGetStatsReplySchema>
    const stats = async (key: TestKey, routeCount = 0): Promise<Reply[]> => {
      const { cookie: _cookie, ...where } = keyMessage(key)
      const request = create(RouteGetStatsRequestSchema, { ...where, routeCount } as object)
      const replies: Reply[] = []
      for await (const reply of api.typed.routeGetStats!(request, jetCall('reader'))) replies.push(reply)
      return replies
    }
    beforeEach(async () => {
      world.routing.tunnels.find = () => ({ interfaceName: 'fti0.0' }) as never
      const via = [{ flexibleTunnelProfile: { name: 't1' } }]
      const counted = (...parts: Parameters<typeof route>) => ({ ...route(...parts), via, enableStats: true })
      await api.put('add', 'a', counted('20.0.0.0', 8), counted('20.1.0.0', 16), { ...route('20.2.0.0', 16), via })
      await api.put('add', 'a', counted('2001:db8:1::', 48, { table: 'inet6.0' }), counted(17, 52, { table: 'mpls.0' }))
    })
    const texts = (replies: Reply[]) =>
      replies.map(({ routes = [] }) =>
        routes.map(({ destPrefix, destPrefixLen, trafficStats }) => {
          const { value } = destPrefix!.Af as { value: { label?: number; AddrFormat?: { value: string } } }
          expect(trafficStats).toEqual({})
          return `${value.label ?? value.AddrFormat!.value}/${destPrefixLen}`
        }),
      )

    test('reads the counters of routes that have any: all are 0', async () => {
      expect(texts(await stats({}))).toEqual([['20.0.0.0/8', '20.1.0.0/16']])
      expect(texts(await stats({}, 1))).toEqual([['20.0.0.0/8'], ['20.1.0.0/16']])
      expect(texts(await stats({ to: '20.1.0.0', length: 16 }))).toEqual([['20.1.0.0/16']])
      expect(texts(await stats({ table: 'inet6.0' }))).toEqual([['2001:db8:1::/48']])
      expect(texts(await stats({ table: 'mpls.0' }))).toEqual([['17/52']])
    })

    test.each<[string, TestKey, number?]>([
      ['ROUTE_WITH_STATS_NOT_FOUND', { to: '20.2.0.0', length: 16 }],
      ['ROUTE_WITH_STATS_NOT_FOUND', { to: '50.2.0.0', length: 16 }],
      ['ROUTE_WITH_STATS_NOT_FOUND', { table: 'red.inet.0' }],
      ['TABLE_INVALID', { table: 'blue.inet.0' }],
      ['PREFIX_INVALID', { to: '20', length: 8 }],
      ['ROUTE_COUNT_INVALID', {}, 1001],
    ])('%s (%#)', async (status, key, routeCount) => {
      expect(await stats(key, routeCount)).toEqual([{ status: Status[status as keyof typeof Status] }])
    })
  })
})
