import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { create, toBinary } from '@bufbuild/protobuf'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { createMemoryHub } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import { jsd } from '@hangar/jsd'
import { LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import { Daemon, Jet } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'
import { GrpcLoad } from './grpc-load.ts'
import { type BenchRow, median, withPeer } from './row.ts'

const PATH = '/bench.Empty/Call'
const ROUNDS = 9
const MS_A_ROUND = 1000
const OUTSTANDING = 64

/**
 * Unary calls with an empty request and answer: through jsd to a daemon on the memory bus, beside a bare grpc-js server.
 * Each server is a process of its own and this one makes the load. Rounds alternate; figures are medians.
 */
export async function benchJsd(): Promise<BenchRow[]> {
  const servers = { bare: await serverProcess('bare'), jsd: await serverProcess('jsd') }
  try {
    const rounds: Record<keyof typeof servers, Round[]> = { bare: [], jsd: [] }
    for (let round = -1; round < ROUNDS; round++)
      for (const name of ['bare', 'jsd'] as const) {
        const result = await measure(servers[name])
        // The first round warms both up.
        if (round >= 0) rounds[name].push(result)
      }
    const figure = (name: keyof typeof servers, read: (round: Round) => number) => median(rounds[name].map(read))
    const perSecond = { jsd: figure('jsd', one => one.perSecond), bare: figure('bare', one => one.perSecond) }
    const cpu = { jsd: figure('jsd', one => one.cpuMicros), bare: figure('bare', one => one.cpuMicros) }
    return [
      withPeer(
        {
          what: 'jsd: unary calls, empty handler behind it on the memory bus',
          value: perSecond.jsd,
          unit: 'calls/s',
          aim: 'ratio at least 0.8',
        },
        'grpc-js server',
        perSecond.bare,
      ),
      withPeer({ what: 'jsd: CPU of its process a call', value: cpu.jsd, unit: 'µs' }, 'grpc-js server', cpu.bare),
    ]
  } finally {
    for (const { child, load } of Object.values(servers)) {
      load.close()
      child.kill()
    }
  }
}

interface Round {
  perSecond: number
  cpuMicros: number
}

interface ServerProcess {
  child: ChildProcess
  load: GrpcLoad
}

async function serverProcess(kind: 'bare' | 'jsd'): Promise<ServerProcess> {
  const child = fork(fileURLToPath(import.meta.url), [`--serve=${kind}`])
  const [port] = (await once(child, 'message')) as [number]
  const login = create(LoginRequestSchema, { userName: 'bench', password: 'bench', clientId: 'bench' })
  const first = { path: '/authentication.Login/LoginCheck', message: toBinary(LoginRequestSchema, login) }
  return { child, load: await GrpcLoad.open(port, PATH, kind === 'jsd' ? first : undefined) }
}

async function measure({ child, load }: ServerProcess): Promise<Round> {
  const cpuBefore = await cpuOf(child)
  const { calls, seconds } = await load.run(OUTSTANDING, MS_A_ROUND)
  return { perSecond: calls / seconds, cpuMicros: ((await cpuOf(child)) - cpuBefore) / calls }
}

/** µs of CPU that the process has used. */
async function cpuOf(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message')
  child.send('cpu')
  return (await answer)[0] as number
}

const empty = Buffer.alloc(0)

async function serveBare(): Promise<number> {
  const server = new Server()
  const same = (bytes: Buffer) => bytes
  server.addService(
    {
      call: {
        path: PATH,
        requestStream: false,
        responseStream: false,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    },
    { call: (_: unknown, done: (error: null, answer: Buffer) => void) => done(null, empty) },
  )
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
}

async function serveJsd(): Promise<number> {
  const hub = createMemoryHub({ device: 'bench' })
  const options = { clock: systemClock, random: systemRandom, log: silentLogger }
  const mgd = hub.connect('mgd', options)
  await mgd.serve(Mgd, {
    authenticate: () => ({ authenticated: true, loginClass: 'super-user' }),
    getConfiguration: () => ({}),
  })
  const worker = hub.connect('worker', options)
  const answer = { response: empty }
  await worker.serve(Jet, {
    invoke: () => answer,
    stream: () => {
      throw new Error('not called')
    },
  })
  await worker.announce({ daemon: 'worker', jetServices: [{ name: 'bench.Empty', methods: [{ name: 'Call' }] }] })
  const { promise: port, resolve } = Promise.withResolvers<number>()
  const onListening = (endpoint: { port: number } | undefined) => endpoint && resolve(endpoint.port)
  await startDaemon(
    jsd,
    { ...options, bus: hub.connect('jsd', options), listenHost: '127.0.0.1' },
    { port: 0, onListening },
  )
  const daemon = mgd.client('jsd', Daemon)
  const lines = ['set system services extension-service request-response grpc clear-text port 32767']
  await daemon.checkConfiguration({ transaction: '1', lines, snapshot: true, revision: 1n })
  await daemon.applyConfiguration({ transaction: '1' })
  return port
}

const serve = process.argv.find(word => word.startsWith('--serve='))?.slice('--serve='.length)
if (serve) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send!(user + system)
  })
  process.on('disconnect', () => process.exit())
  process.send!(serve === 'bare' ? await serveBare() : await serveJsd())
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.table(await benchJsd())
  process.exit()
}
