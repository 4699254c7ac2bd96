import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Client, credentials } from '@grpc/grpc-js'
import { defaultUser } from '@hangar/device/default-user'
import { LoginReplySchema, LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import { freePort } from './hangar-on-nats.ts'
import { hangarUp } from './hangar-up.ts'
import { type BenchRow, median } from './row.ts'

const hangar = join(import.meta.dirname, '../../services/device/bin/hangar.mjs')

/** Process start to the first successful LoginCheck, and what the device then weighs. */
export async function benchBoot(): Promise<BenchRow[]> {
  await bootOnce() // fills the compile cache, as any earlier start has
  const times: number[] = []
  for (let run = 0; run < 10; run++) times.push(await bootOnce())
  const node: number[] = []
  for (let run = 0; run < 10; run++) node.push(await emptyNode())
  return [
    {
      what: 'boot: process start to first LoginCheck, median of 10',
      value: median(times),
      unit: 'ms',
      aim: '300, at most 600',
    },
    { what: 'boot: of which an empty Node process', value: median(node), unit: 'ms' },
    { what: 'memory of the idle device (RSS)', value: await idleMemory(), unit: 'MB', aim: '120' },
  ]
}

async function bootOnce(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-boot-'))
  const port = await freePort()
  const others = ['mqtt', 'ssh', 'netconf', 'control'].flatMap(name => [`--${name}-port`, '0'])
  const start = performance.now()
  const child = spawn(process.execPath, [hangar, 'up', '--dir', directory, '--grpc-port', String(port), ...others], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    await login(port)
    return performance.now() - start
  } finally {
    const exit = once(child, 'exit')
    child.kill('SIGINT')
    await exit
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Logs in as soon as anybody listens. */
async function login(port: number): Promise<void> {
  const request = create(LoginRequestSchema, {
    userName: defaultUser.name,
    password: defaultUser.password,
    clientId: 'boot',
  })
  for (;;) {
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 5,
      'grpc.min_reconnect_backoff_ms': 5,
      'grpc.max_reconnect_backoff_ms': 5,
    })
    const done = await new Promise<boolean>(resolve => {
      client.makeUnaryRequest(
        '/authentication.Login/LoginCheck',
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => fromBinary(LoginReplySchema, bytes),
        Buffer.from(toBinary(LoginRequestSchema, request)),
        (error, reply) => resolve(!error && reply?.result === true),
      )
    })
    client.close()
    if (done) return
  }
}

async function emptyNode(): Promise<number> {
  const start = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - start
}

async function idleMemory(): Promise<number> {
  const device = await hangarUp()
  await login(Number(device.endpoints.grpc.split(':').pop()))
  const status = readFileSync(`/proc/${device.child.pid}/status`, 'utf8')
  await device.stop()
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024
}
