import { ConnectError } from '@connectrpc/connect'
import { StatusCode } from '@hangar/protocol/jnx_routing_rib_service_pb'
import { RouteOperStatus } from '@hangar/protocol/rib_service_pb'
import { beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../rib/destination-index.ts'
import { jetCall } from '../testing/jet-call.ts'
import type { TestGateway, TestRoute } from '../testing/rib-writes.ts'
import { done, refused, route, startWriting, ten, type Writing } from '../testing/writing.ts'

describe.each(['classic', 'modern'] as const)('what the %s RIB API refuses to write', generation => {
  let world: Writing
  beforeEach(async () => {
    world = await startWriting(generation)
  })
  const other = generation === 'classic' ? 'PREFIX_INVALID' : 'TABLE_INVALID'

  test('are 1 to 1000 in a request', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => route(Uint8Array.of(20, 0, i >> 8, i & 255), 32))
    expect(await world.api.put('add', 'a')).toEqual(refused('NO_OP'))
    expect(await world.api.remove('a')).toEqual(refused('NO_OP'))
    expect(await world.api.put('add', 'a', ...many, ten)).toEqual(refused('TOO_MANY_OPS'))
    expect(world.lines()).toEqual([])
    expect(await world.api.put('add', 'a', ...many)).toEqual(done(1000))
    expect(await world.api.remove('a', ...many, ten)).toEqual(refused('TOO_MANY_OPS'))
    expect(world.lines()).toHaveLength(1000)
    expect(await world.api.remove('a', ...many)).toEqual(done(1000))
    expect(world.lines()).toEqual([])
  })

  test.each<[string, TestRoute]>([
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: 'blue.inet.0' }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: '' }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: 0 }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: 4711 }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: undefined }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: 'i'.repeat(70_000) }],
    [other, { to: '20.0.0.0', length: 8, table: 'inet6.0' }],
    [other, { to: '2001:db8::', length: 32 }],
    [other, { to: 17, length: 52 }],
    [other, { to: '20.0.0.0', length: 8, table: 'mpls.0' }],
    ['TABLE_INVALID', { to: '20.0.0.0', length: 8, table: 'inetflow.0' }],
    ['PREFIX_INVALID', { to: undefined, length: 8 }],
    ['PREFIX_INVALID', { to: '', length: 8 }],
    ['PREFIX_INVALID', { to: '20.0.0', length: 8 }],
    ['PREFIX_INVALID', { to: '20.0.0.0/8', length: 8 }],
    ['PREFIX_INVALID', { to: '020.0.0.0', length: 8 }],
    ['PREFIX_INVALID', { to: '2'.repeat(70_000), length: 8 }],
    ['PREFIX_INVALID', { to: '2001:db8::', family: 'inet', length: 8 }],
    ['PREFIX_INVALID', { to: Uint8Array.of(20, 0, 0), length: 8 }],
    ['PREFIX_INVALID', { to: new Uint8Array(16), family: 'inet', length: 0 }],
    ['PREFIX_LEN_TOO_LONG', { to: '20.0.0.0', length: 33 }],
    ['PREFIX_LEN_TOO_LONG', { to: '20.0.0.0', length: 0xffffffff }],
    ['PREFIX_LEN_TOO_LONG', { to: '2001:db8::', length: 129, table: 'inet6.0' }],
    ['PREFIX_LEN_TOO_LONG', { to: 17, length: 53, table: 'mpls.0' }],
    ['PREFIX_LEN_TOO_SHORT', { to: '20.0.0.1', length: 31 }],
    ['PREFIX_LEN_TOO_SHORT', { to: '20.0.0.0', length: 0 }],
    ['PREFIX_LEN_TOO_SHORT', { to: '2001:db8::1', length: 127, table: 'inet6.0' }],
    ['PREFIX_LEN_TOO_SHORT', { to: '2001:db8::', length: 28, table: 'inet6.0' }],
    ['PREFIX_LEN_TOO_SHORT', { to: 17, length: 20, table: 'mpls.0' }],
    ['PREFIX_LEN_TOO_SHORT', { to: 17, length: 0, table: 'mpls.0' }],
    ['MPLS_LABEL_INVALID', { to: 4, length: 52, table: 'mpls.0' }],
    ['MPLS_LABEL_INVALID', { to: 15, length: 52, table: 'mpls.0' }],
    ['MPLS_LABEL_INVALID', { to: 2 ** 20, length: 52, table: 'mpls.0' }],
  ])('%s (%#)', async (status, wrong) => {
    for (const method of ['add', 'modify', 'update'] as const)
      expect(await world.api.put(method, 'a', { ...wrong, via: ['10.0.0.2'] })).toEqual(refused(status))
    expect(await world.api.remove('a', wrong)).toEqual(refused(status))
    expect(world.rib.attributes.source('Static', 'a').routes).toBe(0)
  })

  const gateways = (count: number) => Array.from({ length: count }, (_, i) => `10.0.0.${i + 2}`)
  const vxlan = { name: 't', interfaceName: 'fti0.0', attributes: {} }
  test.each<[string, readonly (TestGateway | string)[], TestRoute?]>([
    ['NEXTHOP_LIMIT_EXCEED', gateways(65)],
    ['GATEWAY_INVALID', [{}]],
    ['GATEWAY_INVALID', ['10.0.0.2', { weight: 1 }]],
    ['GATEWAY_INVALID', [{ address: '10.0.0.2', weight: 65536 }]],
    ['NEXTHOP_ADDRESS_INVALID', ['10.0.0']],
    ['NEXTHOP_ADDRESS_INVALID', ['']],
    ['NEXTHOP_ADDRESS_INVALID', ['2'.repeat(70_000)]],
    ['NEXTHOP_ADDRESS_INVALID', ['2001:db8::2']],
    ['NEXTHOP_ADDRESS_INVALID', ['0.0.0.0']],
    ['NEXTHOP_ADDRESS_INVALID', ['224.0.0.1']],
    ['NEXTHOP_ADDRESS_INVALID', ['255.255.255.255']],
    ['NEXTHOP_ADDRESS_INVALID', ['ff02::1'], { to: '2001:db8:1::', length: 48, table: 'inet6.0' }],
    ['NEXTHOP_ADDRESS_INVALID', [{ address: 17 }]],
    ['NEXTHOP_ADDRESS_INVALID', [{ address: Uint8Array.of(10, 0, 0) }]],
    ['NEXTHOP_ADDRESS_INVALID', [{ address: '10.0.0.2', localAddress: '1' }]],
    ['INTERFACE_INVALID', [{ address: '10.0.0.2', interfaceName: 'xe-0/0/7.0' }]],
    ['INTERFACE_INVALID', [{ address: '10.0.0.2', interfaceName: 'x'.repeat(70_000) }]],
    ['INTERFACE_INVALID', [{ address: '10.0.0.2', localAddress: '10.0.0.3' }]],
    ['MPLS_LABEL_INVALID', [{ address: '10.0.0.2', labels: ['push 4'] }]],
    ['MPLS_LABEL_INVALID', [{ address: '10.0.0.2', labels: [`push ${2 ** 20}`] }]],
    ['MPLS_LABEL_INVALID', [{ address: '10.0.0.2', labels: ['push'] }]],
    ['MPLS_LABEL_INVALID', [{ address: '10.0.0.2', labels: ['swap 15'] }], { to: 17, length: 52, table: 'mpls.0' }],
    ['MPLS_ACTION_INVALID', [{ address: '10.0.0.2', labels: ['pop'] }]],
    ['MPLS_ACTION_INVALID', [{ address: '10.0.0.2', labels: ['swap 17'] }]],
    ['MPLS_ACTION_INVALID', [{ address: '10.0.0.2', labels: ['merge 17'] }]],
    ['MPLS_ACTION_INVALID', [{ address: '10.0.0.2', labels: Array(17).fill('push 17') }]],
    [
      'MPLS_ACTION_INVALID',
      [{ address: '10.0.0.2', labels: ['pop', 'swap 17'] }],
      { to: 17, length: 52, table: 'mpls.0' },
    ],
    [
      'MPLS_ACTION_INVALID',
      [{ address: '10.0.0.2', labels: ['push 17', 'pop', 'push 18'] }],
      { to: 17, length: 52, table: 'mpls.0' },
    ],
    ['BANDWIDTH_USAGE_INVALID', [{ address: '10.0.0.2', bandwidth: 1 }, '10.0.0.3']],
    ['BANDWIDTH_USAGE_INVALID', [{ address: '10.0.0.2', bandwidth: -1 }]],
    ['BANDWIDTH_USAGE_INVALID', [{ address: '10.0.0.2', bandwidth: Number.NaN }]],
    ['BANDWIDTH_USAGE_INVALID', [{ address: '10.0.0.2', bandwidth: Number.POSITIVE_INFINITY }]],
    ['FLEXIBLE_TUNNEL_INVALID', [{ flexibleTunnelProfile: { name: 'nobody-made-it' } }]],
    ['FLEXIBLE_TUNNEL_INVALID', [{ flexibleTunnelProfile: {} }]],
    ['FLEXIBLE_TUNNEL_INVALID', [{ flexibleTunnelProfile: vxlan }]],
  ])('%s (%#)', async (status, via, where = { to: '20.0.0.0', length: 8 }) => {
    for (const method of ['add', 'update'] as const)
      expect(await world.api.put(method, 'a', ten, { ...where, via })).toEqual(refused(status, 1))
    expect(world.lines()).toHaveLength(1)
    expect([...world.rib.nextHops].every(one => one.uses > 0)).toBe(true)
  })

  test('of attributes that do not exist are refused', async () => {
    for (const wrong of [{ preferences: { 2: 1 } }, { tags: { 7: 1 } }, { colors: { 0: 1, 2: 1 } }])
      expect(await world.api.put('add', 'a', { ...ten, attributes: wrong })).toEqual(refused('REQUEST_INVALID'))
    expect(world.lines()).toEqual([])
  })

  test('that a table cannot take are refused, and nothing is left of them', async () => {
    // The last word of an IPv6 address is free to make the hash what it shall be.
    const inverse = (odd: number) => {
      let x = odd
      for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x))
      return x
    }
    const last = (k2: number) => {
      let hash = Math.imul(0x9e3779b9, 0x85ebca6b) ^ Math.imul(129, 0x27d4eb2f)
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
      hash = Math.imul(hash ^ (hash >>> 13) ^ k2, 0x2c1b3c6d)
      return (Math.imul(0, inverse(0x297a2d39)) ^ hash ^ (hash >>> 16)) >>> 0
    }
    const key = (k2: number) => {
      const bytes = Buffer.alloc(16)
      bytes.writeUInt32BE(k2, 8)
      bytes.writeUInt32BE(last(k2), 12)
      return bytes
    }
    expect(hashOf(0, 0, 9, last(9), 128)).toBe(0)
    const routes = Array.from({ length: 1100 }, (_, i) => route(key(i + 1), 128, { table: 'inet6.0' }))
    expect(await world.api.put('add', 'a', ...routes.slice(0, 1000))).toEqual(done(1000))
    const rest = routes.slice(1000).map(one => ({ ...one, attributes: { tags: { 0: 7 } } }))
    const answer = await world.api.put('add', 'a', ...rest)
    expect(answer.status).toBe('ROUTE_ADD_FAILED')
    expect(answer.completed).toBeLessThan(25)
    expect(world.rib.attributes.source('Static', 'a').routes).toBe(1000 + answer.completed)
    expect(await world.api.put('add', 'a', route('2001:db8:1::', 48, { table: 'inet6.0' }))).toEqual(done(1))
    expect(await world.api.remove('a', ...routes.slice(0, 1000))).toEqual(done(1000))
    expect(await world.api.put('add', 'a', ...routes.slice(0, 900))).toEqual(done(900))
  })

  test('are up to 1024 to one destination', async () => {
    const path = (cookie: number) => ({ ...ten, cookie: BigInt(cookie) })
    expect(await world.api.put('add', 'a', ...Array.from({ length: 1000 }, (_, i) => path(i)))).toEqual(done(1000))
    const more = Array.from({ length: 30 }, (_, i) => path(1000 + i))
    expect(await world.api.put('add', 'a', ...more)).toEqual(refused('ROUTE_ADD_FAILED', 24))
    expect(await world.api.put('update', 'a', path(5))).toEqual(done(1))
  })

  test('in bytes that are no message are not answered in band', async () => {
    const good = world.api.encode([ten])
    for (const bytes of [good.subarray(0, good.length - 1), Buffer.concat([good, Uint8Array.of(0x0a, 9)])])
      for (const method of ['add', 'modify', 'update', 'remove'] as const)
        await expect(world.api.raw(method, bytes, jetCall('a'))).rejects.toThrow(ConnectError)
    expect(world.lines()).toEqual([])
  })
})

test('both generations number alike what concerns both', () => {
  const shared = Object.entries(StatusCode).filter(([name]) => name in RouteOperStatus && Number.isNaN(Number(name)))
  const different = shared
    .filter(([name, number]) => (RouteOperStatus[name as 'SUCCESS'] as number) !== number)
    .map(([name]) => name)
  expect(different).toEqual(['FLEXIBLE_TUNNEL_INVALID', 'BANDWIDTH_USAGE_INVALID', 'ROUTE_API_VERSION_MISMATCH'])
})
