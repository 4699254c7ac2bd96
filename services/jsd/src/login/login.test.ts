import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Metadata, status } from '@grpc/grpc-js'
import type { InvokeRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { LoginRequestSchema, LoginResponseSchema } from '@hangar/protocol/jnx_authentication_service_pb'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice, until } from '../testing/device.ts'
import { failure, type JetClient } from '../testing/jet-client.ts'

const MODERN = '/jnx.jet.authentication.Authentication/Login'

describe('login', () => {
  let device: Device
  let client: JetClient
  let seen: InvokeRequest | undefined

  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText('max-connections 8'))
    await device.serve('rpd', [{ name: 'Unary' }], {
      invoke: async request => {
        seen = request
        return { response: Buffer.from('done') }
      },
    })
    client = device.client()
  })
  afterEach(() => device.stop())

  const call = (metadata: Record<string, string> = {}, from = client) =>
    from.unary('/test.Jet/Unary', '', { metadata: Metadata.fromHttp2Headers(metadata) })
  const modern = async (password: string, clientId: string) => {
    const request = create(LoginRequestSchema, { username: 'lab', password, clientId, groupId: 'g' })
    return fromBinary(LoginResponseSchema, await client.unary(MODERN, toBinary(LoginRequestSchema, request)))
  }

  it('answers the classic call with true, and with false for a wrong password or user', async () => {
    expect(await client.login('lab', 'wrong', 'app')).toBe(false)
    expect(await client.login('nobody', 'lab123', 'app')).toBe(false)
    expect(await client.login('', '', '')).toBe(false)
    expect(await client.login('lab', 'x'.repeat(100_000), 'app')).toBe(false)
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
  })

  it('answers the modern call with a status, for success too', async () => {
    const wrong = await modern('wrong', 'app')
    expect(wrong.status).toMatchObject({ code: StatusCode.FAILURE, message: 'Authentication failed' })
    const right = await modern('lab123', 'app')
    expect(right.status).toMatchObject({ code: StatusCode.SUCCESS, message: '' })
    await call()
    expect(seen?.caller).toMatchObject({ clientId: 'app', user: 'lab', loginClass: 'super-user' })
  })

  it('lets nobody call anything before it', async () => {
    const refused = { code: status.UNKNOWN, details: 'Authorization failed' }
    expect(await failure(call())).toMatchObject(refused)
    expect(await client.login('lab', 'wrong', 'app')).toBe(false)
    expect(await failure(call())).toMatchObject(refused)
    expect(await failure(call({ 'client-id': 'app' }))).toMatchObject(refused)
  })

  it('refuses a client id that is in use, and frees it with the connection', async () => {
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
    const second = device.client()
    expect(await failure(second.login('lab', 'lab123', 'app'))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'JGrpcServer: Client Id app already exists',
    })
    // Who does not know the password does not learn which ids are in use.
    expect(await second.login('lab', 'wrong', 'app')).toBe(false)
    expect(await second.login('lab', 'lab123', 'app-2')).toBe(true)
    client.close()
    await until(async () => !(await device.command('show extension-service request-response clients')).includes('app '))
    const third = device.client()
    expect(await third.login('lab', 'lab123', 'app')).toBe(true)
  })

  it('takes the last successful login of a connection for who it is', async () => {
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
    expect(await client.login('lab', 'wrong', 'app-2')).toBe(false)
    await call()
    expect(seen?.caller?.clientId).toBe('app')
    expect(await client.login('lab', 'lab123', 'app-2')).toBe(true)
    await call()
    expect(seen?.caller?.clientId).toBe('app-2')
    expect(await device.client().login('lab', 'lab123', 'app')).toBe(true)
  })

  it('lets any number in without a client id, each under its socket address', async () => {
    const second = device.client()
    expect(await client.login('lab', 'lab123', '')).toBe(true)
    expect(await second.login('lab', 'lab123', '')).toBe(true)
    await call()
    const first = seen?.caller?.clientId
    await call({}, second)
    expect(first).toMatch(/^ipv6:::ffff:127\.0\.0\.1:\d+$/)
    expect(seen?.caller?.clientId).not.toBe(first)
  })

  it('refuses client ids that nothing could show', async () => {
    for (const id of ['x'.repeat(256), 'a\nb'])
      expect((await failure(client.login('lab', 'lab123', id))).code).toBe(status.INVALID_ARGUMENT)
  })

  it('answers bytes that are no login request with INTERNAL', async () => {
    const error = await failure(client.unary(MODERN, Buffer.from([0xff, 0xff])))
    expect(error).toMatchObject({ code: status.INTERNAL, details: 'The login request cannot be decoded' })
  })

  it('takes user and password from the metadata of any call', async () => {
    const credentials = { username: 'lab', password: 'lab123', clientid: 'meta' }
    await Promise.all([call(credentials), call(credentials), call(credentials)])
    expect(seen?.caller).toMatchObject({ clientId: 'meta', user: 'lab' })
    expect(device.checks.most).toBe(1)
    await call()
    const wrong = failure(call({ username: 'lab', password: 'wrong' }, device.client()))
    expect(await wrong).toMatchObject({ code: status.UNKNOWN, details: 'Authorization failed' })
    const taken = failure(call({ ...credentials, clientid: 'meta' }, device.client()))
    expect((await taken).details).toBe('JGrpcServer: Client Id meta already exists')
  })

  it('says UNAVAILABLE when mgd is not there', async () => {
    device.hub.kill('mgd')
    expect(await failure(client.login('lab', 'lab123', 'app'))).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'Login is not possible: mgd does not answer',
    })
  })

  it('checks few passwords at once, however many are sent', async () => {
    const gate = Promise.withResolvers<void>()
    device.checks.gate = gate.promise
    const clients = Array.from({ length: 6 }, () => device.client())
    const attempts = clients.flatMap(one => Array.from({ length: 6 }, () => one.login('lab', 'wrong', 'x')))
    const outcomes = Promise.allSettled(attempts)
    await until(() => device.checks.under === 4)
    gate.resolve()
    const codes = (await outcomes).map(one => (one.status === 'rejected' ? one.reason.code : one.value))
    expect(device.checks.most).toBeLessThanOrEqual(4)
    expect(codes.filter(code => code === status.RESOURCE_EXHAUSTED)).toHaveLength(12)
    expect(codes.filter(code => code === false)).toHaveLength(24)
  })

  it('leaves no client id behind when the client goes while its password is checked', async () => {
    const gate = Promise.withResolvers<void>()
    device.checks.gate = gate.promise
    const deadline = Date.now() + 50
    const request = toBinary(
      LoginRequestSchema,
      create(LoginRequestSchema, { username: 'lab', password: 'lab123', clientId: 'app' }),
    )
    const late = await failure(client.unary(MODERN, request, { deadline }))
    expect(late.code).toBe(status.DEADLINE_EXCEEDED)
    client.close()
    await until(async () => (await device.daemon.metrics.text()).includes('hangar_jsd_sessions 0'))
    gate.resolve()
    expect(await device.client().login('lab', 'lab123', 'app')).toBe(true)
  })
})

describe('skip-authentication', () => {
  let device: Device
  let seen: InvokeRequest | undefined

  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText('skip-authentication'))
    await device.serve('rpd', [{ name: 'Unary' }], {
      invoke: async request => {
        seen = request
        return { response: Buffer.from('done') }
      },
    })
  })
  afterEach(() => device.stop())

  const call = (client: JetClient, metadata: Record<string, string> = {}) =>
    client.unary('/test.Jet/Unary', '', { metadata: Metadata.fromHttp2Headers(metadata) })

  it('lets calls in without login, named by their metadata', async () => {
    const client = device.client()
    await call(client, { 'client-id': 'agent' })
    expect(seen?.caller).toMatchObject({ clientId: 'agent', user: '' })
    expect(await failure(call(device.client(), { 'client-id': 'agent' }))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'JGrpcServer: Client Id agent already exists',
    })
    expect(await device.command('show extension-service request-response clients', { detail: '' })).toContain(
      'Client Login Time (UTC): No Login Time\n    Channel target: unix:/var/run/japi_rpd\n    Channel status: GRPC_CHANNEL_READY\n    User name: No User\n',
    )
  })

  it('lets wrong credentials in as nobody, and right ones as their user', async () => {
    const client = device.client()
    await call(client, { username: 'lab', password: 'wrong' })
    expect(seen?.caller).toMatchObject({ user: '' })
    const other = device.client()
    await call(other, { username: 'lab', password: 'lab123', 'client-id': 'x' })
    expect(seen?.caller).toMatchObject({ user: 'lab', clientId: 'x' })
    expect(await client.login('lab', 'lab123', 'y')).toBe(true)
  })

  it('ends with the statement, for sessions that stand as well', async () => {
    const client = device.client()
    await call(client)
    await device.commit(clearText())
    expect(await failure(call(client))).toMatchObject({ code: status.UNKNOWN, details: 'Authorization failed' })
  })
})
