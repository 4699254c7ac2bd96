import { clone } from '@bufbuild/protobuf'
import { PhysicalInterfaceSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configurationFault } from './check-configuration.ts'
import { desiredInterface } from './desired.ts'
import { InterfaceTable, type Wish } from './interface-table.ts'
import { createPorts } from './port.ts'
import { Mirror, mirrorOf } from './testing/mirror.ts'
import { addressed, wish } from './testing/wishes.ts'

const ports = createPorts(['xe-0/0/1', 'xe-0/0/0'])

const inet = fc.constantFrom('10.0.0.1/24', '10.0.0.2/24', '10.0.0.1/25', '10.9.0.1/31', '127.0.0.1/32', '10.0.0.0/8')
const inet6 = fc.constantFrom('2001:db8::1/64', '2001:db8::2/64', '2001:db8::1/128', 'fe80::1/64', 'fe80::2/10')
const iso = fc.constantFrom('49.0001.0000.0000.0001.00', '49.0001.0000.0000.0002.00')
const family = (name: string, address?: fc.Arbitrary<string>) =>
  fc.record({
    family: fc.constant(name),
    mtu: fc.constantFrom(0, 1400),
    addresses: address
      ? fc.uniqueArray(fc.record({ address, primary: fc.boolean(), preferred: fc.boolean() }), {
          maxLength: 4,
          selector: one => one.address,
        })
      : fc.constant([]),
  })
const unit = fc.record({
  unit: fc.constantFrom(0, 1, 100),
  description: fc.constantFrom('', 'up'),
  disable: fc.boolean(),
  vlanId: fc.constantFrom(0, 5),
  families: fc.shuffledSubarray(['inet', 'inet6', 'iso', 'mpls']).chain(names => {
    const addresses: Record<string, fc.Arbitrary<string>> = { inet, inet6, iso }
    return fc.tuple(...names.map(name => family(name, addresses[name])))
  }),
})
const configuration = fc.record({
  name: fc.constantFrom('xe-0/0/0', 'xe-0/0/1', 'xe-0/0/9', 'lo0', 'em0'),
  description: fc.constantFrom('', 'core'),
  disable: fc.boolean(),
  mtu: fc.constantFrom(0, 9192),
  vlanTagging: fc.boolean(),
  units: fc.uniqueArray(unit, { maxLength: 3, selector: one => one.unit }),
})
const wishes = fc
  .tuple(
    fc.uniqueArray(configuration, { maxLength: 4, selector: one => one.name }),
    fc.subarray(['xe-0/0/0', 'lo0', 'xe-0/0/9']),
    fc.boolean(),
  )
  .map(([interfaces, removed, all]) => wish(interfaces, removed, all))
const carriers = fc.record({ name: fc.constantFrom('xe-0/0/0', 'xe-0/0/1', 'em0'), up: fc.boolean() })
type Step = Wish | { name: string; up: boolean }
const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(wishes, carriers), { maxLength: 12 })

function take(table: InterfaceTable, step: Step) {
  return 'up' in step ? table.setCarrier(step.name, step.up)! : table.configure(step)
}

describe('any sequence of wishes and cables', () => {
  test('ends in what was wished last', () => {
    fc.assert(
      fc.property(steps, sequence => {
        const table = new InterfaceTable(ports, () => 0)
        const wished = new Map<string, Wish['interfaces'][number]>()
        const carrier = new Map<string, boolean>()
        for (const step of sequence) {
          take(table, step)
          if ('up' in step) {
            carrier.set(step.name, step.up)
            continue
          }
          if (step.all) wished.clear()
          for (const name of step.removed) wished.delete(name)
          for (const one of step.interfaces) wished.set(one.name, one)
        }
        for (const port of ports) {
          const desired = desiredInterface(port, wished.get(port.name), carrier.get(port.name) ?? true)
          expect(table.get(port.name)).toMatchObject(desired)
          expect(table.get(port.name)!.units).toHaveLength(desired.units.length)
        }
      }),
    )
  })

  test('is told by its events, which make the same table from nothing', () => {
    fc.assert(
      fc.property(steps, sequence => {
        const table = new InterfaceTable(ports, () => 0)
        const mirror = new Mirror()
        for (const event of table.discovery.events) mirror.take(event)
        for (const step of sequence) for (const event of take(table, step).events) mirror.take(event)
        expect(new Map([...mirror.objects].sort())).toEqual(new Map([...mirrorOf(table.interfaces())].sort()))
      }),
    )
  })

  test('says nothing when it is wished again', () => {
    fc.assert(
      fc.property(steps, sequence => {
        const table = new InterfaceTable(ports, () => 0)
        for (const step of sequence) {
          take(table, step)
          expect(take(table, step)).toEqual({ interfaces: [], events: [] })
        }
      }),
    )
  })

  test('gives every object a generation of its own, every unit an index of its own, and changes nothing that was handed out', () => {
    fc.assert(
      fc.property(steps, sequence => {
        const table = new InterfaceTable(ports, () => 0)
        for (const step of sequence) {
          const held = [...table.interfaces()]
          const copies = held.map(one => clone(PhysicalInterfaceSchema, one))
          take(table, step)
          expect(held).toEqual(copies)
          const units = [...table.interfaces()].flatMap(ifd => ifd.units)
          const iffs = units.flatMap(ifl => ifl.families)
          const objects = [...table.interfaces(), ...units, ...iffs, ...iffs.flatMap(iff => iff.addresses)]
          expect(new Set(objects.map(one => one.generation)).size).toBe(objects.length)
          expect(new Set(units.map(ifl => ifl.index)).size).toBe(units.length)
          expect(new Set([...table.interfaces(), ...units].map(one => one.snmpId)).size).toBe(
            units.length + ports.length,
          )
        }
      }),
    )
  })
})

test('ports stand in the order of their slots, and every device has em0 and lo0', () => {
  const names = createPorts(['xe-0/0/10', 'xe-0/1/0', 'xe-0/0/2']).map(port => port.name)
  expect(names).toEqual(['xe-0/0/2', 'xe-0/0/10', 'xe-0/1/0', 'em0', 'lo0'])
  expect(() => createPorts(['xe-0/0'])).toThrow('xe-0/0 is not the name of a port')
  expect(() => createPorts(['xe-0/0/0', 'xe-0/0/0'])).toThrow('port xe-0/0/0 is named twice')
})

test('numbers are those of a router', () => {
  const table = new InterfaceTable(createPorts(), () => 5_000)
  table.configure(wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24')]))
  expect(table.get('xe-0/0/0')).toMatchObject({ index: 128, snmpId: 513, mtu: 1514, mac: '02:05:86:71:00:03' })
  expect(table.get('xe-0/0/0')!.units[0]).toMatchObject({ index: 70, snmpId: 517 })
  expect(table.get('lo0')).toMatchObject({ index: 6, snmpId: 6, mtu: 0, mac: '' })
})

test('an object keeps its numbers through every change', () => {
  const table = new InterfaceTable(createPorts(), () => 0)
  const inet = { family: 'inet', addresses: [{ address: '10.0.0.2/24' }] }
  table.configure(wish([{ name: 'xe-0/0/0', units: [{ unit: 0, families: [inet] }] }]))
  const numbers = () => {
    const ifd = table.get('xe-0/0/0')!
    const ifl = ifd.units[0]!
    const iff = ifl.families[0]!
    const ifa = iff.addresses.find(one => one.address === '10.0.0.2/24')!
    return [ifd.generation, ifl.generation, ifl.index, ifl.snmpId, iff.generation, ifa.generation]
  }
  const before = numbers()
  const lower = { ...inet, mtu: 1400, addresses: [{ address: '10.0.0.1/24' }, ...inet.addresses] }
  table.configure(wish([{ name: 'xe-0/0/0', mtu: 9000, units: [{ unit: 0, description: 'x', families: [lower] }] }]))
  table.setCarrier('xe-0/0/0', false)
  expect(numbers()).toEqual(before)
})

test('a unit that goes leaves its index to the next one that comes', () => {
  const table = new InterfaceTable(createPorts(), () => 0)
  const index = (name: string) => table.get(name)!.units[0]!.index
  table.configure(wish([addressed('xe-0/0/0', 'inet'), addressed('xe-0/0/1', 'inet')]))
  expect([index('xe-0/0/0'), index('xe-0/0/1')]).toEqual([70, 71])
  table.configure(wish([], ['xe-0/0/0']))
  table.configure(wish([addressed('xe-0/0/2', 'inet'), addressed('xe-0/0/3', 'inet')]))
  expect([index('xe-0/0/2'), index('xe-0/0/3')]).toEqual([70, 72])
})

test('a unit that comes again has its SNMP id again, and the time of the last flap is that of the link', () => {
  let now = 1_000
  const table = new InterfaceTable(createPorts(), () => now)
  const lesson = wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24')])
  table.configure(lesson)
  const { snmpId, generation } = table.get('xe-0/0/0')!.units[0]!
  now = 2_000
  table.configure(wish([], ['xe-0/0/0']))
  table.configure(wish([addressed('xe-0/0/1', 'inet', '10.0.0.1/24')]))
  table.configure(lesson)
  expect(table.get('xe-0/0/0')).toMatchObject({ lastFlappedMs: 1_000n, units: [{ snmpId }] })
  expect(table.get('xe-0/0/0')!.units[0]!.generation).toBeGreaterThan(generation)
  table.setCarrier('xe-0/0/0', false)
  expect(table.get('xe-0/0/0')!.lastFlappedMs).toBe(2_000n)
  expect(table.setCarrier('xe-0/0/9', false)).toBeUndefined()
})

test.each([
  [{ name: '' }, 'an interface has no name'],
  [{ name: 'lo0', units: [{ unit: 16386 }] }, 'lo0.16386: unit is above 16385'],
  [{ name: 'lo0', units: [{ unit: 0 }, { unit: 0 }] }, 'lo0: unit 0 comes twice'],
  [{ name: 'lo0', units: [{ unit: 0, vlanId: 4095 }] }, 'lo0.0: vlan-id 4095 is above 4094'],
  [{ name: 'lo0', units: [{ unit: 0, families: [{ family: 'ccc' }] }] }, 'lo0.0: there is no family ccc'],
  [addressed('lo0', 'inet', '10.0.0.300/24'), 'lo0.0: 10.0.0.300/24 is no address of family inet'],
  [addressed('lo0', 'inet', '2001:db8::1/64'), 'lo0.0: 2001:db8::1/64 is no address of family inet'],
  [addressed('lo0', 'iso', 'nowhere'), 'lo0.0: nowhere is no address of family iso'],
])('%j is refused', (interfaceConfiguration, fault) => {
  expect(configurationFault(wish([interfaceConfiguration]).interfaces)).toBe(fault)
})
