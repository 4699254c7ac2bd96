import { natsServerForTests } from '@hangar/bus/testing'
import { AFTResult_Status, gRIBI } from '@hangar/protocol/gribi_service_pb'
import { Rib as ModernRib, StatusCode } from '@hangar/protocol/jnx_routing_rib_service_pb'
import { Base } from '@hangar/protocol/prpd_service_pb'
import { Rib } from '@hangar/protocol/rib_service_pb'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { Channel } from './clients/channel.ts'
import { commit } from './clients/configuration.ts'
import { gateways, isProgrammed, removeOf, routeText, updateOf, wholeTable } from './clients/route-block.ts'
import { RouteLoad } from './clients/route-load.ts'
import { ssh } from './clients/ssh.ts'
import { startDaemons } from './ways/daemons.ts'

const natsServer = natsServerForTests('killing daemons under load')

const configuration = [
  'system login user jet class super-user',
  'system login user jet authentication encrypted-password "$6$hangar0jet$gtGaMA46Aw0dp.q71PHGBsimo.HiIEuSTG78PBILAv17zoElHAYnH9LicvwNMeC1snH2pWRygwtXfMAI2i9ll1"',
  'system services ssh',
  'system services extension-service request-response grpc clear-text',
  'interfaces xe-0/0/0 unit 0 family inet address 192.168.10.1/24',
  'routing-options static route 172.20.0.0/16 next-hop 192.168.10.9',
]
const configured = '172.20.0.0 192.168.10.9'
const [gateway] = gateways

/** A route by gRIBI, with its next hop and their group. */
function injection(prefix: string, ipAddress: string) {
  const entries = [
    { nextHop: { index: '1', nextHop: { ipAddress: { value: ipAddress } } } },
    { nextHopGroup: { id: '1', nextHopGroup: { nextHop: [{ index: '1', nextHop: { weight: { value: '1' } } }] } } },
    { ipv4: { prefix, ipv4Entry: { nextHopGroup: { value: '1' } } } },
  ]
  return {
    operation: entries.map((entry, i) => ({ id: `${i + 1}`, networkInstance: 'DEFAULT', op: 'ADD', ...entry })),
  }
}

/** The first few lines that one has and the other has not. */
function difference(found: readonly string[], wanted: readonly string[]): string[] {
  const [has, wants] = [new Set(found), new Set(wanted)]
  return [
    ...wanted.filter(line => !has.has(line)).map(line => `without ${line}`),
    ...found.filter(line => !wants.has(line)).map(line => `with ${line}`),
  ].slice(0, 5)
}

// Each test kills something while requests of 1,000 routes, reads and a monitor are under way, and goes on with the device as it is then.
// Calls have deadlines, of which none is ever met: DEADLINE_EXCEEDED is no code that a test expects.
describe.skipIf(!natsServer)('kill -9 under load', () => {
  let device: Awaited<ReturnType<typeof startDaemons>>
  let app: Channel
  let load: RouteLoad
  beforeAll(async () => {
    device = await startDaemons(natsServer!, configuration)
    app = await loggedIn('app')
    load = new RouteLoad(app, { blocks: 4, reads: 2 })
  })
  beforeEach(async () => device.revive())
  afterAll(async () => {
    load?.end()
    app?.close()
    await device?.stop()
  })

  const loggedIn = async (clientId: string) => {
    const channel = new Channel(device.grpc, clientId)
    await channel.login()
    return channel
  }
  const client = async (clientId: string) => {
    const channel = await loggedIn(clientId)
    onTestFinished(() => channel.close())
    return channel
  }
  const show = async (command: string) => (await ssh(device.ssh, `${command} | no-more`)).output

  /** What clients have programmed, as rpd has it. */
  const routes = async () => {
    const found: string[] = []
    for await (const reply of app.stream(Rib.method.routeGet, wholeTable))
      found.push(...reply.routes.filter(isProgrammed).map(routeText))
    return found
  }
  /** What the kernel forwards by, where a gateway is reached over xe-0/0/0.0. */
  const forwarded = async () => {
    const text = await show('show route forwarding-table family inet table default')
    const lines = text.matchAll(/^([\d.]+)\/(?:32|16) +user +0 +(?:indr .*\n +)?(\S+) +ucst .* xe-0\/0\/0\.0$/gm)
    return [...lines].map(([, destination, to]) => `${destination} ${to}`)
  }
  /**
   * The load rests, and everybody has what it was answered: rpd, its monitor, the kernel. And `more`, and the configuration's; nothing
   * that nobody owns.
   */
  const expectConverged = async (...more: string[]) => {
    await load.rest()
    const wanted = [...load.said, ...more]
    expect(difference(await routes(), wanted)).toEqual([])
    await expect.poll(() => difference(load.told, wanted), { timeout: 10_000 }).toEqual([])
    await expect
      .poll(async () => difference(await forwarded(), [...wanted, configured]), { timeout: 10_000 })
      .toEqual([])
  }
  /** The codes of calls that were not answered. */
  const codes = () => [...new Set([...load.failures.keys()].map(failure => failure.split(' ')[1]))].sort()

  test('rpd: calls and streams fail, the kernel forwards on, sessions stay, programmed routes are gone', async () => {
    const { routeInitialize, routeAdd, routeCleanup } = ModernRib.method
    const key = { destPrefix: { inet: { addrString: '10.1.0.1' } }, destPrefixLen: 32 }
    const nexthop = { gateways: [{ gatewayAddress: { inet: { addrString: gateway } } }] }
    const request = { routes: [{ key: { ...key, table: { name: { name: 'inet.0' } } }, nexthop }] }
    const other = await client('other')
    await other.call(routeInitialize)
    expect(await other.call(routeAdd, request)).toMatchObject({ subCode: StatusCode.SUCCESS, operationsCompleted: 1 })
    await load.run()

    await device.kill('rpd')
    await load.fails()
    const orphaned = await forwarded()
    for (const line of [`10.1.0.1 ${gateway}`, configured]) expect(orphaned.includes(line)).toBe(true)
    await expect(other.call(routeAdd, request)).rejects.toThrow('UNAVAILABLE')
    device.start('rpd')
    await load.doesWell()
    await expectConverged()
    expect(codes()).toEqual(['UNAVAILABLE'])
    expect(load.failures.has('routeMonitorRegister UNAVAILABLE')).toBe(true)

    expect((await other.call(routeAdd, request)).subCode).toBe(StatusCode.NOT_INITIALIZED)
    expect(await other.call(routeInitialize)).toMatchObject({ subCode: StatusCode.SUCCESS, numClientRoutes: 0 })
    expect((await other.call(routeAdd, request)).subCode).toBe(StatusCode.SUCCESS)
    expect((await other.call(routeCleanup)).subCode).toBe(StatusCode.SUCCESS)
  })

  test('kernel: nothing fails, writes are answered when it is missed, and the next one gets everything', async () => {
    await load.run()
    await device.kill('kernel')
    await load.doesWell()
    device.start('kernel')
    await device.ready('kernel')
    await load.doesWell()
    await expectConverged()
    expect(codes()).toEqual([])
  })

  test('jsd: connections drop, gRIBI entries go, purge times run, and who logs in again in time has its routes', async () => {
    const back = await client('back')
    const gone = await client('gone')
    await back.call(Rib.method.routeAdd, updateOf(['10.2.0.1'], gateway))
    await gone.call(Rib.method.routeAdd, updateOf(['10.3.0.1'], gateway))
    await gone.call(Base.method.routePurgeTimeConfig, { time: 2 })
    const injected = await gone.begin(gRIBI.method.modify, injection('10.4.0.1/32', gateway))
    expect(injected.result.map(({ status }) => status)).toEqual(Array(3).fill(AFTResult_Status.RIB_PROGRAMMED))
    expect(await show('show route 10.4.0.1/32')).toContain('10.4.0.1/32')
    await load.run()

    await device.kill('jsd')
    gone.close()
    await load.fails()
    await expect.poll(() => show('show route 10.4.0.1/32'), { timeout: 10_000 }).not.toContain('10.4.0.1/32')
    await expect.poll(() => show('show programmable-rpd clients'), { timeout: 10_000 }).toMatch(/^back +120 +Down +\d/m)
    expect(await show('show programmable-rpd clients')).toMatch(/^app +120 +Down +\d/m)
    device.start('jsd')
    await load.doesWell()
    await back.login()
    expect(await back.call(Rib.method.routeModify, updateOf(['10.2.0.1'], gateways[1]))).toMatchObject({
      operationsCompleted: 1,
    })
    await expect.poll(() => show('show programmable-rpd clients'), { timeout: 10_000 }).not.toMatch(/^gone/m)
    const shown = await show('show programmable-rpd clients')
    for (const up of [/^app +120 +Up/m, /^back +120 +Up/m]) expect(shown).toMatch(up)
    await expectConverged(`10.2.0.1 ${gateways[1]}`)
    // The connection, and then calls of a session that has yet to log in.
    expect(codes()).toEqual(['UNAVAILABLE', 'UNKNOWN'])
    expect(load.failures.has('routeMonitorRegister UNAVAILABLE')).toBe(true)
    await back.call(Rib.method.routeRemove, removeOf(['10.2.0.1']))
  })

  test('mgd: sessions go on, nobody logs in; the next one tells everybody what they have', async () => {
    await load.run()
    await device.kill('mgd')
    await load.doesWell()
    await expect(loggedIn('late')).rejects.toThrow('UNAVAILABLE')
    device.start('mgd')
    await device.ready('mgd')
    await client('late')
    await load.doesWell()
    await commit(device.ssh, 'set routing-options static route 172.21.0.0/16 discard')
    expect(await show('show route forwarding-table destination 172.21.0.0/16')).toContain('dscd')
    await expectConverged()
    expect(codes()).toEqual([])
  })

  test('nats-server: calls and streams fail, sessions stay', async () => {
    await load.run()
    await device.nats.kill()
    await load.fails()
    await device.nats.start()
    await load.doesWell()
    await expectConverged()
    expect(codes()).toEqual(['UNAVAILABLE'])
    expect(load.failures.has('routeMonitorRegister UNAVAILABLE')).toBe(true)
  })

  test('rpd, kernel and jsd at once', async () => {
    await load.run()
    await Promise.all((['rpd', 'kernel', 'jsd'] as const).map(daemon => device.kill(daemon)))
    await load.fails()
    for (const daemon of ['jsd', 'rpd', 'kernel'] as const) device.start(daemon)
    await load.doesWell()
    await expectConverged()
    expect(codes()).toEqual(['UNAVAILABLE', 'UNKNOWN'])
  })
})
