import { RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import { describe, expect, test } from 'vitest'
import { startMonitoring } from '../testing/monitoring.ts'
import { monitorApis, type TestMonitorRequest } from '../testing/rib-monitors.ts'

describe.each(Object.entries(monitorApis))('a monitor of the %s RIB API', (_, api) => {
  const start = () => startMonitoring(api)

  test('tells what is there, an end of table, and then each change by itself', async () => {
    const { put, remove, register, address } = await start()
    address('xe-0/0/0.0', '192.0.2.1/24')
    put(10, { cookie: 7 })
    const reader = register({ context: 42 })
    expect(await reader.messages()).toMatchObject([
      {
        code: Status.SUCCESS,
        context: 42,
        table: 'inet.0',
        entries: ['ADD 192.0.2.0/24 0', 'ADD 192.0.2.1/32 0', 'ADD 10.0.0.0/8 7'],
      },
      { code: Status.SUCCESS, context: 42, table: 'inet.0', entries: ['END'] },
    ])
    put(11)
    put(12)
    put(10, { cookie: 7, tag: 5 })
    remove(11)
    expect((await reader.messages()).map(({ context, table, entries }) => [context, table, ...entries])).toEqual([
      // What came and went meanwhile is not told at all: the reader had not asked.
      [42, 'inet.0', 'ADD 12.0.0.0/8 0'],
      [42, 'inet.0', 'MODIFY 10.0.0.0/8 7'],
    ])
    remove(12)
    remove(10, 7)
    expect(await reader.entries()).toEqual(['DELETE 12.0.0.0/8 0', 'DELETE 10.0.0.0/8 7'])
  })

  test('tells the active route alone, and when another becomes it', async () => {
    const { put, remove, register } = await start()
    put(10, { cookie: 1, preference: 10 })
    const reader = register()
    expect(await reader.entries()).toEqual(['ADD 10.0.0.0/8 1', 'END'])
    put(10, { cookie: 2, preference: 20 })
    expect(await reader.entries()).toEqual([])
    put(10, { cookie: 3, preference: 7 })
    expect(await reader.entries()).toEqual(['MODIFY 10.0.0.0/8 3'])
    remove(10, 3)
    remove(10, 1)
    expect(await reader.entries()).toEqual(['MODIFY 10.0.0.0/8 2'])
    put(10, { cookie: 2, via: 'xe-9/9/9.0' })
    expect(await reader.entries()).toEqual(['DELETE 10.0.0.0/8 2'])
  })

  test('says what a route is, and of one that is gone its key', async () => {
    const { put, remove, register } = await start()
    put(10, { tag: 7 })
    const reader = register()
    const [first] = await reader.messages()
    expect(first!.routes[0]).toMatchObject({ protocol: 11, nexthop: { gateways: [] } })
    expect(Object.keys(first!.routes[0]!.attributes!.tags)).toEqual(['0'])
    remove(10)
    const [gone] = await reader.messages()
    expect(gone!.routes[0]!.attributes).toBeUndefined()
    expect(gone!.routes[0]!.nexthop).toBeUndefined()
  })

  test('packs the first walk, and only that', async () => {
    const { put, register } = await start()
    for (let octet = 1; octet <= 7; octet++) put(octet)
    const reader = register({ count: 3 })
    const sizes = async () => (await reader.messages()).map(({ entries }) => entries.length)
    expect(await sizes()).toEqual([3, 3, 1, 1])
    for (let octet = 1; octet <= 4; octet++) put(octet, { tag: 1 })
    expect(await sizes()).toEqual([1, 1, 1, 1])
    expect((await register({ count: 5000 }, 'other').messages()).map(({ entries }) => entries.length)).toEqual([7, 1])
  })

  test('tells no end of table to who wants none', async () => {
    const { put, register } = await start()
    put(10)
    const reader = register({ noEndOfTable: true })
    put(11)
    expect(await reader.entries()).toEqual(['ADD 10.0.0.0/8 0', 'ADD 11.0.0.0/8 0'])
    expect(await register({ table: 'inet.3', noEndOfTable: true }).entries()).toEqual([])
  })

  test('tells what a policy accepts', async () => {
    const { put, register, configure } = await start()
    configure('policy-statement p from tag 1', 'policy-statement p then accept')
    put(10, { tag: 1 })
    put(11)
    const reader = register({ policy: 'p' })
    expect(await reader.entries()).toEqual(['ADD 10.0.0.0/8 0', 'END'])
    put(11, { tag: 1 })
    put(10, { tag: 2 })
    put(12, { tag: 2 })
    expect(await reader.entries()).toEqual(['ADD 11.0.0.0/8 0', 'DELETE 10.0.0.0/8 0'])
  })

  test('tells the difference when the configuration makes a policy another', async () => {
    const { put, register, configure } = await start()
    const policy = (tag: number) => [`policy-statement p from tag ${tag}`, 'policy-statement p then accept']
    configure(...policy(1))
    for (const tag of [1, 2]) put(tag, { tag })
    const reader = register({ policy: 'p' })
    const other = register({}, 'other')
    expect(await reader.entries()).toEqual(['ADD 1.0.0.0/8 0', 'END'])
    await other.entries()
    configure(...policy(2))
    expect(await reader.entries()).toEqual(['DELETE 1.0.0.0/8 0', 'ADD 2.0.0.0/8 0'])
    configure(...policy(2), 'policy-statement q then accept')
    expect(await reader.entries()).toEqual([])
    configure()
    expect(await reader.entries()).toEqual(['DELETE 2.0.0.0/8 0'])
    expect(await other.entries()).toEqual([])
  })

  test('goes on in a new call with other parameters, with the difference, and is silent in the old one', async () => {
    const { put, register, configure } = await start()
    configure('policy-statement p from tag 1', 'policy-statement p then accept')
    for (const tag of [1, 2]) put(tag, { tag })
    const before = register({ context: 1 })
    expect(await before.entries()).toEqual(['ADD 1.0.0.0/8 0', 'ADD 2.0.0.0/8 0', 'END'])
    const after = register({ context: 2, policy: 'p' })
    expect(await after.messages()).toMatchObject([
      { context: 2, entries: ['DELETE 2.0.0.0/8 0'] },
      { context: 2, entries: ['END'] },
    ])
    put(3, { tag: 1 })
    expect(await after.entries()).toEqual(['ADD 3.0.0.0/8 0'])
    expect([await before.entries(), before.ended]).toEqual([[], false])
    await before.cancel()
    put(4, { tag: 1 })
    expect(await after.entries()).toEqual(['ADD 4.0.0.0/8 0'])
    const last = register({ context: 3 })
    expect(await last.entries()).toEqual(['ADD 2.0.0.0/8 0', 'END'])
    // The stream's own call ends: the registration with it.
    await last.cancel()
    expect((await register({ operation: 2 }).messages())[0]!.code).toBe(Status.ROUTE_MONITOR_REGISTER_ENOENT)
    await after.entries()
    expect(after.ended).toBe(true)
  })

  test('tells everything again when asked to', async () => {
    const { put, register } = await start()
    put(10)
    const reader = register()
    await reader.entries()
    const again = register({ again: true })
    expect(await again.entries()).toEqual(['ADD 10.0.0.0/8 0', 'END'])
    put(11)
    expect([await reader.entries(), await again.entries()]).toEqual([[], ['ADD 11.0.0.0/8 0']])
  })

  test('withdraws what it told when the registration ends, and ends the streams', async () => {
    const { put, register, remove } = await start()
    for (const octet of [10, 11]) put(octet)
    const before = register()
    const reader = register({ context: 9 })
    await reader.entries()
    remove(11)
    put(12)
    const end = register({ operation: 2, context: 5 })
    expect(await end.messages()).toMatchObject([{ code: Status.SUCCESS, context: 5, table: 'inet.0', entries: [] }])
    expect(end.ended).toBe(true)
    // What was not told is not withdrawn.
    expect((await reader.messages()).map(({ context, entries }) => [context, ...entries])).toEqual([
      [9, 'DELETE 10.0.0.0/8 0'],
      [9, 'DELETE 11.0.0.0/8 0'],
    ])
    await before.entries()
    expect([reader.ended, before.ended]).toEqual([true, true])
    expect((await register({ operation: 2 }).messages())[0]!.code).toBe(Status.ROUTE_MONITOR_REGISTER_ENOENT)
    expect(await register().entries()).toEqual(['ADD 10.0.0.0/8 0', 'ADD 12.0.0.0/8 0', 'END'])
  })

  test.each<[string, TestMonitorRequest, TestMonitorRequest]>([
    ['begins', { noWithdrawal: true }, {}],
    ['ends', {}, { noWithdrawal: true }],
  ])('withdraws nothing when the request that %s it says so', async (_, begin, end) => {
    const { put, register } = await start()
    put(10)
    const reader = register(begin)
    await reader.entries()
    await register({ operation: 2, ...end }).messages()
    expect([await reader.entries(), reader.ended]).toEqual([[], true])
  })

  test('is one a client and table', async () => {
    const { put, register } = await start()
    put(10)
    put(11, { table: 'inet.3' })
    const one = register()
    const other = register({}, 'other')
    const third = register({ table: 'inet.3' })
    expect([await one.entries(), await other.entries(), await third.entries()]).toEqual([
      ['ADD 10.0.0.0/8 0', 'END'],
      ['ADD 10.0.0.0/8 0', 'END'],
      ['ADD 11.0.0.0/8 0', 'END'],
    ])
    await register({ operation: 2 }).messages()
    put(12)
    put(13, { table: 'inet.3' })
    expect([await one.entries(), await other.entries(), await third.entries()]).toEqual([
      ['DELETE 10.0.0.0/8 0'],
      ['ADD 12.0.0.0/8 0'],
      ['ADD 13.0.0.0/8 0'],
    ])
  })

  test('of a session that is over makes room for that of the next, whose end may be heard later', async () => {
    const { put, register } = await start()
    put(10)
    const before = register({}, 'watcher', 's1')
    expect(await before.entries()).toEqual(['ADD 10.0.0.0/8 0', 'END'])
    const after = register({}, 'watcher', 's2')
    expect(await after.entries()).toEqual(['ADD 10.0.0.0/8 0', 'END'])
    expect([await before.entries(), before.ended]).toEqual([[], true])
    put(11)
    expect(await after.entries()).toEqual(['ADD 11.0.0.0/8 0'])
  })

  test('ends with its table, when everything in it is gone', async () => {
    const { rib, put, register } = await start()
    rib.addTable('red.inet.0', 'inet', 'red')
    put(10, { table: 'red.inet.0' })
    const reader = register({ table: 'red.inet.0' })
    await reader.entries()
    rib.removeTable('red.inet.0')
    expect([await reader.entries(), reader.ended]).toEqual([['DELETE 10.0.0.0/8 0'], true])
    expect((await register({ table: 'red.inet.0' }).messages())[0]!.code).toBe(Status.TABLE_INVALID)
    rib.addTable('red.inet.0', 'inet', 'red')
    expect(await register({ table: 'red.inet.0' }).entries()).toEqual(['END'])
  })

  const registered: TestMonitorRequest = { policy: 'p', context: 1, count: 10 }
  test.each<[string, TestMonitorRequest, Status]>([
    ['no operation', { operation: 0 }, Status.ROUTE_MONITOR_REGISTER_OPERATION_INVALID],
    ['an unknown operation', { operation: 3 }, Status.ROUTE_MONITOR_REGISTER_OPERATION_INVALID],
    ['no table', { table: '' }, Status.TABLE_INVALID],
    ['an unknown table', { table: 'red.inet.0' }, Status.TABLE_INVALID],
    ['a very long name', { table: 'ä'.repeat(30_000) }, Status.TABLE_INVALID],
    ['a table of other destinations', { table: 'inetflow.0' }, Status.TABLE_INVALID],
    ['an unknown policy', { table: 'inet.3', policy: 'q' }, Status.ROUTE_MONITOR_REGISTER_POLICY_INVALID],
    ['a change to an unknown policy', { ...registered, policy: 'q' }, Status.ROUTE_MONITOR_REGISTER_POLICY_INVALID],
    [
      'a very long policy',
      { table: 'inet.3', policy: 'q'.repeat(65_536) },
      Status.ROUTE_MONITOR_REGISTER_POLICY_INVALID,
    ],
    ['another packing', { ...registered, count: 11 }, Status.ROUTE_MONITOR_REGISTER_REPLY_ROUTE_COUNT_INVALID],
    ['the same again', registered, Status.ROUTE_MONITOR_REGISTER_EXISTS],
    ['the end of nothing', { table: 'inet.3', operation: 2 }, Status.ROUTE_MONITOR_REGISTER_ENOENT],
    ['the end of an unknown table', { table: 'red.inet.0', operation: 2 }, Status.TABLE_INVALID],
  ])('answers %s in one message, and goes on as it was', async (_, request, status) => {
    const { put, register, configure } = await start()
    configure('policy-statement p then accept')
    const reader = register(registered)
    const context = request.context ?? 77
    const refused = register({ context, ...request })
    const messages = await refused.messages()
    expect(messages).toMatchObject([{ code: status, context, entries: [] }])
    expect([undefined, request.table ?? 'inet.0']).toContain(messages[0]!.table)
    expect(refused.ended).toBe(true)
    put(10)
    expect(await reader.entries()).toEqual(['END', 'ADD 10.0.0.0/8 0'])
  })
})

describe('the modern RIB API', () => {
  test('has no monitors before RouteInitialize, which says how addresses are written', async () => {
    const { register, put, routing } = await startMonitoring(monitorApis.modern)
    put(10)
    expect(await register({ context: 3 }, 'stranger').messages()).toMatchObject([
      { code: Status.NOT_INITIALIZED, context: 3 },
    ])
    const reader = register()
    routing.clients.find('watcher')!.ribAddresses = 'bytes'
    expect(await reader.entries()).toEqual(['ADD 10.0.0.0/8 0', 'END'])
    expect(await register({ table: 'inet.3' }).entries()).toEqual(['END'])
    put(11, { table: 'inet.3' })
    expect(await register({ table: 'inet.3', context: 1 }).entries()).toEqual(['ADD [11 0 0 0]/8 0', 'END'])
  })
})
