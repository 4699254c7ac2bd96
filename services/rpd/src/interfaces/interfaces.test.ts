import { parseAddress } from '@hangar/inet'
import { ForwardingNextHop_Kind as Kind } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, silentLogger } from '@hangar/runtime'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Routing } from '../routing.ts'
import { configuredRouting } from '../testing/configured.ts'
import { FakeKernel } from '../testing/kernel.ts'
import { port, type UnitOptions } from '../testing/ports.ts'
import { routeLines } from '../testing/route-lines.ts'

function start() {
  const kernel = new FakeKernel()
  const routing = new Routing({
    clock: new ManualClock(),
    log: silentLogger,
    kernel: kernel.client,
    incarnation: 'rpd-1',
  })
  const { interfaces } = routing
  const set = (name: string, units: Record<number, UnitOptions> | undefined) =>
    interfaces.update([[name, units && port(name, units)]])
  return { routing, interfaces, set, lines: (table = 'inet.0') => routeLines(routing.rib, table) }
}

test('an address gives a Direct and a Local route, and while its interface is down a Local one that rejects', () => {
  const { set, lines } = start()
  set('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24', '10.0.1.1/31'] } })
  expect(lines()).toEqual([
    '10.0.0.0/24 *Direct/0 xe-0/0/0.0',
    '10.0.0.1/32 *Local/0 xe-0/0/0.0',
    '10.0.1.0/31 *Direct/0 xe-0/0/0.0',
    '10.0.1.1/32 *Local/0 xe-0/0/0.0',
  ])
  set('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'], up: false } })
  expect(lines()).toEqual(['10.0.0.1/32 *Local/0 reject'])
  set('xe-0/0/0', {})
  expect(lines()).toEqual([])
})

test('a host address of a loopback has the Direct route alone', () => {
  const { set, lines } = start()
  set('lo0', { 0: { index: 16384, addresses: ['10.1.1.1/32', '2001:db8::1/128', 'fe80::1/128'] } })
  expect(lines()).toEqual(['10.1.1.1/32 *Direct/0 lo0.0'])
  expect(lines('inet6.0')).toEqual(['2001:db8::1/128 *Direct/0 lo0.0', 'fe80::1/128 *Direct/0 lo0.0'])
  set('lo0', undefined)
  expect([...lines(), ...lines('inet6.0')]).toEqual([])
})

test("a loopback's address is the device's own: packets to it are received, and no gateway is behind it", async () => {
  const { commit, port, kernel, statics } = await configuredRouting()
  port('lo0', { 0: { index: 16384, addresses: ['10.1.1.1/32'] } })
  await commit('routing-options static route 192.0.2.0/24 next-hop 10.1.1.1', 'routing-options static defaults resolve')
  expect(kernel.nextHops.get(kernel.tables.get('inet.0')!.get('167837953/32')!)?.kind).toBe(Kind.RECEIVE)
  expect(statics()).toEqual(['192.0.2.0/24 -Static/5'])
})

test('several interfaces share fe80::/64, and even an address, each with a path of its own', () => {
  const { set, lines, interfaces } = start()
  set('xe-0/0/0', {
    0: { index: 70, addresses: ['fe80::5/64'] },
    1: { index: 71, addresses: ['fe80::5/64'] },
  })
  expect(lines('inet6.0')).toEqual([
    'fe80::/64 *Direct/0 xe-0/0/0.0',
    'fe80::/64 Direct/0 xe-0/0/0.1',
    'fe80::5/128 *Local/0 xe-0/0/0.0',
    'fe80::5/128 Local/0 xe-0/0/0.1',
  ])
  set('xe-0/0/0', { 1: { index: 71, addresses: ['fe80::5/64'] } })
  expect(lines('inet6.0')).toEqual(['fe80::/64 *Direct/0 xe-0/0/0.1', 'fe80::5/128 *Local/0 xe-0/0/0.1'])
  expect(interfaces.interfaceWith('master', parseAddress('fe80::5')!)).toBe('xe-0/0/0.1')
})

test('an interface takes its routes and addresses along to its routing instance', () => {
  const { set, lines, interfaces, routing } = start()
  routing.rib.addTable('red.inet.0', 'inet', 'red')
  set('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'] }, 1: { index: 71, addresses: ['10.0.1.1/24'] } })
  interfaces.assign(new Map([['xe-0/0/0.1', 'red']]))
  expect(lines()).toEqual(['10.0.0.0/24 *Direct/0 xe-0/0/0.0', '10.0.0.1/32 *Local/0 xe-0/0/0.0'])
  expect(lines('red.inet.0')).toEqual(['10.0.1.0/24 *Direct/0 xe-0/0/0.1', '10.0.1.1/32 *Local/0 xe-0/0/0.1'])
  const [own, other] = ['10.0.1.1', '10.0.0.1'].map(text => parseAddress(text)!)
  expect(interfaces.interfaceWith('red', own!)).toBe('xe-0/0/0.1')
  expect(interfaces.interfaceWith('red', other!)).toBeUndefined()
  interfaces.assign(new Map())
  expect(lines('red.inet.0')).toEqual([])
  expect(lines()).toHaveLength(4)
})

test('what does not change is left alone, and told to nobody', () => {
  const { set, interfaces, routing } = start()
  const units = { 0: { index: 70, addresses: ['10.0.0.1/24'] } }
  set('xe-0/0/0', units)
  const told: string[] = []
  interfaces.listen(changes => told.push(...changes.map(({ name }) => name)))
  routing.rib.listen({ changed: () => told.push('routes') })
  set('xe-0/0/0', units)
  set('xe-0/0/0', { ...units, 7: { index: 77 } })
  expect(told).toEqual(['xe-0/0/0.7'])
})

test('however interfaces came to be as they are, routes are those of what is there', () => {
  const address = fc.constantFrom('10.0.0.1/24', '10.0.0.2/24', '10.0.0.1/32', 'fe80::1/64', '2001:db8::1/64')
  const unit = fc.record({
    index: fc.constantFrom(70, 71),
    addresses: fc.uniqueArray(address, { maxLength: 3 }),
    up: fc.boolean(),
  })
  const step = fc.record({
    name: fc.constantFrom('xe-0/0/0', 'xe-0/0/1', 'lo0'),
    unit: fc.option(unit),
    instance: fc.constantFrom('master', 'red'),
  })
  type Step = { name: string; unit: UnitOptions | null; instance: string }
  const begin = () => {
    const one = start()
    one.routing.rib.addTable('red.inet.0', 'inet', 'red')
    one.routing.rib.addTable('red.inet6.0', 'inet6', 'red')
    return one
  }
  const take = (
    { interfaces, set }: ReturnType<typeof start>,
    { name, unit: options }: Step,
    state: Iterable<Step>,
  ) => {
    interfaces.assign(new Map([...state].map(one => [`${one.name}.0`, one.instance])))
    // An index belongs to one interface at a time, as the kernel gives it.
    const index = { 'xe-0/0/0': 0, 'xe-0/0/1': 10, lo0: 20 }[name]!
    set(name, options ? { 0: { ...options, index: options.index + index } } : {})
  }
  const all = ({ lines }: ReturnType<typeof start>) =>
    ['inet.0', 'inet6.0', 'red.inet.0', 'red.inet6.0'].flatMap(table => lines(table).map(line => line.replace('*', '')))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      const [grown, fresh] = [begin(), begin()]
      const state = new Map<string, Step>()
      for (const one of steps) {
        state.set(one.name, one)
        take(grown, one, state.values())
      }
      for (const one of state.values()) take(fresh, one, state.values())
      expect(all(grown).sort()).toEqual(all(fresh).sort())
    }),
    { numRuns: 50 },
  )
})
