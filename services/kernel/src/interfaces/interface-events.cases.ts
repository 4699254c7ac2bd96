import type { Wish } from './interface-table.ts'
import { addressed, type PlainFamily, wish } from './testing/wishes.ts'

/** What is done to a device whose ports xe-0/0/0 to xe-0/0/3, em0 and lo0 are unconfigured, and the events of the last step. */
export interface EventCase {
  readonly title: string
  readonly before?: readonly Wish[]
  readonly step: Wish | { readonly carrier: string; readonly up: boolean }
  readonly events: readonly string[]
}

const lesson = addressed('xe-0/0/0', 'inet', '192.168.10.1/24')
const lessonFamily = { family: 'inet', addresses: [{ address: '192.168.10.1/24' }] }
const unit = (families: PlainFamily[]) => ({ unit: 0, families })

export const eventCases: readonly EventCase[] = [
  {
    title: 'the first address of an unconfigured interface, as recorded',
    step: wish([lesson]),
    events: [
      'change ifd xe-0/0/0 4008',
      'add ifl xe-0/0/0.0 4001',
      'add iff xe-0/0/0.0 inet inet.0 1',
      'add ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
    ],
  },
  { title: 'the same once more', before: [wish([lesson])], step: wish([lesson]), events: [] },
  {
    title: 'an interface that the chassis does not have',
    step: wish([addressed('xe-0/0/9', 'inet', '10.0.0.1/24')]),
    events: [],
  },
  {
    title: 'the interface is unconfigured: children first',
    before: [wish([lesson])],
    step: wish([], ['xe-0/0/0']),
    events: [
      'delete ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
      'delete iff xe-0/0/0.0 inet inet.0 1',
      'delete ifl xe-0/0/0.0 4001',
      'change ifd xe-0/0/0 8',
    ],
  },
  {
    title: 'all interfaces, without the one that was there',
    before: [wish([lesson])],
    step: wish([], [], true),
    events: [
      'delete ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
      'delete iff xe-0/0/0.0 inet inet.0 1',
      'delete ifl xe-0/0/0.0 4001',
      'change ifd xe-0/0/0 8',
    ],
  },
  {
    title: 'a second, higher address in the same subnet is neither preferred nor primary',
    before: [wish([lesson])],
    step: wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24', '192.168.10.2/24')]),
    events: ['add ifa xe-0/0/0.0 inet 192.168.10.2/32 192.168.10.0/24 192.168.10.255/32 0'],
  },
  {
    title: 'a lower address in the same subnet takes both from the first',
    before: [wish([addressed('xe-0/0/0', 'inet', '192.168.10.2/24')])],
    step: wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24', '192.168.10.2/24')]),
    events: [
      'add ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
      'change ifa xe-0/0/0.0 inet 192.168.10.2/32 192.168.10.0/24 192.168.10.255/32 0',
    ],
  },
  {
    title: 'an address in another subnet is preferred there',
    before: [wish([lesson])],
    step: wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24', '192.168.20.1/24')]),
    events: ['add ifa xe-0/0/0.0 inet 192.168.20.1/32 192.168.20.0/24 192.168.20.255/32 40'],
  },
  {
    title: 'primary and preferred as configured',
    before: [wish([addressed('xe-0/0/0', 'inet', '10.0.0.1/24', '10.0.0.2/24')])],
    step: wish([
      {
        name: 'xe-0/0/0',
        units: [
          unit([
            {
              family: 'inet',
              addresses: [{ address: '10.0.0.1/24' }, { address: '10.0.0.2/24', primary: true, preferred: true }],
            },
          ]),
        ],
      },
    ]),
    events: [
      'change ifa xe-0/0/0.0 inet 10.0.0.1/32 10.0.0.0/24 10.0.0.255/32 0',
      'change ifa xe-0/0/0.0 inet 10.0.0.2/32 10.0.0.0/24 10.0.0.255/32 d8',
    ],
  },
  {
    title: 'another prefix length is another address',
    before: [wish([lesson])],
    step: wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/25')]),
    events: [
      'delete ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
      'add ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/25 192.168.10.127/32 c0',
    ],
  },
  {
    title: 'an address that moves leaves before it comes',
    before: [wish([{ name: 'xe-0/0/1', units: [unit([{ family: 'inet' }])] }, lesson])],
    step: wish([
      addressed('xe-0/0/1', 'inet', '192.168.10.1/24'),
      { name: 'xe-0/0/0', units: [unit([{ family: 'inet' }])] },
    ]),
    events: [
      'delete ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
      'add ifa xe-0/0/1.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
    ],
  },
  {
    title: 'a /31 has a destination and no broadcast (RFC 3021)',
    step: wish([addressed('xe-0/0/1', 'inet', '10.0.2.0/31')]),
    events: [
      'change ifd xe-0/0/1 4008',
      'add ifl xe-0/0/1.0 4001',
      'add iff xe-0/0/1.0 inet inet.0 1',
      'add ifa xe-0/0/1.0 inet 10.0.2.0/32 10.0.2.0/31 - c0',
    ],
  },
  {
    title: 'host addresses of lo0 have no destination; 127.0.0.1 is not primary',
    step: wish([addressed('lo0', 'inet', '127.0.0.1/32', '10.1.1.1/32')]),
    events: [
      'change ifd lo0 4008',
      'add ifl lo0.0 4001',
      'add iff lo0.0 inet inet.0 0',
      'add ifa lo0.0 inet 10.1.1.1/32 - - 80',
      'add ifa lo0.0 inet 127.0.0.1/32 - - 0',
    ],
  },
  {
    title: 'family inet6 brings its link-local address',
    step: wish([addressed('xe-0/0/0', 'inet6', '2001:db8::1/64')]),
    events: [
      'change ifd xe-0/0/0 4008',
      'add ifl xe-0/0/0.0 4001',
      'add iff xe-0/0/0.0 inet6 inet6.0 0',
      'add ifa xe-0/0/0.0 inet6 2001:db8::1/128 2001:db8::/64 - c0',
      'add ifa xe-0/0/0.0 inet6 fe80::205:86ff:fe71:3/128 fe80::/64 - 40',
    ],
  },
  {
    title: 'eui-64 makes the second half of the address from that of the port',
    before: [wish([{ name: 'xe-0/0/0', units: [unit([{ family: 'inet6' }])] }])],
    step: wish([
      {
        name: 'xe-0/0/0',
        units: [unit([{ family: 'inet6', addresses: [{ address: '2001:db8::/64', eui64: true }] }])],
      },
    ]),
    events: ['add ifa xe-0/0/0.0 inet6 2001:db8::205:86ff:fe71:3/128 2001:db8::/64 - c0'],
  },
  {
    title: 'a configured link-local address takes the place of that',
    before: [wish([{ name: 'xe-0/0/0', units: [unit([{ family: 'inet6' }])] }])],
    step: wish([addressed('xe-0/0/0', 'inet6', 'fe80::1/64')]),
    events: [
      'delete ifa xe-0/0/0.0 inet6 fe80::205:86ff:fe71:3/128 fe80::/64 - 40',
      'add ifa xe-0/0/0.0 inet6 fe80::1/128 fe80::/64 - 40',
    ],
  },
  {
    title: 'inet6 on lo0',
    step: wish([addressed('lo0', 'inet6', '2001:db8::7/128')]),
    events: [
      'change ifd lo0 4008',
      'add ifl lo0.0 4001',
      'add iff lo0.0 inet6 inet6.0 0',
      'add ifa lo0.0 inet6 2001:db8::7/128 - - 80',
      'add ifa lo0.0 inet6 fe80::205:860f:fc71:0/128 - - 0',
    ],
  },
  {
    title: 'iso and mpls, in the order of families',
    step: wish([
      {
        name: 'xe-0/0/2',
        units: [unit([{ family: 'mpls' }, { family: 'iso', addresses: [{ address: '49.0001.0192.0168.0001.00' }] }])],
      },
    ]),
    events: [
      'change ifd xe-0/0/2 4008',
      'add ifl xe-0/0/2.0 4001',
      'add iff xe-0/0/2.0 iso iso.0 0',
      'add ifa xe-0/0/2.0 iso 49.0001.0192.0168.0001.00 - - 80',
      'add iff xe-0/0/2.0 mpls mpls.0 0',
    ],
  },
  {
    title: 'disable takes the interface down and leaves the address',
    before: [wish([lesson])],
    step: wish([{ ...lesson, disable: true }]),
    events: ['change ifd xe-0/0/0 4028', 'change ifl xe-0/0/0.0 4040', 'change iff xe-0/0/0.0 inet inet.0 41'],
  },
  {
    title: 'disable of the unit alone',
    before: [wish([lesson])],
    step: wish([{ name: 'xe-0/0/0', units: [{ unit: 0, disable: true, families: [lessonFamily] }] }]),
    events: ['change ifl xe-0/0/0.0 4020', 'change iff xe-0/0/0.0 inet inet.0 41'],
  },
  {
    title: 'the cable is pulled',
    before: [wish([lesson])],
    step: { carrier: 'xe-0/0/0', up: false },
    events: ['change ifd xe-0/0/0 4048', 'change ifl xe-0/0/0.0 4040', 'change iff xe-0/0/0.0 inet inet.0 41'],
  },
  {
    title: 'the cable that is in is put in',
    before: [wish([lesson])],
    step: { carrier: 'xe-0/0/0', up: true },
    events: [],
  },
  {
    title: 'the mtu of the port changes that of its families',
    before: [wish([lesson])],
    step: wish([{ ...lesson, mtu: 9192 }]),
    events: ['change ifd xe-0/0/0 4008', 'change iff xe-0/0/0.0 inet inet.0 1'],
  },
  {
    title: 'a description is an attribute of its object alone',
    before: [wish([lesson])],
    step: wish([{ ...lesson, description: 'to the lab' }]),
    events: ['change ifd xe-0/0/0 4008'],
  },
]
