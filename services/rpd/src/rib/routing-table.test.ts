import { parseAddress } from '@hangar/inet'
import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { FakeLinks } from '../testing/routing.ts'
import type { AttributeValues } from './attributes.ts'
import type { NextHopSpec } from './next-hop.ts'
import { Rib } from './rib.ts'
import type { RoutingTable } from './routing-table.ts'
import { compareRoutes } from './selection.ts'
import { eachTouched } from './touched.ts'

/** Interfaces that are up and down: next hops that can be used and that cannot. */
const discard: NextHopSpec = { kind: 'discard' }
const via = (ifl: string, gateway = '10.0.0.2'): NextHopSpec => ({
  kind: 'gateways',
  gateways: [{ address: parseAddress(gateway)!, interface: ifl, resolve: 'recursive' }],
})

type Route = {
  k0: number
  length: number
  client: string
  cookie: number
  values: AttributeValues
  nextHop: NextHopSpec
}
const plain: AttributeValues = { preference: 5, preference2: 100 }

describe('a table', () => {
  let rib: Rib
  let links: FakeLinks
  let clock: ManualClock
  let table: RoutingTable
  beforeEach(() => {
    clock = new ManualClock()
    links = new FakeLinks()
    links.up.add('up')
    links.down.add('down')
    rib = new Rib({ clock, links })
    table = rib.addTable('inet.0', 'inet')
  })

  const source = (client: string) => rib.attributes.source('Static', client)
  const find = (k0: number, length: number) => table.find(k0, 0, 0, 0, length)
  const put = (route: Partial<Route> & { k0: number; length: number }): number => {
    const { k0, length, client = 'a', cookie = 0, values = plain, nextHop = discard } = route
    const attributes = rib.attributes.intern(source(client), values)
    const hop = rib.nextHops.intern('master', nextHop)
    const head = find(k0, length)
    const row = table.routeOf(head, source(client), cookie, 0)
    if (row < 0) return table.insert(head, k0, 0, 0, 0, length, attributes, hop, cookie, 0)
    table.change(row, attributes, hop)
    return row
  }
  const chain = (k0: number, length: number): number[] => {
    const all: number[] = []
    for (let row = find(k0, length); row >= 0; row = table.rows.next(row)) all.push(row)
    return all
  }
  const touched = () => {
    const seen: string[] = []
    eachTouched(table.touched.take(), (k0, _k1, _k2, _k3, length) => seen.push(`${k0}/${length}`))
    return seen
  }

  test('has the routes of a destination in the order of choice', () => {
    const rows = [20, 10, 30, 5].map((preference, i) =>
      put({ k0: 1, length: 32, cookie: i, values: { ...plain, preference } }),
    )
    expect(chain(1, 32)).toEqual([rows[3], rows[1], rows[0], rows[2]])
    expect(rows.map(row => table.isActive(row))).toEqual([false, false, false, true])
    expect([table.destinations, table.active, table.rows.live]).toEqual([1, 1, 4])
  })

  test('keeps the older of two equals in front', () => {
    const [first, second] = [put({ k0: 1, length: 32 }), put({ k0: 1, length: 32, cookie: 1 })]
    expect(chain(1, 32)).toEqual([first, second])
    table.remove(first)
    expect(chain(1, 32)).toEqual([second])
    expect(table.isActive(second)).toBe(true)
    const third = put({ k0: 1, length: 32 })
    expect(chain(1, 32)).toEqual([second, third])
  })

  test('forwards by no route that cannot be used', () => {
    const hidden = put({ k0: 1, length: 32, nextHop: via('down') })
    expect([table.active, table.hidden]).toEqual([0, 1])
    const usable = put({ k0: 1, length: 32, cookie: 1, values: { ...plain, preference: 200 } })
    expect(chain(1, 32)).toEqual([usable, hidden])
    expect([table.active, table.hidden]).toEqual([1, 1])
    links.up.add('down')
    rib.linksChanged()
    expect(chain(1, 32)).toEqual([hidden, usable])
    expect([table.isActive(hidden), table.isActive(usable), table.hidden]).toEqual([true, false, 0])
    links.up.clear()
    rib.linksChanged()
    expect(chain(1, 32)).toEqual([usable, hidden])
    expect([table.active, table.hidden]).toEqual([1, 1])
  })

  test('a changed route takes its new place, and is as old as its change', async () => {
    const [a, b] = [put({ k0: 1, length: 32 }), put({ k0: 1, length: 32, cookie: 1 })]
    await clock.advance(5000)
    expect(put({ k0: 1, length: 32, values: { ...plain, preference: 7 } })).toBe(a)
    expect(chain(1, 32)).toEqual([b, a])
    expect([table.rows.since(a), table.rows.since(b)]).toEqual([5, 0])
  })

  test('says which destinations were touched, and which of their routes', () => {
    put({ k0: 1, length: 32 })
    const row = put({ k0: 2, length: 31 })
    expect(touched()).toEqual(['1/32', '2/31'])
    expect(table.activeOf(row, 2, 0, 0, 0, 31)).toBe(row)
    expect(table.activeOf(row, 1, 0, 0, 0, 32)).toBe(find(1, 32))
    table.remove(row)
    expect(touched()).toEqual(['2/31'])
    expect(table.activeOf(row, 2, 0, 0, 0, 31)).toBe(-1)
  })

  test('tells paths apart by source and by all 64 bits of the cookie', () => {
    const attributes = rib.attributes.intern(source('a'), plain)
    const hop = rib.nextHops.intern('master', discard)
    const first = table.insert(-1, 1, 0, 0, 0, 32, attributes, hop, 1, 0)
    const second = table.insert(first, 1, 0, 0, 0, 32, attributes, hop, 1, 0xffffffff)
    const head = find(1, 32)
    expect(table.routeOf(head, source('a'), 1, 0)).toBe(first)
    expect(table.routeOf(head, source('a'), 1, 0xffffffff)).toBe(second)
    expect(table.routeOf(head, source('a'), 1, 1)).toBe(-1)
    expect(table.routeOf(head, source('b'), 1, 0)).toBe(-1)
    expect(table.routeOf(-1, source('a'), 1, 0)).toBe(-1)
  })

  test('finds the longest destination that forwards, and the longest at all', () => {
    put({ k0: 0, length: 0 })
    put({ k0: 0x0a000000, length: 8 })
    const hidden = put({ k0: 0x0a0a0000, length: 16, nextHop: via('down') })
    const length = (row: number) => (row < 0 ? -1 : table.rows.length(row))
    expect(length(table.longestMatch(0x0a0a0001, 0, 0, 0))).toBe(8)
    expect(length(table.longestMatch(0x0b000001, 0, 0, 0))).toBe(0)
    expect(table.bestMatch(0x0a0a0000, 0, 0, 0, 24)).toBe(hidden)
    expect(length(table.bestMatch(0x0a0a0000, 0, 0, 0, 15))).toBe(8)
    expect(length(table.longestMatch(0x0a0a0001, 0, 0, 0, row => length(row) === 0))).toBe(0)
  })

  test('is a map of routes by destination, source and cookie, whatever is done in which order', () => {
    const route = fc.record({
      k0: fc.constantFrom(0, 0x0a000000, 0x0a800000),
      length: fc.constantFrom(9, 10),
      client: fc.constantFrom('a', 'b'),
      cookie: fc.nat(1),
      values: fc.record({
        preference: fc.constantFrom(5, 6),
        preference2: fc.constantFrom(100, -1),
        metric: fc.constantFrom(undefined, 1),
      }),
      nextHop: fc.constantFrom(discard, via('up'), via('up', '10.0.0.1'), via('down'), via('flaps')),
    })
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ put: route }) },
      { weight: 3, arbitrary: fc.record({ remove: route }) },
      { weight: 1, arbitrary: fc.record({ flap: fc.boolean() }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        links = new FakeLinks()
        links.up.add('up')
        rib = new Rib({ clock, links })
        table = rib.addTable('inet.0', 'inet')
        const model = new Map<string, Route>()
        for (const one of steps) {
          if ('flap' in one) {
            links.up[one.flap ? 'add' : 'delete']('flaps')
            rib.linksChanged()
            continue
          }
          const given = 'put' in one ? one.put : one.remove
          const key = `${given.k0}/${given.length} ${given.client} ${given.cookie}`
          if ('put' in one) {
            put(given)
            model.set(key, given)
          } else {
            const row = table.routeOf(find(given.k0, given.length), source(given.client), given.cookie, 0)
            expect(row >= 0).toBe(model.delete(key))
            if (row >= 0) table.remove(row)
          }
        }
        rib.settle()
        const destinations = new Set([...model.values()].map(({ k0, length }) => `${k0}/${length}`))
        expect(table.destinations).toBe(destinations.size)
        expect(table.rows.live).toBe(model.size)
        const usable = ({ nextHop }: Route) =>
          nextHop.kind === 'discard' || (nextHop.kind === 'gateways' && links.isUp(nextHop.gateways[0]!.interface!))
        expect(table.hidden).toBe([...model.values()].filter(one => !usable(one)).length)
        let active = 0
        for (const head of table.heads()) {
          const rows = chain(table.rows.k0(head), table.rows.length(head))
          expect(rows[0]).toBe(head)
          rows.forEach((row, i) => {
            const { source: from } = table.attributes(row)
            const key = `${table.rows.k0(row)}/${table.rows.length(row)} ${from.client} ${table.rows.cookieLow(row)}`
            expect(table.attributes(row).values).toMatchObject(model.get(key)!.values)
            expect(table.nextHop(row).spec).toEqual(model.get(key)!.nextHop)
            expect(table.isActive(row)).toBe(i === 0 && usable(model.get(key)!))
            if (table.isActive(row)) active++
            if (i > 0) expect(compareRoutes(table.contender(rows[i - 1]!), table.contender(row))).toBeLessThanOrEqual(0)
          })
        }
        expect(table.active).toBe(active)
        const uses = [...rib.nextHops].reduce((sum, one) => sum + one.uses, 0)
        expect(uses).toBe(model.size)
        for (const client of ['a', 'b'])
          expect(source(client).routes).toBe([...model.values()].filter(one => one.client === client).length)
      }),
      { numRuns: 200 },
    )
  })
})

test('labels: one of 20 bits, or all of them', () => {
  const rib = new Rib({ clock: new ManualClock(), links: new FakeLinks() })
  const table = rib.addTable('mpls.0', 'mpls')
  const attributes = rib.attributes.intern(rib.attributes.source('Static', 'a'), plain)
  const hop = rib.nextHops.intern('master', discard)
  const one = table.insert(-1, 299776, 0, 0, 0, 20, attributes, hop, 0, 0)
  const any = table.insert(-1, 0, 0, 0, 0, 0, attributes, hop, 0, 0)
  expect(table.longestMatch(299776, 0, 0, 0)).toBe(one)
  expect(table.longestMatch(299777, 0, 0, 0)).toBe(any)
})

test('IPv6: all four words count', () => {
  const rib = new Rib({ clock: new ManualClock(), links: new FakeLinks() })
  const table = rib.addTable('inet6.0', 'inet6')
  const attributes = rib.attributes.intern(rib.attributes.source('Static', 'a'), plain)
  const hop = rib.nextHops.intern('master', discard)
  const rows = [0, 32, 64, 96, 127, 128].map(length => {
    const word = (i: number) => (length >= 32 * (i + 1) ? 0x20010db8 + i : 0)
    const last = length === 127 ? 2 : length === 128 ? 0x20010dbb : word(3)
    return table.insert(-1, word(0), word(1), word(2), length > 96 ? last : 0, length, attributes, hop, 0, 0)
  })
  expect(table.longestMatch(0x20010db8, 0x20010db9, 0x20010dba, 0x20010dbb)).toBe(rows[5])
  expect(table.longestMatch(0x20010db8, 0x20010db9, 0x20010dba, 3)).toBe(rows[4])
  expect(table.longestMatch(0x20010db8, 0x20010db9, 0x20010dba, 4)).toBe(rows[3])
  expect(table.longestMatch(0x20010db8, 0x20010db9, 1, 4)).toBe(rows[2])
  expect(table.longestMatch(0x20010db8, 1, 1, 4)).toBe(rows[1])
  expect(table.longestMatch(1, 1, 1, 4)).toBe(rows[0])
})
