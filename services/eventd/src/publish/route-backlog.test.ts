import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routeEvents } from '../testing/route-events.ts'
import { RouteFilters } from '../topic/route-filters.ts'
import { RouteBacklog } from './route-backlog.ts'

/** A backlog before a broker that takes `room` messages; topics as they come out. */
function backlog(...wanted: readonly string[]) {
  const filters = new RouteFilters()
  for (const filter of wanted) filters.put(filter)
  const state = { known: true, room: 1e9, dropped: 0, topics: [] as string[] }
  const routes = new RouteBacklog({
    filters,
    known: () => state.known,
    keepsUp: () => state.room > 0,
    hostname: () => 'r',
    publish(topic) {
      state.room--
      state.topics.push(topic.replace('/junos/events/kernel/route/', ''))
    },
    offer: ({ topic }) => void state.topics.push(topic),
    onDropped: count => {
      state.dropped += count
    },
  })
  return { filters, state, routes }
}

const everything = '/junos/events/kernel/route/#'
const batch = (first: number, count: number) =>
  routeEvents('inet', [{ routeType: 'user' }], ...Array.from({ length: count }, (_, i) => `add ${first + i}.0.0.0/8 0`))
const table = (name: string) => ({ topic: name, render: () => '' })
const many = (count: number) => routeEvents('mpls', [{}], ...Array(count).fill('add 16/20 0'))

async function turns() {
  for (let i = 0; i < 100; i++) await new Promise(setImmediate)
}

describe('RouteBacklog', () => {
  it('keeps nothing that nobody wants', () => {
    const { routes, state } = backlog('/junos/events/kernel/route-table/#')
    routes.push(batch(1, 2), 0)
    state.known = false
    routes.push(batch(3, 1), 0)
    expect([state.topics, state.dropped]).toEqual([[], 0])
  })

  it('publishes what somebody wants', async () => {
    const { routes, state } = backlog(
      '/junos/events/kernel/route/+/inet/2.0.0.0/8',
      '/junos/events/kernel/route/delete/#',
    )
    routes.push(batch(1, 3), 0)
    routes.push(routeEvents('inet6', [{}], 'delete ::/0 0', 'add ::/0 0'), 0)
    await turns()
    expect(state.topics).toEqual(['add/inet/2.0.0.0/8', 'delete/inet6/::/0'])
  })

  it('waits for what is wanted, and for the broker, and loses nothing of it', async () => {
    const { routes, state } = backlog(everything)
    state.known = false
    routes.pushEvent(table('table 1'))
    routes.push(batch(1, 3), 0)
    routes.pushEvent(table('table 2'))
    await turns()
    expect(state.topics).toEqual([])
    state.known = true
    state.room = 2
    routes.wake()
    await turns()
    expect(state.topics).toEqual(['table 1', 'add/inet/1.0.0.0/8', 'add/inet/2.0.0.0/8'])
    routes.pushEvent(table('table 3'))
    state.room = 1e9
    routes.wake()
    await turns()
    expect(state.topics.slice(3)).toEqual(['add/inet/3.0.0.0/8', 'table 2', 'table 3'])
  })

  it('gives everybody else a turn within a batch', async () => {
    const { routes, state } = backlog(everything)
    routes.push(many(4096), 0)
    const first = state.topics.length
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThanOrEqual(128)
    await new Promise(setImmediate)
    expect(state.topics.length).toBeGreaterThan(first)
    expect(state.topics.length).toBeLessThanOrEqual(3 * 128)
    await turns()
    expect(state.topics).toHaveLength(4096)
  })

  it('counts each route as published, unwanted or dropped, and holds a bounded number', () => {
    const { routes, state } = backlog(everything)
    state.room = 10
    const one = many(4096)
    const pushed = 2 ** 10
    for (let i = 0; i < pushed; i++) routes.push(one, 0)
    expect(state.topics).toHaveLength(10)
    const held = pushed * 4096 - 10 - state.dropped
    expect(state.dropped).toBeGreaterThan(0)
    expect(held * 10).toBeLessThanOrEqual(32 * 2 ** 20)
    expect(held * 10).toBeGreaterThan(31 * 2 ** 20)
  })

  it('puts out in order what was put in, in any weather', async () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ room: fc.integer({ min: 0, max: 4 }) }),
      fc.record({ known: fc.boolean() }),
      fc.constant({ event: true }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const { routes, state } = backlog(everything)
        const expected: string[] = []
        let octet = 0
        for (const one of steps) {
          if ('push' in one) {
            routes.push(batch(octet, one.push), 0)
            for (let i = 0; i < one.push; i++) expected.push(`add/inet/${octet++}.0.0.0/8`)
          } else if ('event' in one) {
            expected.push(`table ${octet}`)
            routes.pushEvent(table(`table ${octet}`))
          } else {
            Object.assign(state, one)
            routes.wake()
          }
          await new Promise(setImmediate)
          expect(state.topics).toEqual(expected.slice(0, state.topics.length))
        }
        Object.assign(state, { known: true, room: 1e9 })
        routes.wake()
        await turns()
        expect(state.topics).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})
