import type { ProgramForwardingRequest } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programFault } from './check-program.ts'
import { addressText } from './destination-text.ts'
import { Forwarding } from './forwarding.ts'
import { batch, gateway, inet0, inet60, mpls0, type PlainRoute, request } from './testing/requests.ts'
import { RouteMirror } from './testing/route-mirror.ts'

const destinations: Readonly<Record<number, readonly string[]>> = {
  1: [
    '0.0.0.0/0',
    '10.0.0.0/8',
    '10.0.0.0/9',
    '10.128.0.0/9',
    '10.1.1.0/24',
    '10.1.1.1/32',
    '0.0.0.0/32',
    '255.255.255.255/32',
  ],
  2: ['::/0', '2001:db8::/32', '2001:db8::/64', '2001:db8::1/128', '::/128', 'ffff::/16'],
  3: ['0/0', '0/20', '16/20', '1048575/20'],
}
const tables = [inet0, inet60, mpls0]

/** What rpd wants, as simple as can be: it starts anew with other numbers, forgets, and says all or what is different. */
class Sender {
  /** By table name, by destination: the gateway. */
  wanted = new Map<string, Map<string, string>>()
  /** What may be asked of the kernel. */
  requests: ProgramForwardingRequest[] = []
  /** rpd's numbers: of tables `offset` more than the lists say, of next hops by gateway. */
  offset = 0
  nextHops = new Map<string, number>()

  set(table: number, destination: string, gatewayText: string): void {
    const { name } = tables[table - 1]!
    const added = !this.wanted.has(name)
    const routes = this.wanted.get(name) ?? new Map<string, string>()
    this.wanted.set(name, routes)
    if (gatewayText === '') routes.delete(destination)
    else routes.set(destination, gatewayText)
    const known = this.nextHops.has(gatewayText)
    const id = gatewayText === '' ? 0 : this.#number(gatewayText)
    this.requests.push(
      request({
        tables: added ? [this.#entry(table)] : [],
        nextHops: gatewayText === '' || known ? [] : [gateway(id, gatewayText)],
        routes: [batch(table + this.offset, [destination, id])],
      }),
    )
  }

  removeTable(table: number): void {
    if (this.wanted.delete(tables[table - 1]!.name)) {
      this.requests.push(request({ removedTables: [table + this.offset] }))
    }
  }

  /** Next hops that no route uses get new numbers when they come again. */
  forgetUnused(): void {
    const used = new Set([...this.wanted.values()].flatMap(routes => [...routes.values()]))
    const unused = [...this.nextHops].filter(([text]) => !used.has(text))
    for (const [text] of unused) this.nextHops.delete(text)
    this.requests.push(request({ removedNextHops: unused.map(([, id]) => id) }))
  }

  /** All that is wanted, in requests of a few routes. */
  restart(offset: number, size: number): void {
    this.offset = offset
    this.nextHops = new Map()
    const named = tables.map((_, i) => i + 1).filter(table => this.wanted.has(tables[table - 1]!.name))
    const all = named.flatMap(table =>
      [...this.wanted.get(tables[table - 1]!.name)!].map(([destination, text]) => ({ table, destination, text })),
    )
    this.requests.push(request({ snapshot: true, tables: named.map(table => this.#entry(table)) }))
    for (let start = 0; start < all.length; start += size) {
      const part = all.slice(start, start + size)
      this.requests.push(
        request({
          nextHops: part
            .filter(({ text }) => !this.nextHops.has(text))
            .map(({ text }) => gateway(this.#number(text), text)),
          routes: part.map(({ table, destination, text }) =>
            batch(table + offset, [destination, this.#number(text)] satisfies PlainRoute),
          ),
        }),
      )
    }
    this.requests.push(request({ synced: true }))
  }

  #entry(table: number) {
    return { ...tables[table - 1]!, id: table + this.offset }
  }

  #number(text: string): number {
    const numbers = new Set(this.nextHops.values())
    let id = this.nextHops.get(text) ?? 1
    while (!this.nextHops.has(text) && numbers.has(id)) id++
    this.nextHops.set(text, id)
    return id
  }
}

/** By table name, by destination: the gateway that packets go to. */
function held(forwarding: Forwarding): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const { name, family, routes } of forwarding.tables) {
    const own = new Map<string, string>()
    for (let cursor = 0; cursor >= 0; ) {
      cursor = routes.scan(cursor, 2, (address, length, place) => {
        own.set(`${addressText(family, address, 0)}/${length}`, forwarding.nextHops.at(place).legs[0]!.gateway)
      })
    }
    expect(own.size).toBe(routes.size)
    found.set(name, own)
  }
  return found
}

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(1, 2, 3), fc.nat(7), fc.constantFrom('', '192.0.2.1', '192.0.2.2', '192.0.2.3'))
      .map(([table, index, text]) => ({ set: { table, index, text } })),
  },
  { weight: 1, arbitrary: fc.record({ removeTable: fc.constantFrom(1, 2, 3) }) },
  { weight: 1, arbitrary: fc.constant({ forgetUnused: true }) },
  { weight: 1, arbitrary: fc.record({ restart: fc.nat(3), size: fc.integer({ min: 1, max: 4 }) }) },
  // rpd dies with what it was about to say, and the next one knows what it wanted.
  { weight: 1, arbitrary: fc.record({ lose: fc.nat(4) }) },
)

function act(sender: Sender, one: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
  if ('set' in one) {
    const all = destinations[one.set.table]!
    sender.set(one.set.table, all[one.set.index % all.length]!, one.set.text)
  } else if ('removeTable' in one) sender.removeTable(one.removeTable)
  else if ('forgetUnused' in one) sender.forgetUnused()
  else if ('restart' in one) sender.restart(one.restart, one.size)
  else {
    sender.requests.splice(-one.lose)
    sender.restart(1, 2)
  }
}

describe('any sequence of batches, restarts and snapshots', () => {
  const run = (steps: Parameters<typeof act>[1][]) => {
    const forwarding = new Forwarding(() => 0)
    const mirror = new RouteMirror()
    const sender = new Sender()
    for (const one of steps) act(sender, one)
    sender.restart(2, 3)
    for (const one of sender.requests) {
      expect(programFault(one, forwarding)).toBeUndefined()
      for (const event of forwarding.program(one)) if (event) mirror.take(event)
    }
    return { forwarding, mirror, sender }
  }

  test('leaves what is wanted, and its events tell the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const { forwarding, mirror, sender } = run(steps)
        expect(held(forwarding)).toEqual(sender.wanted)
        const told = [...mirror.tables].map(([name, routes]) => [
          name,
          new Map([...routes].map(([destination, way]) => [destination, way.replace('user ', '')])),
        ])
        expect(new Map(told as [string, Map<string, string>][])).toEqual(sender.wanted)
        expect(forwarding.nextHops.staleUses).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  test('a snapshot of what is there already says nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const { forwarding, sender } = run(steps)
        sender.requests = []
        sender.restart(5, 2)
        const events = sender.requests.flatMap(one => [...forwarding.program(one)])
        expect(events.filter(Boolean)).toEqual([])
      }),
    )
  })
})

test('a route whose next hop was removed under it goes on leading there', () => {
  const forwarding = new Forwarding(() => 0)
  const mirror = new RouteMirror()
  const program = (given: Parameters<typeof request>[0]) => {
    for (const event of forwarding.program(request(given))) if (event) mirror.take(event)
  }
  program({
    snapshot: true,
    tables: [inet0],
    nextHops: [gateway(1, '192.0.2.1')],
    routes: [batch(1, ['10.0.0.0/8', 1])],
  })
  program({ removedNextHops: [1] })
  program({ nextHops: [gateway(1, '192.0.2.2')], routes: [batch(1, ['11.0.0.0/8', 1])] })
  expect(held(forwarding).get('inet.0')).toEqual(
    new Map([
      ['10.0.0.0/8', '192.0.2.1'],
      ['11.0.0.0/8', '192.0.2.2'],
    ]),
  )
  program({ routes: [batch(1, ['10.0.0.0/8', 1])] })
  expect(mirror.lines.at(-1)).toBe('change inet.0 10.0.0.0/8 user 192.0.2.2')
})

test('work comes in slices of a bounded size, whatever the size of a request', () => {
  const forwarding = new Forwarding(() => 0)
  const routes = Array.from({ length: 10_000 }, (_, i): PlainRoute => [`10.${i >> 8}.${i & 255}.0/24`, 1])
  const program = (given: Parameters<typeof request>[0]) =>
    [...forwarding.program(request(given))].map(event =>
      event?.object.case === 'routes' ? event.object.value.operations.length : event?.object.case,
    )
  const slices = [...Array<number>(19).fill(512), 272]
  const all = { tables: [inet0], nextHops: [gateway(1, '192.0.2.1')], routes: [batch(1, ...routes)] }
  expect(program({ snapshot: true, ...all })).toEqual(['routeTable', ...slices])
  expect(program({ synced: true })).toEqual([])
  expect(program({ snapshot: true, ...all }).filter(Boolean)).toEqual([])
  expect(program({ snapshot: true, synced: true, tables: [inet0] }).filter(Boolean)).toEqual(slices)
})
