import { Code, ConnectError } from '@connectrpc/connect'
import { ManualClock, silentLogger } from '@hangar/runtime'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { deleteRoute, putRoute } from '../rib/put-route.ts'
import { Routing } from '../routing.ts'
import { FakeKernel } from '../testing/kernel.ts'

const unavailable = new ConnectError('kernel is gone', Code.Unavailable)
const nextHops: NextHopSpec[] = [{ kind: 'discard' }, { kind: 'reject' }, { kind: 'receive' }]

/** rpd's inside beside a kernel that it has not heard of yet. */
function start(kernel = new FakeKernel(), incarnation = 'rpd-1') {
  const clock = new ManualClock()
  const routing = new Routing({ clock, log: silentLogger, kernel: kernel.client, incarnation })
  const { rib, forwarding } = routing
  const source = rib.attributes.source('Static')
  const at = (k0: number) => ({ words: [k0, 0, 0, 0] as const, length: 32, source })
  return {
    kernel,
    clock,
    routing,
    forwarding,
    put(k0: number, nextHop: NextHopSpec = nextHops[0]!, table = 'inet.0') {
      const found = rib.table(table)
      if (found) putRoute(rib, found, { ...at(k0), values: { preference: 5, preference2: 0 }, nextHop })
    },
    remove(k0: number, table = 'inet.0') {
      const found = rib.table(table)
      if (found) deleteRoute(found, at(k0))
    },
    held: (table = 'inet.0') => [...(kernel.tables.get(table)?.keys() ?? [])].sort(),
  }
}

describe('an rpd that starts beside a kernel with the routes of an earlier one', () => {
  const second = async () => {
    const first = start()
    first.forwarding.kernelUp('kernel-1')
    first.forwarding.tablesComplete()
    for (const k0 of [1, 2]) first.put(k0)
    await first.routing.committed()
    const next = start(first.kernel, 'rpd-2')
    next.forwarding.kernelUp('kernel-1')
    await next.routing.committed()
    return next
  }

  test('drops them when its own tables are complete, and not before', async () => {
    const { put, held, routing, forwarding } = await second()
    put(3)
    await routing.committed()
    expect(held()).toEqual(['1/32', '2/32', '3/32'])
    put(2)
    forwarding.tablesComplete()
    await routing.committed()
    expect(held()).toEqual(['2/32', '3/32'])
  })

  test('drops them later when the kernel did not hear of it', async () => {
    const { held, kernel, clock, routing, forwarding } = await second()
    kernel.failure = unavailable
    forwarding.tablesComplete()
    const committed = routing.committed()
    await clock.advance(1000)
    expect(held()).toEqual(['1/32', '2/32'])
    kernel.failure = undefined
    await clock.advance(1000)
    await committed
    expect(held()).toEqual([])
  })
})

test('who waits for a kernel that dies is answered; the next one gets everything, and is waited for again', async () => {
  const { put, held, kernel, clock, routing, forwarding } = start()
  forwarding.kernelUp('kernel-1')
  forwarding.tablesComplete()
  await routing.committed()
  kernel.failure = unavailable
  put(1)
  let answered = 0
  void routing.committed().then(() => answered++)
  await clock.advance(10_000)
  expect(answered).toBe(0)
  forwarding.kernelDown('kernel-1')
  await clock.advance(0)
  expect(answered).toBe(1)
  put(2)
  await routing.committed()
  kernel.failure = undefined
  kernel.restart()
  forwarding.kernelUp('kernel-2')
  put(3)
  await clock.advance(1000)
  await routing.committed()
  expect(held()).toEqual(['1/32', '2/32', '3/32'])
})

test('a next hop that went just before another kernel came is not told to that one', async () => {
  const { put, remove, held, kernel, routing, forwarding } = start()
  forwarding.kernelUp('kernel-1')
  forwarding.tablesComplete()
  put(1)
  put(2, nextHops[1])
  await routing.committed()
  kernel.restart()
  remove(1)
  forwarding.kernelUp('kernel-2')
  const before = kernel.requests
  await routing.committed()
  expect(kernel.requests - before).toBeLessThanOrEqual(2)
  expect(held()).toEqual(['2/32'])
  expect([...kernel.nextHops.values()].map(({ id }) => id)).toEqual([...new Set(kernel.tables.get('inet.0')!.values())])
})

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: fc.nat(5), nextHop: fc.constantFrom(...nextHops) }) },
  { weight: 4, arbitrary: fc.record({ remove: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constantFrom('add table', 'remove table') },
  { weight: 2, arbitrary: fc.constantFrom('works', 'fails', 'loses answers') },
  { weight: 2, arbitrary: fc.constantFrom('restarts', 'is seen', 'is not seen') },
  { weight: 1, arbitrary: fc.constant('complete') },
  { weight: 4, arbitrary: fc.record({ turn: fc.constantFrom(0, 100) }) },
)

test('whatever befalls the kernel, in the end it holds what the tables say and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const { put, remove, kernel, clock, routing, forwarding } = start()
      const { rib } = routing
      let incarnation = 1
      for (const one of steps) {
        if (one === 'add table') rib.addTable('red.inet.0', 'inet', 'red')
        else if (one === 'remove table') rib.removeTable('red.inet.0')
        else if (one === 'works' || one === 'fails' || one === 'loses answers') {
          kernel.failure = one === 'fails' ? unavailable : undefined
          kernel.lost = one === 'loses answers' ? unavailable : undefined
        } else if (one === 'restarts') {
          incarnation++
          kernel.restart()
        } else if (one === 'is seen') forwarding.kernelUp(`kernel-${incarnation}`)
        else if (one === 'is not seen') forwarding.kernelDown(`kernel-${incarnation}`)
        else if (one === 'complete') forwarding.tablesComplete()
        else if (typeof one === 'string') throw new Error(one)
        else if ('turn' in one) await clock.advance(one.turn)
        else
          for (const table of ['inet.0', 'red.inet.0'])
            if ('put' in one) put(one.put, one.nextHop, table)
            else remove(one.remove, table)
        if (typeof one !== 'string' && !('turn' in one)) void rib.soon()
      }
      kernel.failure = undefined
      kernel.lost = undefined
      forwarding.kernelUp(`kernel-${incarnation}`)
      forwarding.tablesComplete()
      await clock.advance(1000)
      await routing.committed()

      const used = new Set<number>()
      for (const table of rib.tables()) {
        if (!table.name.endsWith('.0')) continue
        const routes = new Map<string, string>()
        for (const row of table.heads()) routes.set(`${table.rows.k0(row)}/32`, table.nextHop(row).key)
        const held = new Map<string, string>()
        for (const [key, id] of kernel.tables.get(table.name) ?? []) {
          used.add(id)
          held.set(key, rib.nextHops.at(id).key)
        }
        expect(held).toEqual(routes)
      }
      expect(kernel.tables.has('red.inet.0')).toBe(rib.table('red.inet.0') !== undefined)
      expect(new Set(kernel.nextHops.keys())).toEqual(used)
    }),
    { numRuns: 300 },
  )
})
