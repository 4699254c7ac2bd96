import { status } from '@grpc/grpc-js'
import { RunCommandRequest_Format as Format } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice } from '../testing/device.ts'
import { failure } from '../testing/jet-client.ts'

const SHOW = 'show extension-service request-response'
const anyPort = (text: string) => text.replaceAll(/127\.0\.0\.1:\d{4,5}( *)/g, (_, blanks) => `127.0.0.1:PORT${blanks}`)

describe('commands', () => {
  let device: Device
  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText('clear-text address 10.49.167.137', 'clear-text port 50051'))
  })
  afterEach(() => device.stop())

  it('show servers', async () => {
    expect(await device.command(`${SHOW} servers`)).toBe(
      `gRPC server information:
  Max connections: 5, Skip-authentication: Disabled

  Address: 10.49.167.137, Port: 50051
  Status: Up, Type: Clear-text

  Address: unix:/var/run/japi_jsd
  Status: Up, Type: Clear-text
`,
    )
    await device.commit(clearText('skip-authentication', 'max-connections 30'))
    const xml = await device.command(`${SHOW} servers`, {}, Format.XML)
    for (const part of [
      '<request-response-server-information',
      '<grpc-max-connections>30</grpc-max-connections>',
      '<grpc-skip-authentication>Enabled</grpc-skip-authentication>',
      '<grpc-server-address>::</grpc-server-address>',
      '<grpc-server-port>32767</grpc-server-port>',
    ])
      expect(xml).toContain(part)
  })

  it('show clients', async () => {
    expect(await device.command(`${SHOW} clients`)).toBe('')
    await device.commit(clearText())
    await device.loggedIn('my-client-id')
    await device.loggedIn('a-client-id-that-is-wider-than-its-column')
    await failure(device.client().unary('/not.Logged/In', ''))
    const [first, second, third, ...lines] = (await device.command(`${SHOW} clients`)).split('\n')
    expect([first, second]).toEqual([
      `${' '.repeat(72)}Client`,
      'Client ID              Socket Address                     Client Type   Login Time (UTC)           Channel Count',
    ])
    const row = (text: string | undefined) => text?.replace(/:\d{4,5} +/, ':PORT ')
    expect(row(third)).toBe(
      'my-client-id           ipv6:::ffff:127.0.0.1:PORT gRPC          Mon Jun 29 01:42:55 2026        1',
    )
    expect(third!.indexOf('gRPC')).toBe(58)
    expect(lines[0]).toBe('')
    expect(row(lines[1])).toBe(
      'a-client-id-that-is-wider-than-its-column ipv6:::ffff:127.0.0.1:PORT gRPC          Mon Jun 29 01:42:55 2026        1',
    )
    expect(lines[3]).toMatch(/^ipv6:::ffff:127\.0\.0\.1:\d+ +ipv6:::ffff:127\.0\.0\.1:\d+ +gRPC +No Login Time +0$/)
  })

  it('show clients detail, of one client', async () => {
    await device.loggedIn('one')
    await device.loggedIn('two')
    expect(anyPort(await device.command(`${SHOW} clients`, { detail: '', 'client-id': 'two' }))).toBe(
      `Channel information:
  Client ID: two
  Socket Address: ipv4:127.0.0.1:PORT
  Client Type: gRPC
  Channel Count: 1
  Client Login Time (UTC): Mon Jun 29 01:42:55 2026
    Channel target: unix:/var/run/japi_mgd
    Channel status: GRPC_CHANNEL_READY
    User name: lab
`,
    )
    const xml = await device.command(`${SHOW} clients`, { 'client-id': 'two' }, Format.XML)
    expect(xml.match(/<request-response-client>/g)).toHaveLength(1)
    for (const part of [
      '<client-id>two</client-id>',
      '<client-type>gRPC</client-type>',
      '<client-login-time>Mon Jun 29 01:42:55 2026</client-login-time>',
      '<channel-count>1</channel-count>',
      '<target>unix:/var/run/japi_mgd</target>',
      '<status>GRPC_CHANNEL_READY</status>',
      '<user>lab</user>',
    ])
      expect(xml).toContain(part)
    const { candidates } = await device.door.complete({ completion: 'jet-client', prefix: 't' })
    expect(candidates.map(({ name }) => name)).toEqual(['two'])
  })

  it('clear clients', async () => {
    const CLEAR = 'clear extension-service request-response clients'
    const one = await device.loggedIn('one')
    await device.serve('rpd', [{ name: 'Unary' }], { invoke: () => new Promise(() => {}) })
    const lost = failure(one.unary('/test.Jet/Unary', ''))
    expect(await device.command(CLEAR, { 'client-id': 'two' })).toBe('error: Client two is not connected')
    expect(await device.command(CLEAR, { 'client-id': 'one' })).toBe('')
    expect((await lost).code).toBe(status.UNAVAILABLE)
    expect(await device.client().login('lab', 'lab123', 'one')).toBe(true)
  })
})
