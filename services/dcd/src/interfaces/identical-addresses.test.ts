import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import { expect, test } from 'vitest'
import { configured } from '../testing/configured.ts'
import { identicalAddresses } from './identical-addresses.ts'
import { instancesOf } from './instances.ts'
import { InterfaceReader } from './read-interfaces.ts'

const problems = (commands: string) => [...identicalAddresses(new InterfaceReader().read(configured(commands)))]

test('an address on two interfaces', () => {
  expect(
    problems(`xe-0/0/0 unit 0 family inet address 10.0.0.1/24
              xe-0/0/1 unit 0 family inet address 10.0.0.1/30`),
  ).toEqual([
    {
      path: ['interfaces', 'xe-0/0/1', 'unit', '0', 'family', 'inet'],
      element: 'address 10.0.0.1/30',
      message: 'identical local address is found on rt_inst default, intfs xe-0/0/0.0 and xe-0/0/1.0, family inet',
    },
  ])
})

test('an address twice on one unit', () => {
  expect(
    problems(`lo0 unit 0 family inet6 address 2001:db8::1/64
              lo0 unit 0 family inet6 address 2001:db8::1/128`).map(one => one.element),
  ).toEqual(['address 2001:db8::1/128'])
})

test('each routing instance has addresses of its own', () => {
  const lines = `xe-0/0/0 unit 0 family inet address 10.0.0.1/24
                 xe-0/0/1 unit 0 family inet address 10.0.0.1/24
                 xe-0/0/2 unit 0 family inet address 10.0.0.1/24`
  const commands = lines.split('\n').map(line => `set interfaces ${line.trim()}`)
  const instances = ['set routing-instances red interface xe-0/0/1', 'set routing-instances red interface xe-0/0/2.0']
  const found = (...extra: string[]) => {
    const root = viewOf(loadSet(emptyRoot, [...commands, ...extra].join('\n')).root)
    return [...identicalAddresses(new InterfaceReader().read(root), instancesOf(root))].map(one => one.message)
  }
  expect(found(...instances)).toEqual([
    'identical local address is found on rt_inst red, intfs xe-0/0/1.0 and xe-0/0/2.0, family inet',
  ])
  expect(found(instances[0]!, 'set routing-instances tan interface xe-0/0/2')).toEqual([])
})

test('what may be the same: link-local addresses, subnets, iso addresses', () => {
  expect(
    problems(`xe-0/0/0 unit 0 family inet6 address fe80::1/64
              xe-0/0/1 unit 0 family inet6 address fe80::1/64
              xe-0/0/0 unit 0 family inet address 10.0.0.1/24
              xe-0/0/1 unit 0 family inet address 10.0.0.2/24
              xe-0/0/0 unit 0 family iso address 49.0001.0000.0000.0001.00
              xe-0/0/1 unit 0 family iso address 49.0001.0000.0000.0001.00`),
  ).toEqual([])
})
