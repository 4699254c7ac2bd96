import { create, fromBinary } from '@bufbuild/protobuf'
import { FlexibleTunnelProfileSchema } from '@hangar/protocol/flexible_tunnel_profile_pb'
import { beforeEach, describe, expect, test } from 'vitest'
import { done, refused, route, startWriting, ten, type Writing } from '../testing/writing.ts'

describe.each(['classic', 'modern'] as const)('next hops of routes of the %s RIB API', generation => {
  let world: Writing
  beforeEach(async () => {
    world = await startWriting(generation)
  })

  test('have up to 64 gateways, by interface or by what other routes say', async () => {
    expect(
      await world.api.put(
        'add',
        'a',
        route('20.0.0.0', 8, { via: Array.from({ length: 64 }, (_, i) => `10.0.0.${i + 2}`) }),
      ),
    ).toEqual(done(1))
    expect(world.nextHop()!.legs).toHaveLength(64)
    await world.api.put(
      'update',
      'a',
      route('20.0.0.0', 8, { via: [{ address: '192.0.2.1', interfaceName: 'xe-0/0/0.0' }] }),
    )
    expect(world.lines()).toEqual(['20.0.0.0/8 *Static/5 192.0.2.1 xe-0/0/0.0'])
    await world.api.put('update', 'a', route('20.0.0.0', 8, { via: [{ interfaceName: 'xe-0/0/0.0' }] }))
    expect(world.lines()).toEqual(['20.0.0.0/8 *Static/5 xe-0/0/0.0'])
    await world.api.put(
      'update',
      'a',
      route('20.0.0.0', 8, { via: [{ address: '192.0.2.1', localAddress: '10.0.0.1' }] }),
    )
    expect(world.lines()).toEqual(['20.0.0.0/8 *Static/5 192.0.2.1 xe-0/0/0.0'])
  })

  test('wait, hidden, for what they rest on', async () => {
    await world.api.put('add', 'a', route('20.0.0.0', 8, { via: ['192.0.2.1'] }))
    await world.api.put('add', 'a', route('30.0.0.0', 8, { via: [{ interfaceName: 'xe-0/0/9.0' }] }))
    expect(world.lines()).toEqual(['20.0.0.0/8 -Static/5', '30.0.0.0/8 -Static/5'])
    await world.api.put('add', 'b', route('192.0.2.0', 24, { via: ['10.0.0.7'] }))
    expect(world.lines()[1]).toBe('20.0.0.0/8 *Static/5 10.0.0.7 xe-0/0/0.0')
    expect(world.kernel.ways('inet.0', `${0x14000000}/8`)).toEqual(['xe-0/0/0.0 10.0.0.7'])
    await world.api.remove('b', route('192.0.2.0', 24))
    expect(world.kernel.ways('inet.0', `${0x14000000}/8`)).toBeUndefined()
  })

  test('share their load by weight and bandwidth', async () => {
    await world.api.put(
      'add',
      'a',
      route('20.0.0.0', 8, {
        via: [
          { address: '10.0.0.2', weight: 0x8001, bandwidth: 1 },
          { address: '10.0.0.3', weight: 1, bandwidth: 3 },
        ],
      }),
    )
    expect(world.nextHop()!.legs).toMatchObject([
      { weight: 1, balance: 75 },
      { weight: 0x8001, balance: 25 },
    ])
  })

  test('push labels, outermost first, and swap or pop that of a packet before', async () => {
    const labels = ['push 100', 'noop', 'push 200']
    await world.api.put('add', 'a', route('20.0.0.0', 8, { via: [{ address: '10.0.0.2', labels }] }))
    const push = (label: number) => ({ operation: 'push', label })
    expect(world.nextHop()!.legs[0]!.labels).toEqual([push(100), push(200)])
    for (const given of [
      ['swap 17', 'push 100'],
      ['push 100', 'swap 17'],
    ]) {
      await world.api.put(
        'update',
        'a',
        route(17, 52, { table: 'mpls.0', via: [{ address: '10.0.0.2', labels: given }] }),
      )
      expect(world.nextHop('mpls.0')!.legs[0]!.labels).toEqual([push(100), { operation: 'swap', label: 17 }])
    }
    await world.api.put(
      'update',
      'a',
      route(17, 52, { table: 'mpls.0', via: [{ address: '2001:db8::2', labels: ['pop 3'] }] }),
    )
    expect(world.nextHop('mpls.0')!.legs[0]!.labels).toEqual([{ operation: 'pop', label: 0 }])
  })

  test('go through a flexible tunnel: a profile of their own, or one that is known by its name', async () => {
    const ends = (choice: 'Af' | 'af', format: string, text: string) => ({
      [choice]: { case: 'inet', value: { [format]: { case: 'addrString', value: text } } },
    })
    const profile = (choice: 'Af' | 'af', format: string) => ({
      name: 't1',
      interfaceName: 'fti0.0',
      attributes: {
        tunnelAttributesType: {
          case: 'vxlan',
          value: {
            vni: 100,
            flags: 8,
            sourcePrefix: ends(choice, format, '192.0.2.1'),
            destinationAddress: ends(choice, format, '192.0.2.2'),
            destinationUdpPort: 4789,
          },
        },
      },
    })
    const own = generation === 'classic' ? profile('Af', 'AddrFormat') : profile('af', 'addrFormat')
    world.routing.tunnels.add(create(FlexibleTunnelProfileSchema, profile('Af', 'AddrFormat') as object), 'a')
    world.links.up.add('fti0.0')
    const via = [{ flexibleTunnelProfile: own }]
    expect(await world.api.put('add', 'a', route('20.0.0.0', 8, { via, enableStats: true }))).toEqual(done(1))
    expect(world.lines()).toEqual(['20.0.0.0/8 *Static/5 fti0.0'])
    expect(world.attributes()).toMatchObject([{ enableStats: true }])
    const { spec } = world.nextHop()!
    const bytes = spec.kind === 'gateways' ? (spec.gateways[0]!.tunnel as Uint8Array) : new Uint8Array()
    expect(fromBinary(FlexibleTunnelProfileSchema, bytes)).toMatchObject({ name: 't1', interfaceName: 'fti0.0' })
    await world.api.put('update', 'a', route('20.0.0.0', 8, { via: [{ flexibleTunnelProfile: { name: 't1' } }] }))
    expect(world.nextHop()!.spec).toMatchObject({ gateways: [{ tunnel: 't1', interface: 'fti0.0' }] })
    await world.api.put('update', 'a', { ...ten, enableStats: true })
    expect(world.attributes()).toMatchObject([{ enableStats: false }, { enableStats: false }])
  })

  test('follow what an interface is now, also when the request is the same', async () => {
    const via = [{ interfaceName: 'xe-0/0/5.0' }]
    expect(await world.api.put('add', 'a', route('20.0.0.0', 8, { via }))).toEqual(refused('INTERFACE_INVALID'))
    world.links.up.add('xe-0/0/5.0')
    expect(await world.api.put('add', 'a', route('20.0.0.0', 8, { via }))).toEqual(done(1))
    world.links.up.delete('xe-0/0/5.0')
    expect(await world.api.put('add', 'a', route('30.0.0.0', 8, { via }))).toEqual(refused('INTERFACE_INVALID'))
  })
})
