import { toJson } from '@bufbuild/protobuf'
import { InterfaceConfigurationSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { expect, test } from 'vitest'
import { configured } from '../testing/configured.ts'
import { difference } from './difference.ts'
import { InterfaceReader } from './read-interfaces.ts'

test('every statement of an interface is read', () => {
  const interfaces = new InterfaceReader().read(
    configured(`
      xe-0/0/1 description "to the lab"
      xe-0/0/1 disable
      xe-0/0/1 mtu 9192
      xe-0/0/1 vlan-tagging
      xe-0/0/1 unit 10 vlan-id 10
      xe-0/0/1 unit 10 description ten
      xe-0/0/1 unit 10 disable
      xe-0/0/1 unit 10 family inet mtu 1400
      xe-0/0/1 unit 10 family inet address 10.0.0.1/24 primary
      xe-0/0/1 unit 10 family inet address 10.0.0.2/24 preferred
      xe-0/0/1 unit 10 family iso address 49.0001.0000.0000.0001.00
      xe-0/0/1 unit 10 family mpls
      lo0 unit 0 family inet6 address 2001:db8::/64 eui-64`),
  )
  expect([...interfaces.values()].map(one => toJson(InterfaceConfigurationSchema, one))).toEqual([
    {
      name: 'xe-0/0/1',
      description: 'to the lab',
      disable: true,
      mtu: 9192,
      vlanTagging: true,
      units: [
        {
          unit: 10,
          description: 'ten',
          disable: true,
          vlanId: 10,
          families: [
            {
              family: 'inet',
              mtu: 1400,
              addresses: [
                { address: '10.0.0.1/24', primary: true },
                { address: '10.0.0.2/24', preferred: true },
              ],
            },
            { family: 'iso', addresses: [{ address: '49.0001.0000.0000.0001.00' }] },
            { family: 'mpls' },
          ],
        },
      ],
    },
    {
      name: 'lo0',
      units: [{ families: [{ family: 'inet6', addresses: [{ address: '2001:db8::/64', eui64: true }] }] }],
    },
  ])
})

test('the difference names what changed, what went, and nothing else', () => {
  const reader = new InterfaceReader()
  const before = configured('xe-0/0/0 unit 0\nxe-0/0/1 unit 0\nxe-0/0/2 unit 0')
  const after = configured('xe-0/0/1 unit 0 family inet\ndelete interfaces xe-0/0/2', before)
  const change = difference(reader.read(before), reader.read(after))
  expect(change?.interfaces.map(one => one.name)).toEqual(['xe-0/0/1'])
  expect(change?.removed).toEqual(['xe-0/0/2'])
  expect(reader.read(after).get('xe-0/0/0')).toBe(reader.read(before).get('xe-0/0/0'))
})

test('configurations that say the same do not differ, however they came about', () => {
  const before = configured('xe-0/0/0 unit 0 family inet address 10.0.0.1/24')
  const detour = configured('xe-0/0/0 mtu 9000\ndelete interfaces xe-0/0/0 mtu', before)
  expect(difference(new InterfaceReader().read(before), new InterfaceReader().read(detour))).toBeUndefined()
})
