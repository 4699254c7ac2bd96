import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError } from '@connectrpc/connect'
import { createMemoryHub } from '@hangar/bus'
import { CommandError } from '@hangar/junos-cli'
import { Login, LoginReplySchema, LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import { type Announcement, Daemon, Jet, RunCommandRequest_Format } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { element } from '@hangar/xml'
import { expect, test } from 'vitest'
import { type DaemonHost, defineDaemon } from './define.ts'
import { startDaemon } from './host.ts'

/** One daemon on a memory bus, and another end that talks to it. */
async function run(start: (host: DaemonHost) => void, signals: string[] = []) {
  const hub = createMemoryHub({ device: 'test' })
  const outside = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const bus = hub.connect('exampled', outside)
  const definition = defineDaemon({ name: 'exampled', title: 'Example process', signals, start })
  const daemon = await startDaemon(definition, { ...outside, bus, listenHost: '127.0.0.1' }, undefined)
  const peer = hub.connect('peer', outside)
  return { daemon, peer, client: peer.client('exampled', Daemon), jet: peer.client('exampled', Jet) }
}

const hostNameReader = (seen: string[], subtree = ['system', 'host-name']) =>
  ({
    subtrees: [subtree],
    check: next =>
      next.at('system').leaf('host-name') === 'forbidden'
        ? [{ path: ['system'], element: 'host-name', message: 'this name is taken' }]
        : [],
    apply(next, before) {
      seen.push(`${before.at('system').leaf('host-name') ?? ''}>${next.at('system').leaf('host-name') ?? ''}`)
      return []
    },
  }) satisfies Parameters<DaemonHost['configure']>[0]

test('a commit is checked, then applied, as the difference to what the daemon holds', async () => {
  const seen: string[] = []
  const { client } = await run(host => host.configure(hostNameReader(seen)))
  await client.checkConfiguration({
    transaction: 'a',
    lines: ['set system host-name one'],
    snapshot: true,
    revision: 7n,
  })
  expect(seen).toEqual([])
  await client.applyConfiguration({ transaction: 'a' })
  await client.checkConfiguration({
    transaction: 'b',
    lines: ['set system host-name two'],
    baseRevision: 7n,
    revision: 8n,
  })
  await client.applyConfiguration({ transaction: 'b' })
  expect(seen).toEqual(['>one', 'one>two'])
})

test('what is wrong is said, and an unchecked, replaced or outdated transaction changes nothing', async () => {
  const seen: string[] = []
  const { client } = await run(host => host.configure(hostNameReader(seen)))
  const bad = await client.checkConfiguration({
    transaction: 'a',
    lines: ['set system host-name forbidden'],
    snapshot: true,
  })
  expect(bad.problems).toMatchObject([{ path: 'system', element: 'host-name', message: 'this name is taken' }])
  await client.checkConfiguration({ transaction: 'b', lines: [], snapshot: true, revision: 3n })
  for (const transaction of ['a', 'never'])
    await expect(client.applyConfiguration({ transaction })).rejects.toMatchObject({ code: Code.FailedPrecondition })
  await expect(client.checkConfiguration({ transaction: 'c', lines: [], baseRevision: 9n })).rejects.toMatchObject({
    code: Code.FailedPrecondition,
  })
  expect(seen).toEqual([])
})

test('a daemon says what it is, and which signals it has reached', async () => {
  let signal = () => {}
  const { peer, daemon } = await run(
    host => {
      host.configure(hostNameReader([]))
      host.serveJet(Login, { loginCheck: () => ({ result: true }) })
      signal = () => host.signal('EXAMPLE_UP')
    },
    ['EXAMPLE_UP'],
  )
  const seen: Announcement[] = []
  await peer.watchMembers({ up: member => member.daemon === 'exampled' && seen.push(member), down() {} })
  expect(daemon.health.missing()).toEqual(['EXAMPLE_UP'])
  signal()
  await new Promise(setImmediate)
  expect(daemon.health.ready()).toBe(true)
  expect(seen.at(-1)).toMatchObject({
    title: 'Example process',
    configuration: ['system host-name'],
    signals: ['EXAMPLE_UP'],
    jetServices: [{ name: 'authentication.Login', methods: [{ name: 'LoginCheck', clientStreaming: false }] }],
  })
})

test('a daemon describes its JET services, loading them for it', async () => {
  const { client } = await run(host => {
    host.serveJet(Login, { loginCheck: () => ({ result: true }) })
    host.serveJetLater('routing.Rib', async () => {
      const { Rib } = await import('@hangar/protocol/rib_service_pb')
      return { service: Rib, implementation: {} }
    })
  })
  const { files } = await client.describeJet({})
  const file = files.map(bytes => fromBinary(FileDescriptorProtoSchema, bytes))
  const known = new Set<string>()
  for (const { name, dependency } of file) {
    for (const imported of dependency) expect(known).toContain(imported)
    known.add(name)
  }
  expect(known).toContain('authentication_service.proto')
  expect(known).toContain('rib_service.proto')
  expect(known.size).toBe(files.length)
})

test('commands answer in the format asked for, and fail in their own words', async () => {
  const { client } = await run(host =>
    host.command({
      words: [
        { name: 'show', help: 'Show' },
        { name: 'thing', help: 'A thing' },
      ],
      run({ options }) {
        if (options.has('broken')) throw new CommandError('it is broken')
        return element('thing', [element('name', 'one')])
      },
      text: data => `Thing ${data.children![0]!.text}\n`,
    }),
  )
  const ask = async (request: {
    command: string
    options?: Record<string, string>
    format?: RunCommandRequest_Format
  }) => {
    let text = ''
    for await (const { output, error } of client.runCommand(request)) text += output + (error && `error: ${error}`)
    return text
  }
  expect(await ask({ command: 'show thing' })).toBe('Thing one\n')
  expect(await ask({ command: 'show thing', format: RunCommandRequest_Format.XML })).toContain('<name>one</name>')
  expect(JSON.parse(await ask({ command: 'show thing', format: RunCommandRequest_Format.JSON }))).toHaveProperty(
    'thing',
  )
  expect(await ask({ command: 'show thing', options: { broken: '' } })).toBe('error: it is broken')
  expect(await ask({ command: 'show nothing' })).toBe('error: unknown command.')
})

test('JET requests come as bytes; those that are none, and unknown methods, change nothing', async () => {
  const { jet } = await run(host =>
    host.serveJet(Login, { loginCheck: (request, { caller }) => ({ result: request.userName === caller.user }) }),
  )
  const caller = { user: 'jet' }
  const path = '/authentication.Login/LoginCheck'
  const request = toBinary(LoginRequestSchema, create(LoginRequestSchema, { userName: 'jet' }))
  const { response } = await jet.invoke({ path, caller, request })
  expect(fromBinary(LoginReplySchema, response).result).toBe(true)
  const rejected = (bad: Parameters<typeof jet.invoke>[0]) =>
    jet.invoke(bad).catch(error => ConnectError.from(error).code)
  expect(await rejected({ path: '/authentication.Login/Nothing', caller })).toBe(Code.Unavailable)
  expect(await rejected({ path, caller, request: Uint8Array.of(0x0a, 0xff) })).toBe(Code.Internal)
})
