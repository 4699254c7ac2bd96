import { expect, test } from 'vitest'
import { putRoute } from '../rib/put-route.ts'
import { configuredRouting } from '../testing/configured.ts'
import { routerIdOf } from './identity.ts'

const red = 'routing-instances red'

async function start() {
  const device = await configuredRouting()
  device.port('xe-0/0/0', {
    0: { index: 70, addresses: ['10.0.0.1/24'] },
    1: { index: 71, addresses: ['10.0.0.1/24'] },
  })
  return device
}

test('an instance has tables, the routes of its interfaces and static routes of its own', async () => {
  const { commit, lines, kernel, routing } = await start()
  await commit(
    `${red} instance-type virtual-router`,
    `${red} interface xe-0/0/0.1`,
    `${red} routing-options static route 192.0.2.0/24 next-hop 10.0.0.9`,
    `${red} routing-options rib red.inet6.0 static route ::/0 discard`,
  )
  expect(lines('red.inet.0')).toEqual([
    '10.0.0.0/24 *Direct/0 xe-0/0/0.1',
    '10.0.0.1/32 *Local/0 xe-0/0/0.1',
    '192.0.2.0/24 *Static/5 10.0.0.9 xe-0/0/0.1',
  ])
  expect(lines('red.inet6.0')).toEqual(['::/0 *Static/5 discard'])
  expect(lines()).toEqual(['10.0.0.0/24 *Direct/0 xe-0/0/0.0', '10.0.0.1/32 *Local/0 xe-0/0/0.0'])
  expect(kernel.ways('red.inet.0', '3221225984/24')).toEqual(['xe-0/0/0.1 10.0.0.9'])
  expect(routing.settings.instances.get('red')?.interfaces).toEqual(['xe-0/0/0.1'])
})

test('an instance that goes takes its tables and their routes along, those of clients too', async () => {
  const { commit, lines, kernel, routing } = await start()
  await commit(
    `${red} instance-type vrf`,
    `${red} interface xe-0/0/0.1`,
    `${red} routing-options static route 0/0 reject`,
  )
  const { rib } = routing
  putRoute(rib, rib.table('red.inet.0')!, {
    words: [0x0a000000, 0, 0, 0],
    length: 8,
    source: rib.attributes.source('Static', 'app'),
    values: { preference: 5, preference2: 100 },
    nextHop: { kind: 'discard' },
  })
  await routing.committed()
  await commit(`delete ${red}`)
  expect(rib.table('red.inet.0')).toBeUndefined()
  expect(kernel.tables.has('red.inet.0')).toBe(false)
  expect(rib.attributes.source('Static', 'app').routes).toBe(0)
  expect(lines()).toHaveLength(4)
  await commit(`${red} instance-type vrf`, `${red} routing-options static route 0/0 discard`)
  expect(lines('red.inet.0')).toEqual(['0.0.0.0/0 *Static/5 discard'])
})

test('an instance that begins to route has the static routes that were configured before', async () => {
  const { commit, lines, routing } = await start()
  await commit(`${red} instance-type vpls`, `${red} routing-options static route 0/0 reject`)
  expect(routing.rib.table('red.inet.0')).toBeUndefined()
  await commit(`${red} instance-type virtual-router`)
  expect(lines('red.inet.0')).toEqual(['0.0.0.0/0 *Static/5 reject'])
})

test('a route leads to another table', async () => {
  const { commit, statics, kernel, routing } = await start()
  await commit(`${red} instance-type virtual-router`, 'routing-options static route 0/0 next-table red.inet.0')
  expect(statics()).toEqual(['0.0.0.0/0 *Static/5 table'])
  const hop = kernel.nextHops.get(kernel.tables.get('inet.0')!.get('0/0')!)
  expect(hop?.table).toBe(routing.rib.table('red.inet.0')!.id)
  await commit(
    `delete ${red}`,
    'delete routing-options static route 0/0 next-table',
    'routing-options static route 0/0 discard',
  )
  expect(statics()).toEqual(['0.0.0.0/0 *Static/5 discard'])
})

test('the check names what does not fit together', async () => {
  const { check } = await start()
  expect(
    check(
      'routing-options static route 0/0 next-table red.inet.0',
      `${red} routing-options static route 10/8 next-table inet.0`,
      'routing-options static route 11/8 next-table blue.inet.0',
      'routing-options rib inet6.0 static route 12/8 discard',
      'routing-options rib inet6.0 static route ::/0 discard',
    ),
  ).toEqual([
    '[routing-options static route 11.0.0.0/8] next-table blue.inet.0: table blue.inet.0 is not configured',
    '[routing-options rib inet6.0 static] route 12.0.0.0/8: destination is not of the family of inet6.0',
    '[routing-options static route 0.0.0.0/0] next-table red.inet.0: next-table may loop',
    '[routing-instances red routing-options static route 10.0.0.0/8] next-table inet.0: next-table may loop',
  ])
  expect(
    check(`${red} instance-type virtual-router`, 'routing-options static route 0/0 next-table red.inet.0'),
  ).toEqual([])
})

test('clients are purged when the configuration says', async () => {
  const { commit, routing } = await start()
  const { clients } = routing
  await commit('routing-options programmable-rpd purge-timeout 300')
  expect(clients.globalPurgeTime).toBe(300)
  await commit('routing-options programmable-rpd purge-timeout never')
  expect(clients.globalPurgeTime).toBe('never')
  await commit('delete routing-options programmable-rpd')
  expect(clients.globalPurgeTime).toBe(120)
})

test("next hops of programs stay while their interface is down where they are told to, the configuration's do not", async () => {
  const { commit, routing, port, statics } = await start()
  const { rib } = routing
  putRoute(rib, rib.table('inet.0')!, {
    words: [0xc0000200, 0, 0, 0],
    length: 24,
    source: rib.attributes.source('Static', 'app'),
    values: { preference: 5, preference2: 100 },
    nextHop: { kind: 'gateways', gateways: [{ interface: 'xe-0/0/0.0', resolve: 'recursive' }] },
  })
  await commit('routing-options static route 198.51.100.0/24 next-hop xe-0/0/0.0')
  const down = ['192.0.2.0/24 -Static/5', '198.51.100.0/24 -Static/5']
  const stays = ['192.0.2.0/24 *Static/5 xe-0/0/0.0', '198.51.100.0/24 -Static/5']
  port('xe-0/0/0', { 0: { index: 70, up: false } })
  expect(statics()).toEqual(down)
  const knob = 'routing-options programmable-rpd rib-service dynamic-next-hop-interface disable'
  await commit(knob)
  expect(statics()).toEqual(stays)
  port('xe-0/0/0', {})
  expect(statics()).toEqual(down)
  port('xe-0/0/0', { 0: { index: 70, up: false } })
  expect(statics()).toEqual(stays)
  await commit(`delete ${knob}`)
  expect(statics()).toEqual(down)
})

test('label-switched paths are those of the configuration, without templates', async () => {
  const { commit, routing } = await start()
  const lsp = 'protocols mpls label-switched-path'
  await commit(`${lsp} gold to 192.0.2.9`, `${lsp} gold bandwidth 10m`, `${lsp} any template`, `${lsp} any disable`)
  expect([...routing.settings.lsps.values()]).toMatchObject([
    { name: 'gold', to: '192.0.2.9', from: undefined, bandwidth: 10_000_000, disabled: false },
  ])
})

test('the router id is the configured one, else that of a loopback, else of an interface', async () => {
  const { commit, routing, port } = await start()
  const routerId = () => routerIdOf(routing.settings, routing.interfaces)
  expect(routerId()).toBe('10.0.0.1')
  port('lo0', { 0: { index: 16384, addresses: ['127.0.0.1/32', '10.1.1.1/32'] } })
  expect(routerId()).toBe('10.1.1.1')
  await commit('routing-options router-id 192.0.2.1', 'routing-options autonomous-system 1.10')
  expect(routerId()).toBe('192.0.2.1')
  expect(routing.settings).toMatchObject({ autonomousSystem: 65546, bgpConfigured: true, bgpImport: [] })
  await commit('protocols bgp import [ first second ]')
  expect(routing.settings.bgpImport).toEqual(['first', 'second'])
})
