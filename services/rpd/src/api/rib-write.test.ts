import { beforeEach, describe, expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { type TestRoute, writeApis } from '../testing/rib-writes.ts'
import { done, refused, route, startWriting, ten, type Writing } from '../testing/writing.ts'

describe.each(['classic', 'modern'] as const)('routes written through the %s RIB API', generation => {
  let world: Writing
  beforeEach(async () => {
    world = await startWriting(generation)
  })

  test('are in the kernel when the answer is there', async () => {
    expect(await world.api.put('add', 'a', ten, route('20.0.0.0', 8))).toEqual(done(2))
    expect(world.kernel.ways('inet.0', `${0x0a010000}/16`)).toEqual(['xe-0/0/0.0 10.0.0.2'])
    expect(world.lines()).toEqual(['10.1.0.0/16 *Static/5 10.0.0.2 xe-0/0/0.0', '20.0.0.0/8 *Static/5 discard'])
    expect(await world.api.remove('a', route('10.1.0.0', 16))).toEqual(done(1))
    expect(world.kernel.ways('inet.0', `${0x0a010000}/16`)).toBeUndefined()
    expect(world.kernel.tables.get('inet.0')!.has(`${0x14000000}/8`)).toBe(true)
  })

  test('are added once, modified when they are there, updated in any case', async () => {
    expect(await world.api.put('modify', 'a', ten)).toEqual(refused('ROUTE_NOT_FOUND'))
    expect(await world.api.put('add', 'a', ten)).toEqual(done(1))
    expect(await world.api.put('add', 'a', ten)).toEqual(refused('ROUTE_EXISTS'))
    expect(await world.api.put('modify', 'a', { ...ten, via: ['10.0.0.3'] })).toEqual(done(1))
    expect(world.lines()).toEqual(['10.1.0.0/16 *Static/5 10.0.0.3 xe-0/0/0.0'])
    expect(await world.api.put('update', 'a', { ...ten, via: ['10.0.0.4'] }, route('20.0.0.0', 8))).toEqual(done(2))
    expect(world.lines()).toEqual(['10.1.0.0/16 *Static/5 10.0.0.4 xe-0/0/0.0', '20.0.0.0/8 *Static/5 discard'])
    expect(await world.api.remove('a', ten, ten)).toEqual(refused('ROUTE_NOT_FOUND', 1))
  })

  test('are done in order up to the first error, and what was done stays', async () => {
    const answer = await world.api.put('add', 'a', ten, route('20.0.0.0', 8), route('1', 8), route('30.0.0.0', 8))
    expect(answer).toEqual(refused('PREFIX_INVALID', 2))
    expect(world.lines()).toHaveLength(2)
    expect(world.kernel.tables.get('inet.0')!.has(`${0x14000000}/8`)).toBe(true)
  })

  test('with another cookie are other paths', async () => {
    const second: TestRoute = {
      ...ten,
      cookie: 2n ** 64n - 1n,
      via: ['10.0.0.3'],
      attributes: { preferences: { 0: 6 } },
    }
    expect(await world.api.put('add', 'a', ten, second)).toEqual(done(2))
    expect(world.lines()).toEqual([
      '10.1.0.0/16 *Static/5 10.0.0.2 xe-0/0/0.0',
      '10.1.0.0/16 Static/6 10.0.0.3 xe-0/0/0.0',
    ])
    expect(await world.api.remove('a', { ...ten, cookie: 1n })).toEqual(refused('ROUTE_NOT_FOUND'))
    expect(await world.api.remove('a', ten)).toEqual(done(1))
    expect(world.lines()).toEqual(['10.1.0.0/16 *Static/6 10.0.0.3 xe-0/0/0.0'])
    expect(await world.api.put('modify', 'a', { ...second, via: ['10.0.0.4'] })).toEqual(done(1))
  })

  test('belong to their client', async () => {
    await world.api.put('add', 'a', ten)
    expect(await world.api.put('modify', 'b', ten)).toEqual(refused('ROUTE_NOT_FOUND'))
    expect(await world.api.remove('b', ten)).toEqual(refused('ROUTE_NOT_FOUND'))
    expect(await world.api.put('add', 'b', { ...ten, via: ['10.0.0.9'] })).toEqual(done(1))
    expect(world.lines()).toHaveLength(2)
    expect(world.kernel.ways('inet.0', `${0x0a010000}/16`)).toEqual(['xe-0/0/0.0 10.0.0.2'])
    expect(await world.api.remove('a', ten)).toEqual(done(1))
    expect(world.lines()).toEqual(['10.1.0.0/16 *Static/5 10.0.0.9 xe-0/0/0.0'])
  })

  test('have the preferences of static routes, and what else they are given', async () => {
    const given = { preferences: { 0: 3, 1: 7 }, tags: { 0: 1, 1: 2 }, colors: { 0: 3, 1: 4 } }
    await world.api.put('add', 'a', { ...ten, attributes: given })
    const set = { preference: 5, preference2: 7, tag: 1, tag2: 2, color: 3, color2: 4 }
    expect(world.attributes()).toMatchObject([set])
    if (generation === 'classic') {
      const more = { metrics: { 0: 5, 1: 6 }, noAdvertise: true }
      await world.api.put('modify', 'a', { ...ten, attributes: { ...given, ...more } })
      expect(world.attributes()).toMatchObject([{ ...set, metric: 5, metric2: 6, noReadvertise: true }])
    }
    await world.api.put('modify', 'a', { ...ten, attributes: { preferences: { 0: 0xffffffff } } })
    expect(world.attributes()).toMatchObject([{ preference: 0xffffffff, preference2: 100 }])
    expect(world.attributes()[0]!.tag).toBeUndefined()
    await world.api.put('modify', 'a', ten)
    expect(world.attributes()).toMatchObject([{ preference: 5, preference2: 100 }])
  })

  test('that say nothing new stay as old as they are', async () => {
    await world.api.put('add', 'a', ten)
    await world.clock.advance(60_000)
    await world.api.put('update', 'a', ten)
    const table = world.rib.table('inet.0')!
    const age = () => table.rows.since(table.find(0x0a010000, 0, 0, 0, 16))
    expect(age()).toBe(0)
    await world.api.put('update', 'a', { ...ten, via: ['10.0.0.3'] })
    expect(age()).toBe(60)
  })

  test('are of any family, in any table, by text or bytes, by name or number', async () => {
    const { rib } = world
    expect(
      await world.api.put(
        'add',
        'a',
        route('2001:db8:1::', 48, { table: 'inet6.0', via: ['2001:db8::2'] }),
        route(Uint8Array.of(0x20, 1, 0xd, 0xb8, ...Array(12).fill(0)), 32, { table: rib.table('inet6.0')!.id }),
        route('::', 0, { table: 'inet6.0' }),
        route('20.0.0.0', 8, { table: 'red.inet.0' }),
        route('20.0.0.1', 32, { table: 'inet.3' }),
        route('0.0.0.0', 0),
        route(299776, 52, { table: 'mpls.0', via: [{ address: '10.0.0.2', labels: ['swap 17'] }] }),
        route(0, 0, { table: 'mpls.0' }),
      ),
    ).toEqual(done(8))
    expect(world.lines('inet6.0')).toEqual([
      '2001:db8:1::/48 *Static/5 2001:db8::2 xe-0/0/1.0',
      '2001:db8::/32 *Static/5 discard',
      '::/0 *Static/5 discard',
    ])
    expect(world.lines('red.inet.0')).toEqual(['20.0.0.0/8 *Static/5 discard'])
    expect(world.lines('inet.0')).toEqual(['0.0.0.0/0 *Static/5 discard'])
    const mpls = rib.table('mpls.0')!
    expect(mpls.rows.live).toBe(2)
    expect(mpls.nextHop(mpls.find(299776, 0, 0, 0, 20)).legs).toMatchObject([
      { labels: [{ operation: 'swap', label: 17 }] },
    ])
    expect(
      await world.api.remove('a', route(299776, 52, { table: 'mpls.0' }), route(0, 0, { table: 'mpls.0' })),
    ).toEqual(done(2))
  })

  test('of a client that uses the other generation are refused', async () => {
    const others = writeApis[generation === 'classic' ? 'modern' : 'classic'](world.routing)
    expect(await others.put('modify', 'a', ten)).toEqual(refused('ROUTE_NOT_FOUND'))
    expect(await world.api.put('add', 'a', ten)).toEqual(done(1))
    expect(await others.put('add', 'a', ten)).toEqual(refused('ROUTE_API_VERSION_MISMATCH'))
    expect(await others.remove('a', ten)).toEqual(refused('ROUTE_API_VERSION_MISMATCH'))
    expect(await others.put('add', 'b', { ...ten, via: ['10.0.0.3'] })).toEqual(done(1))
    expect(await world.api.put('add', 'b', ten)).toEqual(refused('ROUTE_API_VERSION_MISMATCH'))
  })

  test('of a client whose routes are being removed have to wait', async () => {
    await world.api.put('add', 'a', ten)
    const client = world.routing.clients.find('a')!
    client.cleaning++
    expect(await world.api.put('add', 'a', route('20.0.0.0', 8))).toEqual(refused('NOT_READY'))
    expect(await world.api.remove('a', ten)).toEqual(refused('NOT_READY'))
    client.cleaning--
    expect(await world.api.remove('a', ten)).toEqual(done(1))
  })

  test('go when their client has been away for the purge time, and only then', async () => {
    const { clients } = world.routing
    clients.sessionUp('s1', 'a')
    await world.api.put('add', jetCall('a', 's1'), ten)
    clients.sessionDown('s1')
    await world.clock.advance(119_000)
    expect(world.lines()).toHaveLength(1)
    clients.sessionUp('s2', 'a')
    expect(await world.api.put('add', jetCall('a', 's2'), ten)).toEqual(refused('ROUTE_EXISTS'))
    expect(await world.api.put('modify', jetCall('a', 's2'), { ...ten, via: ['10.0.0.3'] })).toEqual(done(1))
    clients.sessionDown('s2')
    await world.clock.advance(121_000)
    expect(world.lines()).toEqual([])
    clients.sessionUp('s3', 'a')
    expect(await world.api.put('add', jetCall('a', 's3'), ten)).toEqual(done(1))
  })

  test('of a table that goes, go with it', async () => {
    await world.api.put('add', 'a', route('20.0.0.0', 8, { table: 'red.inet.0' }))
    world.rib.removeTable('red.inet.0')
    expect(await world.api.put('update', 'a', route('20.0.0.0', 8, { table: 'red.inet.0' }))).toEqual(
      refused('TABLE_INVALID'),
    )
    world.rib.addTable('red.inet.0', 'inet', 'red')
    expect(await world.api.put('add', 'a', route('20.0.0.0', 8, { table: 'red.inet.0' }))).toEqual(done(1))
  })
})
