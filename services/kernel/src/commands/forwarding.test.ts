import { CommandError, type CommandInvocation, renderJson } from '@hangar/junos-cli'
import { ForwardingNextHop_Kind as Kind } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { renderXml } from '@hangar/xml'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Forwarding } from '../forwarding/index.ts'
import { batch, gateway, inet0, inet60, mpls0, request } from '../forwarding/testing/requests.ts'
import { forwardingTableNames, showRouteForwardingTable } from './show-route-forwarding-table.ts'

function programmed(...given: readonly Parameters<typeof request>[0][]) {
  const forwarding = new Forwarding(() => 0)
  for (const one of given) for (const _event of forwarding.program(request(one)));
  const command = showRouteForwardingTable({ forwarding, release: '24.4R1' })
  const invocation = (...options: [string, string][]): CommandInvocation => ({
    options: new Map(options),
    user: 'lab',
    loginClass: 'super-user',
  })
  return {
    forwarding,
    run: async (...options: [string, string][]) => command.run(invocation(...options)),
    /** The text, which is the same in parts and as a whole. */
    async show(...options: [string, string][]) {
      let parts = ''
      for await (const part of command.stream!(invocation(...options))) parts += part
      expect(command.text(await command.run(invocation(...options)), invocation(...options))).toBe(parts)
      return parts
    },
  }
}

const leg = (address: string, name: string, labelOperation = '') => ({
  gateway: address,
  interface: name,
  weight: 1,
  labelOperation,
})
const device = programmed({
  tables: [inet0, inet60, mpls0, { id: 4, name: 'red.inet.0', family: 'inet', instance: 'red' }],
  nextHops: [
    gateway(1, '10.0.3.1', 'ge-0/0/1.0'),
    { id: 2, kind: Kind.UNICAST, legs: [leg('10.1.10.1', 'ge-0/0/1.0'), leg('10.1.10.2', 'ge-0/0/2.0')] },
    { id: 3, kind: Kind.RESOLVE, legs: [leg('', 'ge-0/0/1.0')] },
    { id: 4, kind: Kind.RECEIVE, legs: [leg('', 'ge-0/0/1.0')] },
    { id: 5, kind: Kind.INDIRECT, legs: [leg('10.0.3.1', 'ge-0/0/1.0')] },
    {
      id: 6,
      kind: Kind.INDIRECT,
      legs: [leg('1.1.46.1', 'ge-0/0/0.46', 'Push 299888'), leg('1.1.56.1', 'ge-0/0/1.56', 'Push 300000')],
    },
    { id: 7, kind: Kind.DISCARD },
    { id: 8, kind: Kind.REJECT },
    { id: 9, kind: Kind.TABLE, table: 4 },
    { id: 10, kind: Kind.UNICAST, legs: [leg('2.0.0.41', 'xe-0/2/0.11', 'Swap 300128')] },
    { id: 11, kind: Kind.UNICAST, legs: [leg('2.0.0.45', 'xe-0/2/0.12', 'Pop')] },
    gateway(12, 'fc09:c0:ffee:5::6', 'ge-0/0/9.502'),
    gateway(13, '2001:db8:1111:2222::ffff:1', 'ge-0/0/9.502'),
  ],
  routes: [
    batch(
      1,
      ['10.0.3.0/30', 3],
      ['10.0.3.2/32', 4],
      ['203.0.113.0/24', 5],
      ['192.168.200.1/32', 6],
      ['0.0.0.0/0', 1],
      ['10.1.1.2/32', 2],
      ['9.0.0.0/8', 7],
      ['8.0.0.0/7', 8],
      ['172.16.0.0/12', 9],
    ),
    batch(2, ['2804:2015::/48', 12], ['2001:db8:aaaa:bbbb::/64', 13]),
    batch(3, ['301680/20', 10], ['301712/20', 11], ['16/20', 4]),
    batch(4, ['10.0.0.0/8', 1]),
  ],
})

const columns = 'Destination        Type RtRef Next hop           Type Index    NhRef Netif\n'
const heading = (name: string, title: string) =>
  `Routing table: ${name}\n${title}:\n${title === 'MPLS' ? '' : 'Enabled protocols: Bridging, \n'}${columns}`

describe('show route forwarding-table', () => {
  test('has the recorded columns, and lines for next hops of several', async () => {
    expect(await device.show(['table', 'default'], ['family', 'inet'])).toBe(
      `${heading('default.inet', 'Internet')}\
default            user     0 10.0.3.1           ucst      512     3 ge-0/0/1.0
default            perm     0                    rjct       36     1
0.0.0.0/32         perm     0                    dscd       34     1
8.0.0.0/7          user     0                    rjct      520     2
9.0.0.0/8          user     0                    dscd      519     2
10.0.3.0/30        intf     0                    rslv      515     2 ge-0/0/1.0
10.0.3.2/32        intf     0 10.0.3.2           locl      516     3
10.1.1.2/32        user     0                    ulst  1048574     2
                              10.1.10.1          ucst      513     2 ge-0/0/1.0
                              10.1.10.2          ucst      514     2 ge-0/0/2.0
172.16.0.0/12      user     0                    rtbl      521     2
192.168.200.1/32   user     0                    indr  1048576     2
                                                 ulst  1048577     2
                              1.1.46.1          Push 299888      517     2 ge-0/0/0.46
                              1.1.56.1          Push 300000      518     2 ge-0/0/1.56
203.0.113.0/24     user     0                    indr  1048575     2
                              10.0.3.1           ucst      512     3 ge-0/0/1.0
224.0.0.0/4        perm     0                    mdsc       35     1
224.0.0.1/32       perm     0 224.0.0.1          mcst       31     1
255.255.255.255/32 perm     0                    bcst       32     1
`,
    )
  })

  test('goes on in the next line where a text is wider than its column', async () => {
    expect(await device.show(['family', 'inet6'])).toBe(
      `${heading('default.inet6', 'Internet6')}\
default            perm     0                    rjct       44     1
::/128             perm     0                    dscd       42     1
2001:db8:aaaa:bbbb::/64
                   user     0 2001:db8:1111:2222::ffff:1
                                                 ucst      525     2 ge-0/0/9.502
2804:2015::/48     user     0 fc09:c0:ffee:5::6  ucst      524     2 ge-0/0/9.502
ff00::/8           perm     0                    mdsc       43     1
ff02::1/128        perm     0 ff02::1            mcst       39     1
`,
    )
  })

  test('shows label operations in place of the type', async () => {
    expect(await device.show(['family', 'mpls'])).toBe(
      `${heading('default.mpls', 'MPLS')}\
default            perm     0                    dscd       50     1
16                 user     0                    recv      516     3
301680             user     0 2.0.0.41          Swap 300128      522     2 xe-0/2/0.11
301712             user     0 2.0.0.45          Pop        523     2 xe-0/2/0.12
`,
    )
  })

  test.each([
    // Of each table its best match.
    [
      ['destination', '203.0.113.77'],
      ['203.0.113.0/24 user', 'default perm'],
    ],
    [
      ['destination', '9.1.0.0/16'],
      ['9.0.0.0/8 user', 'default perm'],
    ],
    [
      ['destination', '8.0.0.0/6'],
      ['default user', 'default perm', 'default perm'],
    ],
    [
      ['destination', '224.0.0.1'],
      ['224.0.0.1/32 perm', '224.0.0.1/32 perm'],
    ],
    [['destination', '2804:2015::1'], ['2804:2015::/48 user']],
    [['destination', '::1'], ['default perm']],
    [['label', '301680'], ['301680 user']],
    [['label', '7'], ['default perm']],
    [
      ['matching', '10/8'],
      ['10.0.3.0/30 intf', '10.0.3.2/32 intf', '10.1.1.2/32 user', '10.0.0.0/8 user'],
    ],
    [['matching', '2001:db8::/32'], ['2001:db8:aaaa:bbbb::/64 user']],
    [['matching', '11.0.0.0/8'], []],
  ] as [[string, string], string[]][])('%j', async (option, expected) => {
    const rows = [...(await device.show(option)).matchAll(/^(\S+) +(user|perm|intf) |^(\S+:\S+)\n +(user)/gm)]
    expect(rows.map(row => `${row[1] ?? row[3]} ${row[2] ?? row[4]}`)).toEqual(expected)
  })

  test('summary', async () => {
    expect(await device.show(['summary', ''])).toBe(
      `Routing table: default.inet
Internet:
Enabled protocols: Bridging,${' '}
        user:          7 routes
        perm:          5 routes
        intf:          2 routes

Routing table: red.inet
Internet:
Enabled protocols: Bridging,${' '}
        user:          1 routes
        perm:          5 routes

Routing table: default.inet6
Internet6:
Enabled protocols: Bridging,${' '}
        user:          2 routes
        perm:          4 routes

Routing table: default.mpls
MPLS:
        user:          3 routes
        perm:          1 routes
`,
    )
    expect(renderXml(await device.run(['summary', ''], ['family', 'mpls']))).toContain(
      `        <route-table-summary>
            <route-table-type>user</route-table-type>
            <route-count>3</route-count>
        </route-table-summary>
`,
    )
  })

  test('as elements', async () => {
    expect(renderXml(await device.run(['destination', '203.0.113.0/24'], ['table', 'default']))).toBe(
      `<forwarding-table-information xmlns="http://xml.juniper.net/junos/24.4R1/junos-rtinfo">
    <route-table>
        <table-name>default.inet</table-name>
        <address-family>Internet</address-family>
        <enabled-protocols>Bridging, </enabled-protocols>
        <rt-entry>
            <rt-destination>203.0.113.0/24</rt-destination>
            <destination-type>user</destination-type>
            <route-reference-count>0</route-reference-count>
            <nh>
                <nh-type>indr</nh-type>
                <nh-index>1048575</nh-index>
                <nh-reference-count>2</nh-reference-count>
            </nh>
            <nh>
                <to>10.0.3.1</to>
                <nh-type>ucst</nh-type>
                <nh-index>512</nh-index>
                <nh-reference-count>3</nh-reference-count>
                <via>ge-0/0/1.0</via>
            </nh>
        </rt-entry>
    </route-table>
</forwarding-table-information>
`,
    )
    const json = JSON.parse(renderJson(await device.run(['label', '16'])))
    expect(json['forwarding-table-information'][0]['route-table'][0]['rt-entry'][0]['rt-destination']).toEqual([
      { data: '16' },
    ])
  })

  test.each([
    [['destination', '10.0.0.256'], 'invalid destination: 10.0.0.256'],
    [['matching', 'x'], 'invalid destination: x'],
    [['label', '1048576'], 'invalid label: 1048576'],
    [['table', 'blue'], 'table blue not found'],
  ] as [[string, string], string][])('%j is refused', async (option, message) => {
    await expect(device.show(option)).rejects.toThrow(new CommandError(message))
  })

  test('is empty while there are no tables', async () => {
    const { show, forwarding } = programmed()
    expect(await show()).toBe('')
    expect(forwardingTableNames(forwarding)).toEqual([])
    expect(forwardingTableNames(device.forwarding)).toEqual([{ name: 'default' }, { name: 'red' }])
  })

  test('XML of a table that is too large is refused, its text is not', async () => {
    const invocation = { options: new Map([['family', 'inet6']]), user: 'lab', loginClass: 'super-user' }
    const { forwarding } = device
    const command = showRouteForwardingTable({ forwarding, release: '24.4R1', mostElements: 5 })
    await expect(command.run(invocation)).rejects.toThrow(
      new CommandError('more than 5 routes; name a table or a prefix'),
    )
    let text = ''
    for await (const part of command.stream!(invocation)) text += part
    expect(text).toBe(await device.show(['family', 'inet6']))
  })

  test('any table is shown in order, each route once', async () => {
    const route = fc.tuple(fc.nat(2 ** 12 - 1), fc.integer({ min: 20, max: 32 }))
    await fc.assert(
      fc.asyncProperty(fc.array(route, { maxLength: 3000 }), async given => {
        const keys = given.map(([value, length]) => ((value << 20) >>> 0) * 64 + length)
        const expected = [...new Set(keys)].sort((a, b) => a - b)
        const texts = given.map(([value, length]): [string, number] => [
          `${value >> 4}.${(value & 15) << 4}.0.0/${length}`,
          1,
        ])
        const { show } = programmed({
          tables: [inet0],
          nextHops: [gateway(1, '192.0.2.1')],
          routes: [batch(1, ...texts)],
        })
        const shown = [...(await show()).matchAll(/^([\d.]+)\/(\d+) +user/gm)].map(
          ([, address, length]) =>
            address!.split('.').reduce((value, octet) => value * 256 + Number(octet), 0) * 64 + Number(length),
        )
        expect(shown).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})
