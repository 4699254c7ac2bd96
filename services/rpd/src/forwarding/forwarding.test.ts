import { beforeEach, describe, expect, test } from 'vitest'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import { testRouting } from '../testing/routing.ts'

const discard: NextHopSpec = { kind: 'discard' }

describe('tables that come and go within one turn', () => {
  let world: Awaited<ReturnType<typeof testRouting>>
  beforeEach(async () => (world = await testRouting()))

  const put = (table: string, k0: number, nextHop: NextHopSpec = discard) => {
    const { rib } = world.routing
    putRoute(rib, rib.table(table)!, {
      words: [k0, 0, 0, 0],
      length: 32,
      source: rib.attributes.source('Static'),
      values: { preference: 5, preference2: 0 },
      nextHop,
    })
  }
  const held = (table: string) => [...(world.kernel.tables.get(table)?.keys() ?? ['no table'])]

  test('one of the same name takes the place of another', async () => {
    const { rib } = world.routing
    rib.addTable('red.inet.0', 'inet', 'red')
    put('red.inet.0', 1)
    await world.routing.committed()
    rib.removeTable('red.inet.0')
    rib.addTable('red.inet.0', 'inet', 'red')
    put('red.inet.0', 2)
    put('inet.0', 3)
    await world.routing.committed()
    expect(held('red.inet.0')).toEqual(['2/32'])
    expect(held('inet.0')).toEqual(['3/32'])
    put('red.inet.0', 4)
    await world.routing.committed()
    expect(held('red.inet.0')).toEqual(['2/32', '4/32'])
  })

  test('one that is gone at once leaves nothing behind', async () => {
    const { rib } = world.routing
    rib.addTable('red.inet.0', 'inet', 'red')
    put('red.inet.0', 1)
    rib.removeTable('red.inet.0')
    put('inet.0', 2)
    await world.routing.committed()
    expect(held('red.inet.0')).toEqual(['no table'])
    expect(held('inet.0')).toEqual(['2/32'])
    expect([...world.kernel.nextHops.keys()]).toHaveLength(1)
  })

  test('one goes with more next hops than a call can have arguments', async () => {
    const { rib } = world.routing
    rib.addTable('red.inet.0', 'inet', 'red')
    for (let i = 0; i < 150_000; i++) {
      const address = { family: 'inet', bytes: Uint8Array.of(9, i >> 16, i >> 8, i) } as const
      put('red.inet.0', i, { kind: 'gateways', gateways: [{ address, resolve: 'connected' }], otherwise: 'reject' })
    }
    await world.routing.committed()
    expect(world.kernel.nextHops.size).toBe(150_000)
    rib.removeTable('red.inet.0')
    await world.routing.committed()
    expect(world.kernel.nextHops.size).toBe(0)
  })
})
