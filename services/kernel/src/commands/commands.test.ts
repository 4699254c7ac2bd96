import { CommandError, type CommandInvocation } from '@hangar/junos-cli'
import { ManualClock } from '@hangar/runtime'
import { renderXml } from '@hangar/xml'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterfaceTable } from '../interfaces/interface-table.ts'
import { createPorts } from '../interfaces/port.ts'
import { selectInterfaces } from '../interfaces/select.ts'
import { addressed, wish } from '../interfaces/testing/wishes.ts'
import { showInterfaces } from './show-interfaces.ts'
import { connectionsText } from './show-system-connections.ts'
import { age } from './time-text.ts'

const clock = new ManualClock(Date.UTC(2026, 0, 1))
const table = new InterfaceTable(createPorts(), () => clock.now())
table.configure(
  wish([
    addressed('lo0', 'inet', '10.1.1.1/32', '127.0.0.1/32'),
    { ...addressed('xe-0/0/0', 'inet', '192.168.10.1/24'), description: 'to the lab, upstairs' },
    {
      name: 'xe-0/0/1',
      vlanTagging: true,
      units: [
        {
          unit: 5,
          vlanId: 5,
          description: 'five',
          families: [
            { family: 'mpls' },
            { family: 'inet', addresses: [{ address: '10.0.4.1/30' }, { address: '10.0.4.5/30' }] },
            { family: 'inet6', addresses: [{ address: '2001:db8:8d82:0:a::4/64' }] },
          ],
        },
      ],
    },
    { name: 'xe-0/0/3', disable: true },
  ]),
)
table.setCarrier('xe-0/0/2', false)
await clock.advance(90_061_000)

const command = showInterfaces({ interfaces: () => table.interfaces(), release: '24.4R1', clock })

function invocation(...options: [string, string][]): CommandInvocation {
  return { options: new Map(options), user: 'lab', loginClass: 'super-user' }
}

async function show(...options: [string, string][]): Promise<string> {
  const given = invocation(...options)
  return command.text(await command.run(given), given)
}

describe('show interfaces terse', () => {
  test('has the recorded columns', async () => {
    expect(await show(['terse', ''])).toBe(
      [
        'Interface               Admin Link Proto    Local                 Remote',
        'xe-0/0/0                up    up',
        'xe-0/0/0.0              up    up   inet     192.168.10.1/24',
        'xe-0/0/1                up    up',
        'xe-0/0/1.5              up    up   inet     10.0.4.1/30',
        '                                            10.0.4.5/30',
        '                                   inet6    2001:db8:8d82:0:a::4/64',
        '                                            fe80::205:86ff:fe71:4/64',
        '                                   mpls',
        'xe-0/0/2                up    down',
        'xe-0/0/3                down  down',
        'em0                     up    up',
        'lo0                     up    up',
        'lo0.0                   up    up   inet     10.1.1.1            --> 0/0',
        '                                            127.0.0.1           --> 0/0',
        '',
      ].join('\n'),
    )
  })

  test('has the recorded elements', async () => {
    expect(renderXml(await command.run(invocation(['terse', ''], ['interface-name', 'lo0'])))).toBe(
      `<interface-information xmlns="http://xml.juniper.net/junos/24.4R1/junos-interface" junos:style="terse">
    <physical-interface>
        <name>lo0</name>
        <admin-status>up</admin-status>
        <oper-status>up</oper-status>
        <logical-interface>
            <name>lo0.0</name>
            <admin-status>up</admin-status>
            <oper-status>up</oper-status>
            <filter-information/>
            <address-family>
                <address-family-name>inet</address-family-name>
                <interface-address>
                    <ifa-local>10.1.1.1</ifa-local>
                    <ifa-destination junos:emit="emit">0/0</ifa-destination>
                </interface-address>
                <interface-address>
                    <ifa-local>127.0.0.1</ifa-local>
                    <ifa-destination junos:emit="emit">0/0</ifa-destination>
                </interface-address>
            </address-family>
        </logical-interface>
    </physical-interface>
</interface-information>
`,
    )
  })

  test.each([
    ['xe-0/0/1', ['xe-0/0/1', 'xe-0/0/1.5']],
    ['xe-0/0/1.5', ['xe-0/0/1.5']],
    ['xe-*', ['xe-0/0/0', 'xe-0/0/0.0', 'xe-0/0/1', 'xe-0/0/1.5', 'xe-0/0/2', 'xe-0/0/3']],
    ['xe-0/0/[2-3]', ['xe-0/0/2', 'xe-0/0/3']],
    ['xe-0/0/?.5', ['xe-0/0/1.5']],
    ['*.0', ['xe-0/0/0.0', 'lo0.0']],
    ['ge-*', []],
    ['xe-0/0/[3-2]', []],
  ])('of %s', async (name, interfaces) => {
    const lines = (await show(['terse', ''], ['interface-name', name])).split('\n').slice(1)
    expect(lines.filter(line => /^\S/.test(line)).map(line => line.split(' ')[0])).toEqual(interfaces)
  })

  test.each(['xe-9/9/9', 'xe-0/0/0.1', 'lo', ''])('of %j, which is not there', async name => {
    await expect(show(['terse', ''], ['interface-name', name])).rejects.toThrow(
      new CommandError(`device ${name} not found`),
    )
  })

  test('any name is a name, a pattern or of nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: fc.constantFrom(...'xe-0/.*?[]^\\-12a(+') }), name => {
        selectInterfaces(table.interfaces(), name)
      }),
    )
  })
})

test('show interfaces descriptions', async () => {
  expect(await show(['descriptions', ''])).toBe(
    [
      'Interface       Admin Link Description',
      'xe-0/0/0        up    up   to the lab, upstairs',
      'xe-0/0/1.5      up    up   five',
      '',
    ].join('\n'),
  )
  expect(await show(['descriptions', ''], ['interface-name', 'em0'])).toBe('')
})

test('show interfaces', async () => {
  expect(await show(['interface-name', 'xe-0/0/0'])).toBe(
    `Physical interface: xe-0/0/0, Enabled, Physical link is Up
  Interface index: 128, SNMP ifIndex: 513
  Description: to the lab, upstairs
  Link-level type: Ethernet, MTU: 1514
  Device flags   : Present Running
  Interface flags: SNMP-Traps Internal: 0x4000
  Current address: 02:05:86:71:00:03, Hardware address: 02:05:86:71:00:03
  Last flapped   : 2026-01-01 00:00:00 UTC (1d 01:01 ago)

  Logical interface xe-0/0/0.0 (Index 70) (SNMP ifIndex 517)
    Flags: Up SNMP-Traps 0x4000 Encapsulation: ENET2
    Protocol inet, MTU: 1500
      Flags: Sendbcast-pkt-to-re
      Addresses, Flags: Is-Preferred Is-Primary
        Destination: 192.168.10/24, Local: 192.168.10.1, Broadcast: 192.168.10.255
`,
  )
  expect(await show(['interface-name', 'xe-0/0/3'])).toContain('Administratively down, Physical link is Down')
  expect(await show(['interface-name', 'xe-0/0/1.5'])).toContain(
    'Flags: Up SNMP-Traps 0x4000 VLAN-Tag [ 0x8100.5 ]  Encapsulation: ENET2',
  )
})

test('show interfaces detail has generation numbers where they were recorded', async () => {
  const lines = (await show(['detail', ''], ['interface-name', 'xe-0/0/0'])).split('\n')
  const numbered = lines
    .filter(line => line.includes('Generation'))
    .map(line => line.replace(/\d{3}$|\d{3}(?=[,)])/g, 'N'))
  expect(numbered).toEqual([
    expect.stringContaining(', SNMP ifIndex: N, Generation: N'),
    expect.stringContaining('(SNMP ifIndex N) (Generation N)'),
    '    Protocol inet, MTU: 1N, Generation: N, Route table: 0',
    '        Destination: 192.168.10/24, Local: 192.168.10.1, Broadcast: 192.168.10.N, Generation: N',
  ])
  expect(await show(['media', ''], ['interface-name', '[afgxe][et]-*'])).toContain('Physical interface: xe-0/0/3')
})

test('show system connections has the recorded columns', () => {
  expect(
    connectionsText([
      { protocol: 'tcp4', local: '*.33081', foreign: '*.*', state: 'LISTEN' },
      { protocol: 'tcp4', local: '10.1.0.192.22', foreign: '10.1.0.1.56714', state: 'ESTABLISHED' },
      { protocol: 'udp4', local: '*.514', foreign: '*.*', state: '' },
    ]),
  ).toBe(
    [
      'Active Internet connections (including servers)',
      'Proto Recv-Q Send-Q  Local Address                                 Foreign Address                               (state)',
      'tcp4       0      0  10.1.0.192.22                                 10.1.0.1.56714                                ESTABLISHED',
      'tcp4       0      0  *.33081                                       *.*                                           LISTEN',
      'udp4       0      0  *.514                                         *.*',
      '',
    ].join('\n'),
  )
})

test.each([
  [0, '00:00:00'],
  [1_741, '00:29:01'],
  [86_400 + 60_300, '1d 16:45'],
  [23 * 86_400 + 17_100, '3w2d 04:45'],
])('an age of %d s', (seconds, text) => {
  expect(age(seconds)).toBe(text)
})
