import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { setLink } from '../clients/control.ts'
import { addRouteProgram } from '../clients/cpp.ts'
import { Subscriber } from '../clients/mqtt.ts'
import { Program } from '../clients/program.ts'
import { RoutingApplication } from '../clients/routes.ts'
import { ssh } from '../clients/ssh.ts'
import { type DeviceOf, user } from '../device.ts'
import { root } from '../root.ts'

const address = 'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.1/24'

const inet = (addrString: string) => ({ inet: { addrString } })
const key = (prefix: string, table = 'inet.0') => {
  const [destination, length] = prefix.split('/')
  return { destPrefix: inet(destination!), destPrefixLen: Number(length), table: { rttName: { name: table } } }
}
/** A route of the classic RIB API. */
const route = (prefix: string, gateway: string, more: object = {}) => ({
  key: { ...key(prefix), ...more },
  nexthop: { gateways: [{ gatewayAddress: inet(gateway) }] },
})
/** The same of the modern one. */
const modernRoute = (prefix: string, gateway: string) => {
  const { table, ...rest } = key(prefix)
  return {
    key: { ...rest, table: { name: table.rttName } },
    nexthop: { gateways: [{ gatewayAddress: inet(gateway) }] },
  }
}
const monitor = { rtTblName: { name: 'inet.0' }, monitorOp: 'REGISTER_ADD', monitorReplyRouteCount: 100 }

interface MonitorReply {
  status?: string
  monitorRoutes?: { monitorRtOp: string; route?: { key: { destPrefix: { inet: { addrString: string } } } } }[]
}

export function routeCases(device: DeviceOf): void {
  const show = async (command: string) => (await ssh(device().endpoints.ssh, command)).output
  const application = (clientId: string) => RoutingApplication.as(clientId, device().endpoints.grpc)

  describe('routes', () => {
    test('a route added through the classic API, without Initialize, stands in show route via the right next hop', async () => {
      await commit(device().endpoints.ssh, address)
      await using app = await application('lesson')
      const answer = await app.call('/routing.Rib/RouteAdd', { routes: [route('192.168.100.0/24', '10.0.0.2')] })
      expect(answer).toEqual({ operationsCompleted: 1 })
      expect(await show('show route table inet.0 192.168.100.0/24')).toMatch(
        /^192\.168\.100\.0\/24 {3}\*\[Static\/5\/100\] \d\d:\d\d:\d\d, metric2 0\n {20}> {2}to 10\.0\.0\.2 via xe-0\/0\/0\.0$/m,
      )
      expect(await show('show route programmed')).toContain('192.168.100.0/24')
      expect(await show('show route forwarding-table destination 192.168.100.0/24')).toMatch(
        /192\.168\.100\.0\/24 +user/,
      )
      expect(await app.call('/routing.Rib/RouteAdd', { routes: [route('192.168.100.0/24', '10.0.0.3')] })).toEqual({
        status: 'ROUTE_EXISTS',
      })
      const got = await app.collect<{ routes?: object[] }>('/routing.Rib/RouteGet', {
        key: key('192.168.100.0/24'),
        matchType: 'EXACT',
        routeCount: 10,
      })
      expect(got.flatMap(({ routes }) => routes ?? [])).toMatchObject([route('192.168.100.0/24', '10.0.0.2')])
      expect(await app.call('/routing.Rib/RouteRemove', { keys: [key('192.168.100.0/24')] })).toEqual({
        operationsCompleted: 1,
      })
      expect(await show('show route table inet.0 192.168.100.0/24 exact')).not.toContain('192.168.100.0/24')
    })

    test('the modern API wants RouteInitialize first', async () => {
      await commit(device().endpoints.ssh, address)
      await using app = await application('modern')
      const add = () =>
        app.call('/jnx.jet.routing.rib.Rib/RouteAdd', { routes: [modernRoute('192.168.101.0/24', '10.0.0.2')] })
      expect(await add()).toMatchObject({ status: { code: 'FAILURE' }, subCode: 'NOT_INITIALIZED' })
      expect(await app.call('/jnx.jet.routing.rib.Rib/RouteInitialize')).toMatchObject({ status: {} })
      expect(await add()).toMatchObject({ status: {}, operationsCompleted: 1 })
      expect(await show('show route 192.168.101.0/24')).toContain('*[Static/5/100]')
      expect(await app.call('/jnx.jet.routing.rib.Rib/RouteCleanup')).toMatchObject({ status: {} })
      expect(await show('show route table inet.0 192.168.101.0/24 exact')).not.toContain('Static')
    })

    test('BGP-Static routes: ready with an AS, chosen by local preference, shown as recorded', async () => {
      await using app = await application('bgp')
      expect(await app.call('/routing.BgpRoute/BgpRouteInitialize')).toEqual({ status: 'BGP_NOT_READY' })
      await commit(device().endpoints.ssh, address, 'set routing-options autonomous-system 65000')
      expect(await app.call('/routing.BgpRoute/BgpRouteInitialize')).toEqual({})
      const bgp = (gateway: string, pathCookie: number, localPreference: number) => ({
        ...key('10.123.0.0/24'),
        protocol: 'PROTO_BGP_STATIC',
        pathCookie,
        routePreference: { value: 10 },
        localPreference: { value: localPreference },
        protocolNexthops: [{ addrString: gateway }],
      })
      const bgpRoutes = [bgp('10.0.0.7', 1, 100), bgp('10.0.0.8', 2, 200)]
      expect(await app.call('/routing.BgpRoute/BgpRouteAdd', { bgpRoutes })).toEqual({ operationsCompleted: 2 })
      expect(await app.call('/routing.BgpRoute/BgpRouteAdd', { bgpRoutes })).toEqual({ status: 'ROUTE_EXISTS' })
      const shown = await show('show route protocol bgp-static')
      expect(shown).toMatch(/^10\.123\.0\.0\/24 {6}\*\[BGP-Static\/10\/-201\] \d\d:\d\d:\d\d, metric2 0$/m)
      expect(shown).toMatch(/^ {20}\[BGP-Static\/10\/-101\]/m)
      expect(await show('show programmable-rpd clients')).toMatch(/^bgp +120 +Up +BGP-Static +2$/m)
      expect(await app.call('/routing.BgpRoute/BgpRouteCleanup')).toEqual({})
      expect(await show('show route protocol bgp-static')).not.toContain('10.123.0.0')
    })

    test('routes of a client that goes are purged when its time is up, and are its again when it is back before', async () => {
      await commit(device().endpoints.ssh, address, 'set routing-options programmable-rpd purge-timeout timeout 2')
      await using watcher = await application('watcher')
      const stream = await watcher.stream<MonitorReply>('routes', '/routing.Rib/RouteMonitorRegister', monitor)
      const until = async (operation: string, prefix: string) => {
        for (;;) {
          const reply = await stream.next()
          if (!reply) throw new Error('the monitor ended')
          for (const { monitorRtOp, route: of } of reply.monitorRoutes ?? [])
            if (monitorRtOp === operation && of?.key.destPrefix.inet.addrString === prefix) return
        }
      }
      await using app = await application('comes-and-goes')
      await app.call('/routing.Rib/RouteAdd', { routes: [route('192.168.102.0/24', '10.0.0.2')] })
      await until('ROUTE_MONITOR_ROUTE_OP_ADD', '192.168.102.0')
      await app.close()
      await app.open('comes-and-goes')
      const again = await app.call('/routing.Rib/RouteModify', { routes: [route('192.168.102.0/24', '10.0.0.3')] })
      expect(again).toEqual({ operationsCompleted: 1 })
      await until('ROUTE_MONITOR_ROUTE_OP_MODIFY', '192.168.102.0')
      expect(await show('show programmable-rpd clients')).toMatch(/^comes-and-goes +2 +Up/m)
      await app.close()
      await until('ROUTE_MONITOR_ROUTE_OP_DELETE', '192.168.102.0')
      expect(await show('show route 192.168.102.0/24 exact')).not.toContain('192.168.102.0')
    })

    test('a static route of the configuration, and one of a client over it, follow the interface', async () => {
      const { endpoints } = device()
      onTestFinished(async () => void (await setLink(endpoints.control, 'xe-0/0/0', true)))
      await commit(endpoints.ssh, address, 'set routing-options static route 172.20.0.0/16 next-hop 10.0.0.9')
      expect(await show('show route 172.20.0.0/16')).toMatch(
        /\*\[Static\/5\] [^\n]*\n {20}> {2}to 10\.0\.0\.9 via xe-0\/0\/0\.0/,
      )
      await using app = await application('over')
      await app.call('/routing.Rib/RouteAdd', { routes: [route('192.168.103.0/24', '172.20.0.1')] })
      expect(await show('show route 192.168.103.0/24')).toContain('to 10.0.0.9 via xe-0/0/0.0')
      await setLink(endpoints.control, 'xe-0/0/0', false)
      const settled = async () => {
        while (/\*\[Static/.test(await show('show route 192.168.103.0/24 exact')));
      }
      await settled()
      expect(await show('show route hidden 192.168.103.0/24 exact')).toContain('Unusable')
      await setLink(endpoints.control, 'xe-0/0/0', true)
      while (!/\*\[Static/.test(await show('show route 192.168.103.0/24 exact')));
    })

    test('route events reach those who listen, as they happen', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, address)
      const topics = '/junos/events/kernel/route'
      await using subscriber = await Subscriber.to(endpoints.mqtt, `${topics}/#`)
      await using app = await application('heard')
      const heard = async () => (await subscriber.next()).topic
      await app.call('/routing.Rib/RouteAdd', { routes: [route('192.168.104.0/24', '10.0.0.2')] })
      expect(await heard()).toBe(`${topics}/add/inet/192.168.104.0/24`)
      await app.call('/routing.Rib/RouteModify', { routes: [route('192.168.104.0/24', '10.0.0.3')] })
      const changed = await subscriber.next()
      expect(changed.topic).toBe(`${topics}/change/inet/192.168.104.0/24`)
      expect(JSON.parse(changed.payload)).toMatchObject({
        'jet-event': {
          'event-id': 'KERNEL_EVENT_ROUTE_CHANGE',
          facility: 'KERNEL',
          attributes: { 'table-name': 'inet.0', 'address-family': 'inet' },
        },
      })
      await app.call('/routing.Rib/RouteRemove', { keys: [key('192.168.104.0/24')] })
      expect(await heard()).toBe(`${topics}/delete/inet/192.168.104.0/24`)
    })

    test('routes go to the tables of routing instances', async () => {
      const { endpoints } = device()
      await using app = await application('instances')
      const inRed = {
        routes: [{ ...route('192.168.105.0/24', '10.1.0.2'), key: key('192.168.105.0/24', 'red.inet.0') }],
      }
      expect(await app.call('/routing.Rib/RouteAdd', inRed)).toEqual({ status: 'TABLE_INVALID' })
      await commit(
        endpoints.ssh,
        'set interfaces xe-0/0/1 unit 0 family inet address 10.1.0.1/24',
        'set routing-instances red instance-type virtual-router',
        'set routing-instances red interface xe-0/0/1.0',
      )
      expect(await app.call('/routing.Rib/RouteAdd', inRed)).toEqual({ operationsCompleted: 1 })
      expect(await show('show route table red.inet.0')).toMatch(/192\.168\.105\.0\/24 {3}\*\[Static\/5\/100\]/)
      expect(await show('show route instance red')).toMatch(/^red +virtual-router\n +red\.inet\.0 +3\/0\/0/m)
    })

    test('bad routes are refused one by one, and the session goes on', async () => {
      await commit(device().endpoints.ssh, address)
      await using app = await application('bad')
      const refused = async (routes: object[]) => app.call<{ status?: string }>('/routing.Rib/RouteAdd', { routes })
      const good = route('192.168.106.0/24', '10.0.0.2')
      const bad: [string, object][] = [
        ['PREFIX_LEN_TOO_LONG', { ...good, key: { ...good.key, destPrefixLen: 33 } }],
        ['TABLE_INVALID', { ...good, key: { ...good.key, table: { rttName: { name: 'nowhere.inet.0' } } } }],
        ['NEXTHOP_LIMIT_EXCEED', { ...good, nexthop: { gateways: Array(65).fill(good.nexthop.gateways[0]) } }],
        ['PREFIX_INVALID', { ...good, key: { ...good.key, destPrefix: inet('x'.repeat(65_536)) } }],
      ]
      for (const [status, one] of bad) expect(await refused([one])).toEqual({ status })
      expect(await refused([])).toEqual({ status: 'NO_OP' })
      expect(await refused(Array(1001).fill(good))).toEqual({ status: 'TOO_MANY_OPS' })
      expect(await refused([good, bad[0]![1], route('192.168.107.0/24', '10.0.0.2')])).toEqual({
        status: 'PREFIX_LEN_TOO_LONG',
        operationsCompleted: 1,
      })
      expect(await show('show route protocol static table inet.0')).not.toContain('192.168.107.0')
    })

    test('a program in C++ adds a route', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, address)
      const args = [endpoints.grpc, user.name, user.password, 'cpp', '192.168.108.0', '24', '10.0.0.2']
      expect(await new Program(await addRouteProgram(), args).end()).toMatchObject({ output: 'SUCCESS 1\n', code: 0 })
      expect(await show('show route 192.168.108.0/24')).toContain('to 10.0.0.2 via xe-0/0/0.0')
    }, 300_000)

    test("a program on grpc-js loads a table shaped like the Internet's", async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, 'set interfaces xe-0/0/0 unit 0 family inet address 10.0.0.254/24')
      const counts = ['--ipv4', '30000', '--ipv6', '5000']
      const args = ['--target', endpoints.grpc, '--user', user.name, '--password', user.password, ...counts]
      const loader = new Program(process.execPath, [join(root, 'examples/loader/load.ts'), ...args])
      const { output, errors, code } = await loader.end()
      expect({ errors, code }).toEqual({ errors: '', code: 0 })
      expect(output).toContain('inet.0: 30000 more routes read back')
      expect(output).toContain('inet6.0: 5000 more routes read back')
    })
  })
}
