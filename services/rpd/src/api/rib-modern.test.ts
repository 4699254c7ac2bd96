import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  RouteCleanupRequestSchema,
  RouteInitializeRequestSchema,
  StatusCode,
} from '@hangar/protocol/jnx_routing_rib_service_pb'
import { beforeEach, describe, expect, test } from 'vitest'
import { jetCall } from '../testing/jet-call.ts'
import { writeApis } from '../testing/rib-writes.ts'
import { done, refused, route, startWriting, ten, type Writing } from '../testing/writing.ts'

describe('jnx.jet.routing.rib.Rib', () => {
  let world: Writing
  let api: ReturnType<typeof writeApis.modern>
  beforeEach(async () => {
    world = await startWriting('modern')
    api = world.api as typeof api
  })

  type Request = MessageInitShape<typeof RouteInitializeRequestSchema>
  const read = (answer: {
    status?: { code?: number; message?: string }
    subCode?: number
    numClientRoutes?: number
  }) => {
    const name = StatusCode[answer.subCode ?? 0]!
    const { code = 0, message = '' } = answer.status!
    return code === 0 && message === ''
      ? `${name} ${answer.numClientRoutes ?? ''}`.trim()
      : `failed: ${message} ${name}`
  }
  const initialize = async (client: string, request: Request = {}, session = `session of ${client}`) =>
    read(
      (await api.typed.routeInitialize!(
        create(RouteInitializeRequestSchema, request),
        jetCall(client, session),
      )) as object,
    )
  const cleanup = async (client: string, session?: string) =>
    read((await api.typed.routeCleanup!(create(RouteCleanupRequestSchema), jetCall(client, session))) as object)

  test('has to be initialized', async () => {
    for (const method of ['add', 'modify', 'update'] as const)
      expect(await api.put(method, 'new', ten)).toEqual(refused('NOT_INITIALIZED'))
    expect(await api.remove('new', ten)).toEqual(refused('NOT_INITIALIZED'))
    expect(await cleanup('new')).toBe('failed: NOT_INITIALIZED NOT_INITIALIZED')
    expect(await initialize('new')).toBe('SUCCESS 0')
    expect(await api.put('add', 'new', ten)).toEqual(done(1))
  })

  test('is initialized again to change the defaults', async () => {
    const defaults = (...pair: number[]) => ({
      defaultPreferences: Object.fromEntries(pair.map((value, at) => [at, { value }])),
    })
    expect(await initialize('new', defaults(70, 7))).toBe('SUCCESS 0')
    await api.put('add', 'new', ten, route('20.0.0.0', 8, { attributes: { preferences: { 0: 80 } } }))
    expect(world.attributes()).toMatchObject([
      { preference: 70, preference2: 7 },
      { preference: 80, preference2: 7 },
    ])
    expect(await initialize('new', defaults(1))).toBe('ALREADY_INITIALIZED 2')
    await api.put('update', 'new', ten)
    expect(world.attributes()).toMatchObject([{ preference: 5, preference2: 100 }, { preference: 80 }])
  })

  test('remembers how addresses are to be written', async () => {
    await initialize('new', { defaultResponseAddressFormat: 1 })
    expect(world.routing.clients.find('new')!.ribAddresses).toBe('bytes')
    await initialize('new')
    expect(world.routing.clients.find('new')!.ribAddresses).toBe('string')
  })

  test('refuses what it does not know', async () => {
    const invalid = 'failed: REQUEST_INVALID REQUEST_INVALID'
    expect(await initialize('new', { defaultResponseAddressFormat: 2 as 0 })).toBe(invalid)
    expect(await initialize('new', { defaultPreferences: { 2: { value: 1 } } })).toBe(invalid)
    expect(await api.put('add', 'new', ten)).toEqual(refused('NOT_INITIALIZED'))
  })

  test('gives a client that comes back in time its routes', async () => {
    const { clients } = world.routing
    clients.sessionUp('s1', 'new')
    await initialize('new', {}, 's1')
    await api.put('add', jetCall('new', 's1'), ten)
    clients.sessionDown('s1')
    clients.sessionUp('s2', 'new')
    expect(await api.put('add', jetCall('new', 's2'), ten)).toEqual(refused('NOT_INITIALIZED'))
    expect(await initialize('new', {}, 's2')).toBe('SUCCESS_REBOUND 1')
    expect(await api.put('add', jetCall('new', 's2'), ten)).toEqual(refused('ROUTE_EXISTS'))
    clients.sessionDown('s2')
    await world.clock.advance(121_000)
    clients.sessionUp('s3', 'new')
    expect(await initialize('new', {}, 's3')).toBe('SUCCESS 0')
  })

  test('is cleaned up: nothing of the client is left, and nothing of others is gone', async () => {
    await api.put('add', 'a', ten, route('20.0.0.0', 8, { table: 'red.inet.0' }))
    await api.put('add', 'b', route('30.0.0.0', 8))
    expect(await cleanup('a')).toBe('SUCCESS')
    expect([world.lines(), world.lines('red.inet.0')]).toEqual([['30.0.0.0/8 *Static/5 discard'], []])
    expect(world.kernel.ways('inet.0', `${0x0a010000}/16`)).toBeUndefined()
    expect(await cleanup('a')).toBe('failed: NOT_INITIALIZED NOT_INITIALIZED')
    expect(await initialize('a')).toBe('SUCCESS 0')
  })

  test('while it is cleaned up takes nothing', async () => {
    await api.put('add', 'new', ten).then(() => initialize('new'))
    await api.put('add', 'new', ten)
    const cleaning = cleanup('new')
    expect(await initialize('new')).toBe('failed: NOT_READY NOT_READY')
    expect(await cleaning).toBe('SUCCESS')
    expect(await initialize('new')).toBe('SUCCESS 0')
  })

  test('is not for clients of the classic one, until that is over', async () => {
    const classic = writeApis.classic(world.routing)
    await classic.put('add', 'new', ten)
    expect(await initialize('new')).toBe('failed: ROUTE_API_VERSION_MISMATCH ROUTE_API_VERSION_MISMATCH')
    expect(await cleanup('new')).toBe('failed: ROUTE_API_VERSION_MISMATCH ROUTE_API_VERSION_MISMATCH')
    await api.put('add', 'm', ten)
    expect(await classic.put('add', 'm', ten)).toEqual(refused('ROUTE_API_VERSION_MISMATCH'))
    await cleanup('m')
    expect(await classic.put('add', 'm', ten)).toEqual(done(1))
  })
})
