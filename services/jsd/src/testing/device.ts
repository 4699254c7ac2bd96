import { ConnectError } from '@connectrpc/connect'
import { type Bus, createMemoryHub } from '@hangar/bus'
import { startDaemon } from '@hangar/daemon'
import { Daemon, Jet, type JetMethod, RunCommandRequest_Format } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import type { Endpoint } from '@hangar/runtime'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { jsd } from '../daemon.ts'
import { JetClient } from './jet-client.ts'

type JetDoor = Parameters<typeof serveJet>[2]

/** `set` lines of a clear-text listener, and whatever else. */
export const clearText = (...more: string[]) => [
  'set system services extension-service request-response grpc clear-text port 32767',
  ...more.map(line => `set system services extension-service request-response grpc ${line}`),
]

/** jsd with all it needs around it on a memory bus: users, a commit, daemons that serve methods. */
export async function startDevice({ port }: { port?: number | undefined } = { port: 0 }) {
  const hub = createMemoryHub({ device: 'test' })
  const clock = new ManualClock(Date.UTC(2026, 5, 29, 1, 42, 55))
  const busOptions = { clock, random: seededRandom(1), log: silentLogger }
  const connect = (daemon: string) => hub.connect(daemon, busOptions)

  const users = new Map([['lab', 'lab123']])
  const checks = { under: 0, most: 0, gate: Promise.resolve() }
  const mgd = connect('mgd')
  await mgd.serve(Mgd, {
    async authenticate({ user, password }) {
      checks.most = Math.max(checks.most, ++checks.under)
      await checks.gate
      checks.under--
      return { authenticated: users.get(user) === password, loginClass: 'super-user' }
    },
    getConfiguration: () => ({}),
  })

  let endpoint: Endpoint | undefined
  const clients: JetClient[] = []
  const daemon = await startDaemon(
    jsd,
    { ...busOptions, bus: connect('jsd'), listenHost: '127.0.0.1' },
    {
      ...(port === undefined ? {} : { port }),
      onListening(given) {
        endpoint = given
      },
    },
  )
  const door = mgd.client('jsd', Daemon)
  let transactions = 0
  let revision = 0n

  return {
    hub,
    clock,
    checks,
    daemon,
    door,
    mgd,
    connect,
    get endpoint() {
      return endpoint
    },
    /** Commits a whole configuration; gives the problems of both phases. */
    async commit(lines: string[]): Promise<string[]> {
      const transaction = String(++transactions)
      const checked = await door.checkConfiguration({ transaction, lines, snapshot: true, revision: ++revision })
      const texts = (problems: typeof checked.problems) =>
        problems.map(({ path, element, message }) => `[edit ${path}] ${element}: ${message}`)
      if (checked.problems.some(problem => !problem.warning)) return texts(checked.problems)
      const applied = await door.applyConfiguration({ transaction })
      return texts([...checked.problems, ...applied.problems])
    },
    client(): JetClient {
      if (!endpoint) throw new Error('nothing listens')
      const client = new JetClient(endpoint)
      clients.push(client)
      return client
    },
    async loggedIn(clientId: string): Promise<JetClient> {
      const client = this.client()
      if (!(await client.login('lab', 'lab123', clientId))) throw new Error('login failed')
      return client
    },
    async command(command: string, options: Record<string, string> = {}, format = RunCommandRequest_Format.TEXT) {
      let output = ''
      for await (const part of door.runCommand({ command, options, format })) {
        if (part.error) return `error: ${part.error}`
        output += part.output
      }
      return output
    },
    serve: (name: string, methods: Partial<JetMethod>[], jet: JetDoor) => serveJet(connect(name), methods, jet),
    async stop() {
      for (const client of clients) client.close()
      await daemon.stop()
    },
  }
}

export type Device = Awaited<ReturnType<typeof startDevice>>

/** A daemon that serves `test.Jet` through the raw door. */
async function serveJet(
  bus: Bus,
  methods: Partial<JetMethod>[],
  jet: Partial<import('@connectrpc/connect').ServiceImpl<typeof Jet>>,
): Promise<Bus> {
  await bus.serve(Jet, {
    invoke: () => {
      throw new ConnectError('serves no unary call')
    },
    stream: () => {
      throw new ConnectError('serves no stream')
    },
    ...jet,
  })
  const jetMethods = methods.map(({ name = '', clientStreaming = false, serverStreaming = false }) => ({
    name,
    clientStreaming,
    serverStreaming,
  }))
  await bus.announce({
    daemon: bus.daemon,
    title: bus.daemon,
    jetServices: [{ name: 'test.Jet', methods: jetMethods }],
  })
  return bus
}

/** Resolves when `condition` holds, looking again each turn of the loop; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate)
}
