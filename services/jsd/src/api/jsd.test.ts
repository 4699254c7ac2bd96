import { Metadata } from '@grpc/grpc-js'
import { watchState } from '@hangar/bus'
import { type JetClient, Jsd } from '@hangar/protocol/hangar/jsd/v1/jsd_pb'
import { seededRandom, silentLogger } from '@hangar/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice, until } from '../testing/device.ts'
import { failure } from '../testing/jet-client.ts'

describe('the watched state of the clients that are here', () => {
  let device: Device
  let said: string[]
  let clients: ReadonlyMap<string, JetClient>
  const only = () => {
    expect([...clients]).toHaveLength(1)
    return [...clients.values()][0]!
  }

  /** Follows jsd as rpd does. `said` is what was heard, as "put app" and "delete app". */
  async function watch(daemon: string) {
    const bus = device.connect(daemon)
    const log: string[] = []
    const jsd = bus.client('jsd', Jsd)
    const replica = watchState({
      bus,
      daemon: 'jsd',
      clock: device.clock,
      random: seededRandom(2),
      log: silentLogger,
      open: signal => jsd.watchClients({}, { signal }),
      read: ({ mark, session, client }) => ({ mark, key: session, value: client }),
      onPut: (_, client) => log.push(`put ${client.clientId}`),
      onDelete: (_, client) => log.push(`delete ${client.clientId}`),
    })
    await replica.ready
    return { log, values: replica.values }
  }

  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText())
    await device.serve('mgmtd', [{ name: 'Call' }], { invoke: () => ({}) })
    const watcher = await watch('rpd')
    said = watcher.log
    clients = watcher.values
  })
  afterEach(() => device.stop())

  it('has a client from its login to the end of its connection', async () => {
    const client = device.client()
    await failure(client.unary('/test.Jet/Call', ''))
    expect(await client.login('lab', 'wrong', 'app')).toBe(false)
    expect(await client.login('lab', 'lab123', 'app')).toBe(true)
    await until(() => clients.size === 1)
    const [[session, entry]] = [...clients] as [[string, JetClient]]
    expect(entry).toMatchObject({ session, clientId: 'app', user: 'lab', loginClass: 'super-user' })
    expect(entry.peer).toMatch(/^ipv6:::ffff:127\.0\.0\.1:\d+$/)
    expect(entry.loginTimeMs).toBe(BigInt(device.clock.now()))
    client.close()
    await until(() => clients.size === 0)
    expect(said).toEqual(['put app', 'delete app'])
  })

  it('knows the session by the name that its calls carry', async () => {
    let session: string | undefined
    await device.serve('otherd', [{ name: 'Call' }], {
      invoke({ caller }) {
        session = caller?.session
        return {}
      },
    })
    const client = await device.loggedIn('app')
    await client.unary('/test.Jet/Call', '')
    await until(() => clients.size === 1)
    expect(session).toBe(only().session)
  })

  it('follows a login under another id, as one entry', async () => {
    const client = await device.loggedIn('app')
    await until(() => clients.size === 1)
    const { session } = only()
    await device.clock.advance(5000)
    await client.login('lab', 'lab123', 'other')
    await until(() => said.length === 2)
    expect(only()).toMatchObject({ session, clientId: 'other', loginTimeMs: BigInt(device.clock.now()) })
    expect(said).toEqual(['put app', 'put other'])
  })

  it('gives a client that comes back a new entry, after the old one is gone', async () => {
    const first = await device.loggedIn('app')
    await until(() => clients.size === 1)
    const { session } = only()
    first.close()
    await device.loggedIn('app')
    await until(() => said.length === 3)
    expect(said).toEqual(['put app', 'delete app', 'put app'])
    expect(only().session).not.toBe(session)
  })

  it('has who never logged in, by skip-authentication or by credentials beside a call', async () => {
    await device.commit(clearText('skip-authentication'))
    const metadata = new Metadata()
    metadata.set('client-id', 'guest')
    const guest = device.client()
    await guest.unary('/test.Jet/Call', '', { metadata })
    const nobody = device.client()
    await nobody.unary('/test.Jet/Call', '')
    metadata.set('client-id', 'app')
    metadata.set('username', 'lab')
    metadata.set('password', 'lab123')
    await device.client().unary('/test.Jet/Call', '', { metadata })
    await until(() => clients.size === 3)
    const known = (clientId: string) => [...clients.values()].find(one => one.clientId === clientId)
    expect(known('guest')).toMatchObject({ user: '', loginClass: '', loginTimeMs: 0n })
    expect(known('app')).toMatchObject({ user: 'lab', loginTimeMs: BigInt(device.clock.now()) })
    const unnamed = [...clients.values()].find(one => one.clientId === one.peer)
    expect(unnamed).toMatchObject({ user: '', loginTimeMs: 0n })
    // Who names itself stays one entry when it logs in later.
    await guest.login('lab', 'lab123', 'guest')
    await until(() => said.length === 4)
    expect(clients.size).toBe(3)
  })

  it('loses a client that an operator clears', async () => {
    const client = await device.loggedIn('app')
    await device.loggedIn('stays')
    await until(() => clients.size === 2)
    await device.command('clear extension-service request-response clients', { 'client-id': 'app' })
    await until(() => clients.size === 1)
    expect(only().clientId).toBe('stays')
    client.close()
  })

  it('tells a late watcher who is here, and lets everybody go when the listener closes', async () => {
    await device.loggedIn('one')
    const gone = await device.loggedIn('gone')
    await device.loggedIn('two')
    gone.close()
    await until(() => clients.size === 2 && said.length === 4)
    const late = await watch('latecomer')
    expect(late.log).toEqual(['put one', 'put two'])
    await device.commit([])
    await until(() => late.values.size === 0 && clients.size === 0)
  })

  it('is put before the first call is handed on', async () => {
    let known: boolean | undefined
    const jsd = device.mgd.client('jsd', Jsd)
    await device.serve('firstd', [{ name: 'Call' }], {
      async invoke({ caller }) {
        // A watch that begins now has all that was put until now.
        for await (const { session } of jsd.watchClients({})) {
          known = session === caller?.session
          break
        }
        return {}
      },
    })
    const metadata = new Metadata()
    metadata.set('username', 'lab')
    metadata.set('password', 'lab123')
    await device.client().unary('/test.Jet/Call', '', { metadata })
    expect(known).toBe(true)
  })
})
