import { ConnectError } from '@connectrpc/connect'
import { RouteUpdateRequestSchema as ModernRequest, StatusCode } from '@hangar/protocol/jnx_routing_rib_service_pb'
import { RouteUpdateRequestSchema as ClassicRequest, RouteOperStatus } from '@hangar/protocol/rib_service_pb'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { encodings, field } from '../testing/encodings.ts'
import { jetCall } from '../testing/jet-call.ts'
import type { TestGateway, TestRoute } from '../testing/rib-writes.ts'
import { done, route, startWriting, type Writing } from '../testing/writing.ts'

describe.each(['classic', 'modern'] as const)('the %s RIB API', generation => {
  let world: Writing
  beforeEach(async () => {
    world = await startWriting(generation)
  })

  test('serves eight clients at once, each with a slice of its own: the table is their sum', async () => {
    const CLIENTS = 8
    const ROUTES = 1500
    const { api } = world
    const destination = (client: number, i: number) => Uint8Array.of(20 + client, i >> 8, i & 255, 0)
    const work = async (client: number) => {
      const id = `client ${client}`
      const routes = Array.from({ length: ROUTES }, (_, i) =>
        route(destination(client, i), 24, { via: [`10.0.0.${2 + (i % 3)}`] }),
      )
      const size = 50 + 37 * client
      for (let from = 0; from < ROUTES; from += size) {
        const batch = routes.slice(from, from + size)
        expect(await api.put('add', id, ...batch)).toEqual(done(batch.length))
        // Two of its own at once, too: a third of the batch goes elsewhere, another third goes.
        const [moved, gone] = [batch.filter((_, i) => i % 3 === 0), batch.filter((_, i) => i % 3 === 1)]
        const answers = await Promise.all([
          api.put('modify', id, ...moved.map(one => ({ ...one, via: ['10.0.0.9'] }))),
          api.remove(id, ...gone),
        ])
        expect(answers).toEqual([done(moved.length), done(gone.length)])
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)))

    const table = world.rib.table('inet.0')!
    let programmed = 0
    for (let client = 0; client < CLIENTS; client++) {
      const size = 50 + 37 * client
      for (let i = 0; i < ROUTES; i++) {
        const k0 = ((20 + client) * 2 ** 24 + i * 256) >>> 0
        const row = table.find(k0, 0, 0, 0, 24)
        const third = (i % size) % 3
        const ways = world.kernel.ways('inet.0', `${k0}/24`)
        if (third === 1) expect([row, ways]).toEqual([-1, undefined])
        else {
          programmed++
          expect(table.attributes(row).source.client).toBe(`client ${client}`)
          expect(ways).toEqual([`xe-0/0/0.0 10.0.0.${third === 0 ? 9 : 2 + (i % 3)}`])
        }
      }
    }
    expect(table.rows.live).toBe(programmed + 2)
    expect(world.kernel.tables.get('inet.0')!.size).toBe(programmed + 2)
  })

  const statuses: Record<string, unknown> = generation === 'classic' ? RouteOperStatus : StatusCode
  /** Whatever was answered, tables, counts and the kernel agree with each other. */
  const consistent = () => {
    const { rib, kernel } = world
    let routes = 0
    const held = new Map<string, number>()
    for (const table of rib.tables()) {
      let hidden = 0
      for (let row = 0; row < table.rows.end; row++) {
        if (!table.isLive(row)) continue
        if (table.attributes(row).source.client !== undefined) routes++
        if (!table.nextHop(row).usable) hidden++
      }
      expect(table.hidden).toBe(hidden)
      let active = 0
      for (const head of table.heads()) if (table.isActive(head)) active++
      expect(table.active).toBe(active)
      held.set(table.name, active)
    }
    for (const [name, destinations] of kernel.tables) expect([name, destinations.size]).toEqual([name, held.get(name)])
    expect([...rib.nextHops].every(one => one.uses > 0)).toBe(true)
    return routes
  }

  const addresses = fc.constantFrom<NonNullable<TestRoute['to']>[]>(
    '20.0.0.0',
    '20.1.0.0',
    '10.0.0.2',
    '2001:db8:1::',
    '2001:db8::2',
    '',
    '0.0.0.0',
    '300.0.0.0',
    '::',
    'ff02::1',
    17,
    3,
    5,
    2 ** 20,
    Uint8Array.of(20, 0, 0, 0),
    Uint8Array.of(1),
    new Uint8Array(16),
  )
  const tables = fc.constantFrom<(string | number | undefined)[]>(
    'inet.0',
    'inet.0',
    'inet6.0',
    'mpls.0',
    'red.inet.0',
    'inetflow.0',
    '',
    'x',
    1,
    2,
    99,
    undefined,
  )
  const number = fc.oneof(fc.constantFrom(0, 1, 5, 100, 0xffffffff), fc.nat(0xffff))
  const map = fc.dictionary(fc.constantFrom('0', '1', '2'), number) as fc.Arbitrary<Record<number, number>>
  const gateway: fc.Arbitrary<TestGateway | string> = fc.record(
    {
      address: addresses,
      interfaceName: fc.constantFrom('', 'xe-0/0/0.0', 'xe-0/0/9.0', 'xe-0/0/7.0', '\0', 'ü'),
      localAddress: fc.constantFrom('10.0.0.1', '10.0.0.3', '', 17),
      labels: fc.array(fc.constantFrom('push 100', 'push 5', 'pop', 'swap 200', 'noop', 'push', 'other 1'), {
        maxLength: 3,
      }),
      weight: fc.constantFrom(0, 1, 65535, 65536, 0xffffffff),
      bandwidth: fc.constantFrom(0, 1, -1, Number.NaN, 1e30),
      flexibleTunnelProfile: fc.constantFrom({}, { name: 'x' }),
      ...(generation === 'classic' && { table: fc.constantFrom('inet.0', 'red.inet.0', 'x', 1) }),
    },
    { requiredKeys: ['address'] },
  )
  const anyRoute: fc.Arbitrary<TestRoute> = fc.record(
    {
      to: addresses,
      length: fc.constantFrom(0, 8, 16, 32, 33, 48, 52, 128, 0xffffffff),
      table: tables,
      cookie: fc.constantFrom(0n, 1n, 2n ** 64n - 1n),
      family: fc.constantFrom('inet' as const, 'inet6' as const),
      via: fc.array(fc.oneof(fc.constantFrom('10.0.0.2', '2001:db8::2'), gateway), { maxLength: 3 }),
      attributes: fc.record({ preferences: map, tags: map, colors: map, metrics: map }, { requiredKeys: [] }),
      enableStats: fc.boolean(),
    },
    { requiredKeys: ['to', 'length', 'table'] },
  )

  test('answers every route, good and bad, with a documented status, and does what it says it did', async () => {
    const request = fc.record({
      method: fc.constantFrom('add' as const, 'modify' as const, 'update' as const, 'remove' as const),
      routes: fc.array(fc.oneof({ weight: 3, arbitrary: anyRoute }, fc.constant(route('20.0.0.0', 8))), {
        maxLength: 4,
      }),
    })
    let routes = 0
    await fc.assert(
      fc.asyncProperty(request, async ({ method, routes: given }) => {
        const { api } = world
        const answer = method === 'remove' ? await api.remove('a', ...given) : await api.put(method, 'a', ...given)
        expect(statuses).toHaveProperty(answer.status)
        expect(answer.completed).toBeLessThanOrEqual(given.length)
        expect(answer.status === 'SUCCESS').toBe(answer.completed === given.length && given.length > 0)
        const now = consistent()
        if (method === 'add') expect(now - routes).toBe(answer.completed)
        if (method === 'remove') expect(routes - now).toBe(answer.completed)
        if (method === 'modify') expect(now).toBe(routes)
        routes = now
      }),
      { numRuns: 400 },
    )
  })

  test('answers every message, however it is written', async () => {
    const schema = generation === 'classic' ? ClassicRequest : ModernRequest
    await fc.assert(
      fc.asyncProperty(
        encodings(schema, 4),
        fc.constantFrom('add' as const, 'modify' as const, 'update' as const),
        async ({ bytes }, method) => {
          const answer = await world.api.raw(method, bytes, jetCall('a'))
          expect(statuses).toHaveProperty(answer.status)
          consistent()
        },
      ),
      { numRuns: 200 },
    )
  })

  test('refuses bytes that are no message, and does nothing of what stands before them', async () => {
    const good = world.api.encode([route('20.0.0.0', 8)])
    const wrong = field(1, 2, field(2, 2, field(1, 2, field(2, 2, Uint8Array.of(0xff)))))
    for (const bytes of [wrong, Buffer.concat([good, wrong]), Buffer.concat([wrong, good])]) {
      await expect(world.api.raw('update', bytes, jetCall('a'))).rejects.toThrow(ConnectError)
      await expect(world.api.raw('update', bytes, jetCall('a'))).rejects.toThrow(/RouteUpdateRequest cannot be decoded/)
    }
    expect(consistent()).toBe(0)
  })
})
