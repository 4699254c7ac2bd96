import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Client, credentials } from '@grpc/grpc-js'
import { LoginReplySchema, LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import { HangarError, silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { connectAsync } from 'mqtt'
import { afterEach, expect, test } from 'vitest'
import { defaultUser } from './default-user.ts'
import { type Device, type DeviceOptions, startDevice } from './device.ts'

const directories: string[] = []
const devices: Device[] = []

afterEach(async () => {
  for (const device of devices.splice(0)) await device.stop()
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-device-'))
  directories.push(directory)
  return directory
}

async function start(given: Partial<DeviceOptions> = {}): Promise<Device> {
  const device = await startDevice({
    directory: given.directory ?? newDirectory(),
    host: '127.0.0.1',
    grpcPort: 0,
    mqttPort: 0,
    sshPort: 0,
    netconfPort: 0,
    controlPort: 0,
    clock: systemClock,
    random: systemRandom,
    log: silentLogger,
    ...given,
  })
  devices.push(device)
  return device
}

function loginCheck(device: Device, password: string): Promise<boolean> {
  const { host, port } = device.endpoints.grpc!
  const client = new Client(`${host}:${port}`, credentials.createInsecure())
  const request = create(LoginRequestSchema, { userName: defaultUser.name, password, clientId: 'test' })
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      '/authentication.Login/LoginCheck',
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => fromBinary(LoginReplySchema, bytes),
      Buffer.from(toBinary(LoginRequestSchema, request)),
      (error, reply) => {
        client.close()
        if (error) reject(error)
        else resolve(reply!.result)
      },
    )
  })
}

test('out of the box every endpoint is there and the default user gets in', async () => {
  const device = await start()
  expect(Object.keys(device.endpoints).sort()).toEqual(['control', 'grpc', 'mqtt', 'netconf', 'ssh'])
  expect(await loginCheck(device, defaultUser.password)).toBe(true)
  expect(await loginCheck(device, 'wrong')).toBe(false)
  const { host, port } = device.endpoints.mqtt!
  const client = await connectAsync(`mqtt://${host}:${port}`)
  await client.endAsync()
})

test('two devices in one process do not know of each other', async () => {
  const [one, other] = await Promise.all([
    start({ configuration: 'set system host-name one\nset system services ssh' }),
    start(),
  ])
  expect(one.endpoints.grpc).toBeUndefined()
  expect(await loginCheck(other, defaultUser.password)).toBe(true)
})

test('what listens is what the configuration says', async () => {
  const device = await start({ configuration: 'system { services { netconf { ssh; } } }' })
  expect(Object.keys(device.endpoints).sort()).toEqual(['control', 'netconf'])
})

test.each(['grpcPort', 'mqttPort', 'sshPort', 'netconfPort', 'controlPort'] as const)(
  'a %s in use is named, and nothing is left running',
  async name => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const directory = newDirectory()
    try {
      const failure = await start({ directory, [name]: port }).catch(error => error)
      expect(failure).toBeInstanceOf(HangarError)
      expect(failure).toMatchObject({ code: 'HGR_PORT_IN_USE', message: expect.stringContaining(String(port)) })
    } finally {
      other.close()
    }
    await start({ directory })
  },
)

test.each([
  ['system {', /1:\(?\d+|line 1/],
  ['set system hostname x', /hostname/],
  ['system { host-name 7 8; }', /8/],
])('the broken configuration %j is refused with its place', async (configuration, place) => {
  const directory = newDirectory()
  const failure = await start({ directory, configuration }).catch(error => error)
  expect(failure).toMatchObject({ code: 'HGR_CONFIG_INVALID', message: expect.stringMatching(place) })
  expect(failure.message).not.toContain('\n')
  await start({ directory })
})

test('a directory serves one device at a time', async () => {
  const directory = newDirectory()
  await start({ directory })
  await expect(start({ directory })).rejects.toMatchObject({ code: 'HGR_DIRECTORY_IN_USE' })
})
