import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventGate } from './event-gate.ts'
import { RouteFilters, wants } from './route-filters.ts'
import { matches } from './topic-filter.ts'

/** The rules as one regular expression: slower, and read straight from [MQTT 4.7]. */
function model(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  const level = (text: string) => (text === '+' ? '[^/]*' : text.replace(/[.*?^${}()|[\]\\]/g, '\\$&'))
  const levels = filter.split('/')
  if (levels.at(-1) !== '#') return new RegExp(`^${levels.map(level).join('/')}$`).test(topic)
  const above = levels.slice(0, -1).map(level).join('/')
  return levels.length === 1 || new RegExp(`^${above}(/.*)?$`).test(topic)
}

describe('matches', () => {
  it.each([
    ['/junos/events/#', '/junos/events/syslog/SYSTEM', true],
    [
      '/junos/events/kernel/interfaces/ifa/add/#',
      '/junos/events/kernel/interfaces/ifa/add/xe-0/0/0.0/inet/192.168.10.1/32',
      true,
    ],
    ['/junos/events/kernel/interfaces/ifl/+/+/+/+', '/junos/events/kernel/interfaces/ifl/add/xe-0/0/0.0', true],
    ['/junos/events/kernel/interfaces/ifl/+/+/+/+', '/junos/events/kernel/interfaces/ifl/add/em0.0', false],
    ['junos/events/#', '/junos/events/syslog/SYSTEM', false],
    ['+/junos/events/syslog/+', '/junos/events/syslog/SYSTEM', true],
    ['/junos/events/syslog/SYSTEM/#', '/junos/events/syslog/SYSTEM', true],
    ['#', '/junos/events/syslog/SYSTEM', true],
    ['#', '$SYS/a', false],
    ['$SYS/#', '$SYS/a', true],
  ])('%s against %s: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected)
  })

  it('agrees with a plain reading of the rules', () => {
    const level = fc.constantFrom('', 'a', 'b', 'xe-0', '$S', 'a.b')
    const topic = fc.array(level, { minLength: 1, maxLength: 5 }).map(levels => levels.join('/'))
    const filter = fc
      .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 5 }), fc.boolean())
      .map(([levels, rest]) => [...levels, ...(rest ? ['#'] : [])].join('/'))
    fc.assert(
      fc.property(filter, topic, (one, other) => {
        expect(matches(one, other)).toBe(model(one, other))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('RouteFilters', () => {
  const topics = ['add', 'delete'].flatMap(operation =>
    ['inet', 'inet6'].flatMap(family =>
      ['10.0.0.0', '::'].flatMap(address => [0, 8].map(length => [operation, family, address, length] as const)),
    ),
  )
  const level = fc.constantFrom('', '+', '+', 'junos', 'kernel', 'add', 'inet', '10.0.0.0', '8')
  const known = ['', 'junos', 'events', 'kernel', 'route', 'add', 'inet', '10.0.0.0', '8']
  /** Filters that are near the topics: some levels replaced, cut or prolonged, with `#` or without. */
  const filter = fc
    .tuple(
      fc.integer({ min: 0, max: 11 }),
      fc.dictionary(fc.integer({ min: 0, max: 10 }).map(String), level),
      fc.boolean(),
    )
    .map(([length, replaced, hash]) => {
      const levels = Array.from({ length }, (_, i) => replaced[i] ?? known[i] ?? '+')
      return [...levels, ...(hash ? ['#'] : [])].join('/')
    })

  it('want of routes what the filters match, whatever came and went', () => {
    const step = fc.record({ filter, there: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), steps => {
        const filters = new RouteFilters()
        const there = new Set<string>()
        for (const one of steps) {
          if (one.there) filters.put(one.filter)
          else filters.delete(one.filter)
          if (one.there) there.add(one.filter)
          else there.delete(one.filter)
        }
        for (const [operation, family, address, length] of topics) {
          const topic = `/junos/events/kernel/route/${operation}/${family}/${address}/${length}`
          const expected = [...there].some(one => matches(one, topic))
          expect([topic, wants(filters.interest(operation, family), address, length)]).toEqual([topic, expected])
          if (expected) expect(filters.none).toBe(false)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are none where no filter reaches routes', () => {
    const filters = new RouteFilters()
    for (const one of [
      '/junos/events/kernel/interfaces/#',
      '/junos/events/syslog/+',
      '/junos/events/kernel/route-table/#',
    ]) {
      filters.put(one)
    }
    expect(filters.none).toBe(true)
    filters.put('#')
    expect(filters.none).toBe(false)
    filters.delete('#')
    expect(filters.none).toBe(true)
  })
})

describe('EventGate', () => {
  const event = (topic: string) => ({
    topic,
    render: () => {
      throw new Error('rendered')
    },
  })

  it('holds events back while it is not known what is wanted, then passes those, in order', () => {
    const passed: string[] = []
    let known = false
    const gate = new EventGate(
      () => known,
      () => ['a/#', 'a/b'],
      ({ topic }) => passed.push(topic),
    )
    for (const topic of ['a/1', 'b', 'a/b']) gate.offer(event(topic))
    expect(passed).toEqual([])
    known = true
    gate.open()
    gate.offer(event('c'))
    gate.offer(event('a/2'))
    expect(passed).toEqual(['a/1', 'a/b', 'a/2'])
    known = false
    gate.offer(event('a/3'))
    expect(passed).toHaveLength(3)
    known = true
    gate.open()
    gate.open()
    expect(passed).toEqual(['a/1', 'a/b', 'a/2', 'a/3'])
  })

  it('holds a bounded number', () => {
    const passed: string[] = []
    const gate = new EventGate(
      () => false,
      () => ['#'],
      ({ topic }) => passed.push(topic),
    )
    for (let i = 0; i < 10_000; i++) gate.offer(event(`${i}`))
    gate.open()
    expect([passed.length, passed.at(-1)]).toEqual([4096, '9999'])
  })
})
