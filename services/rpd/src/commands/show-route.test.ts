import { parsePrefix } from '@hangar/inet'
import { CommandError, type OperationalCommand } from '@hangar/junos-cli'
import { renderXml } from '@hangar/xml'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AttributeValues, Protocol } from '../rib/attributes.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import { wordsOf } from '../rib/words.ts'
import { testRouting } from '../testing/routing.ts'
import { showProgrammableClients, showProgrammableRouteSummary } from './show-programmable-rpd.ts'
import { showRoute } from './show-route.ts'
import { showRouteInstance } from './show-route-instance.ts'
import { showRouteSummary } from './show-route-summary.ts'

const via = (gateway: string, more: object = {}): NextHopSpec => ({
  kind: 'gateways',
  gateways: gateway
    .split(' ')
    .map(one => ({ address: parsePrefix(one)!.address, resolve: 'recursive' as const, ...more })),
})

describe('routes as commands show them', () => {
  let world: Awaited<ReturnType<typeof testRouting>>
  const release = '23.4R1'
  beforeEach(async () => {
    world = await testRouting()
    world.address('xe-0/0/0.0', '10.0.0.1/24')
  })

  const add = (
    prefix: string,
    nextHop: NextHopSpec,
    more: Partial<AttributeValues> & { protocol?: Protocol; client?: string; table?: string; cookie?: number } = {},
  ) => {
    const { protocol = 'Static', client, table, cookie = 0, ...values } = more
    const { rib } = world.routing
    const { address, length } = parsePrefix(prefix)!
    putRoute(rib, rib.table(table ?? `${address.family}.0`)!, {
      words: wordsOf(address),
      length,
      source: rib.attributes.source(protocol, client),
      values: { preference: 5, preference2: 0, ...values },
      nextHop,
      cookie,
    })
    rib.settle()
  }
  const invocation = (line: string) => {
    const options = new Map<string, string>()
    const words = line.split(' ').filter(word => word !== '')
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!
      if (['table', 'protocol', 'next-hop', 'instance'].includes(word)) options.set(word, words[++i]!)
      else if (/^[\d:]/.test(word)) options.set('destination', word)
      else options.set(word, '')
    }
    return { options, user: 'lab', loginClass: 'super-user' }
  }
  /** Both ways of making the text have to agree. */
  const shown = async (line: string) => {
    const command = showRoute({ rib: world.routing.rib, release })
    let text = ''
    for await (const part of command.stream!(invocation(line))) text += part
    expect(command.text(await command.run(invocation(line)), invocation(line))).toBe(text)
    return text
  }
  const text = async (command: OperationalCommand, options: Record<string, string> = {}) => {
    const given = { options: new Map(Object.entries(options)), user: 'lab', loginClass: 'super-user' }
    return command.text(await command.run(given), given)
  }

  test('a destination a line, a next hop a line, in the order of addresses', async () => {
    add('10.123.0.0/24', via('10.0.0.9'), {
      protocol: 'BGP-Static',
      client: 'a',
      preference: 10,
      preference2: -201,
      bgp: { localPreference: 200, asPath: '', origin: 'I', type: 'internal' },
    })
    add('9.0.0.0/8', via('10.0.0.7 10.0.0.8'), { client: 'a', preference2: 100, metric: 3, tag: 7 })
    add('192.168.100.200/30', { kind: 'discard' }, { metric: 0 })
    await world.clock.advance(3_000)
    expect(await shown('table inet.0')).toBe(`
inet.0: 5 destinations, 5 routes (5 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

9.0.0.0/8          *[Static/5/100] 00:00:03, metric 3, metric2 0, tag 7
                    >  to 10.0.0.7 via xe-0/0/0.0
                       to 10.0.0.8 via xe-0/0/0.0
10.0.0.0/24        *[Direct/0] 00:00:03
                    >  via xe-0/0/0.0
10.0.0.1/32        *[Local/0] 00:00:03
                       Local via xe-0/0/0.0
10.123.0.0/24      *[BGP-Static/10/-201] 00:00:03, metric2 0
                    >  to 10.0.0.9 via xe-0/0/0.0
192.168.100.200/30 *[Static/5] 00:00:03, metric 0
                       Discard
`)
  })

  test('a long destination has a line of its own', async () => {
    world.address('xe-0/0/1.0', '2001:db8::1/64')
    add('2001:db8:eb18:ca45::1/128', via('2001:db8::2'))
    expect(await shown('2001:db8:eb18:ca45::1 exact')).toBe(`
inet6.0: 3 destinations, 3 routes (3 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

2001:db8:eb18:ca45::1/128
                   *[Static/5] 00:00:00, metric2 0
                    >  to 2001:db8::2 via xe-0/0/1.0
`)
  })

  test('paths that lost stand below the one that won, hidden ones are shown when asked for', async () => {
    add('9.0.0.0/8', via('10.0.0.7'), { client: 'a', preference2: 100 })
    add('9.0.0.0/8', via('10.0.0.8'), { client: 'b', preference2: 100, preference: 9 })
    add('8.0.0.0/8', via('172.16.0.1'), { client: 'b', preference2: 100 })
    expect(await shown('9.0.0.0/8')).toContain(`
9.0.0.0/8          *[Static/5/100] 00:00:00, metric2 0
                    >  to 10.0.0.7 via xe-0/0/0.0
                    [Static/9/100] 00:00:00, metric2 0
                    >  to 10.0.0.8 via xe-0/0/0.0
`)
    expect(await shown('9.0.0.0/8 inactive-path')).not.toContain('*[')
    expect(await shown('9.0.0.0/8 active-path')).not.toContain('[Static/9')
    expect(await shown('8.0.0.0/8 exact')).toBe('')
    expect(await shown('hidden table inet.0')).toContain(`
8.0.0.0/8           [Static/5/100] 00:00:00
                       Unusable
`)
  })

  test('a destination means what is inside of it, else what covers it; exact, best and range say otherwise', async () => {
    add('9.0.0.0/8', { kind: 'discard' })
    add('9.1.0.0/16', { kind: 'discard' })
    add('9.1.1.0/24', { kind: 'discard' })
    const names = async (line: string) => [...(await shown(line)).matchAll(/^(\d\S+)/gm)].map(one => one[1])
    expect(await names('9.1.0.0/16')).toEqual(['9.1.0.0/16', '9.1.1.0/24'])
    expect(await names('9.1.1.7')).toEqual(['9.1.1.0/24'])
    expect(await names('9.1.0.0/16 exact')).toEqual(['9.1.0.0/16'])
    expect(await names('9.1.1.0/25 best')).toEqual(['9.1.1.0/24'])
    expect(await names('9/8 best')).toEqual(['9.0.0.0/8'])
    expect(await names('9.2.0.0/16 range')).toEqual([])
    expect(await names('9.2.0.0/16')).toEqual(['9.0.0.0/8'])
    expect(await names('protocol local')).toEqual(['10.0.0.1/32'])
    expect(await names('next-hop 10.0.0.99')).toEqual([])
  })

  test('programmed routes, next hops and tables select', async () => {
    world.routing.rib.addTable('red.inet.0', 'inet', 'red')
    add('9.0.0.0/8', via('10.0.0.7'))
    add('9.0.0.0/8', { kind: 'discard' }, { table: 'red.inet.0', client: 'a' })
    expect(await shown('programmed')).toContain('red.inet.0: 1 destinations')
    expect(await shown('programmed')).not.toContain('\ninet.0:')
    expect(await shown('next-hop 10.0.0.7')).toContain('9.0.0.0/8 ')
    expect(await shown('table red')).toContain('Discard')
    expect(await shown('table nowhere')).toBe('')
    await expect(shown('9.0.0.300')).rejects.toThrow(CommandError)
    await expect(shown('1048576')).rejects.toThrow('invalid label: 1048576')
  })

  test('labels', async () => {
    const { rib } = world.routing
    putRoute(rib, rib.table('mpls.0')!, {
      words: [299776, 0, 0, 0],
      length: 20,
      source: rib.attributes.source('Static', 'a'),
      values: { preference: 5, preference2: 100 },
      nextHop: via('10.0.0.7', { interface: 'xe-0/0/0.0', labels: [{ operation: 'swap', label: 17 }] }),
    })
    rib.settle()
    expect(await shown('299776')).toBe(`
mpls.0: 1 destinations, 1 routes (1 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

299776             *[Static/5/100] 00:00:00
                    >  to 10.0.0.7 via xe-0/0/0.0, Swap 17
`)
  })

  test('terse', async () => {
    add('9.0.0.0/8', via('10.0.0.7 10.0.0.8'), { metric: 3 })
    expect(await shown('terse table inet.0')).toBe(`
inet.0: 3 destinations, 3 routes (3 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

A V Destination        P Prf   Metric 1   Metric 2  Next hop        AS path
* ? 9.0.0.0/8          S   5          3          0 >10.0.0.7
                                                    10.0.0.8
* ? 10.0.0.0/24        D   0                       >xe-0/0/0.0
* ? 10.0.0.1/32        L   0                        Local
`)
  })

  test('detail and extensive', async () => {
    const bgp = { localPreference: 200, asPath: '65001 65002', origin: 'I', type: 'internal' } as const
    const values = { protocol: 'BGP-Static', client: 'a', preference: 10, preference2: -201, bgp } as const
    add('10.123.0.0/24', via('10.0.0.1'.replace('.1', '.7')), { ...values, communities: ['65000:1'] })
    add('10.123.0.0/24', via('10.0.0.8'), { ...values, cookie: 1 })
    await world.clock.advance(3_000)
    expect(await shown('detail 10.123.0.0/24')).toBe(`
inet.0: 3 destinations, 4 routes (3 active, 0 holddown, 0 hidden)
10.123.0.0/24 (2 entries, 1 announced)
        *BGP-Static Preference: 10/-201
                Next hop type: Indirect, Next hop index: 0
                Next-hop reference count: 1
                Next hop: 10.0.0.7 via xe-0/0/0.0, selected
                Protocol next hop: 10.0.0.7
                State: <Active Int Ext Programmed>
                Age: 3 	Metric2: 0
                Validation State: unverified${' '}
                Task: JAPI
                Announcement bits (1): 0-KRT${' '}
                AS path: 65001 65002 I${' '}
                Communities: 65000:1
                Localpref: 200
                Programmed by: a
         BGP-Static Preference: 10/-201
                Next hop type: Indirect, Next hop index: 0
                Next-hop reference count: 1
                Next hop: 10.0.0.8 via xe-0/0/0.0, selected
                Protocol next hop: 10.0.0.8
                State: <Int Ext Programmed>
                Inactive reason: Nexthop address
                Age: 3 	Metric2: 0
                Validation State: unverified${' '}
                Task: JAPI
                AS path: 65001 65002 I${' '}
                Localpref: 200
                Programmed by: a

`)
    expect(await shown('extensive 10.0.0.0/24 exact')).toContain(`10.0.0.0/24 (1 entry, 1 announced)
        State: <FlashAll>
TSI:
KRT in-kernel 10.0.0.0/24 -> {xe-0/0/0.0}
        *Direct Preference: 0
`)
  })

  test('XML has the elements that programs look for', async () => {
    add('9.0.0.0/8', via('10.0.0.7'), { client: 'a', preference2: 100 })
    const command = showRoute({ rib: world.routing.rib, release })
    expect(renderXml(await command.run(invocation('9.0.0.0/8')))).toBe(`\
<route-information xmlns="http://xml.juniper.net/junos/23.4R1/junos-routing">
    <route-table>
        <table-name>inet.0</table-name>
        <destination-count>3</destination-count>
        <total-route-count>3</total-route-count>
        <active-route-count>3</active-route-count>
        <holddown-route-count>0</holddown-route-count>
        <hidden-route-count>0</hidden-route-count>
        <rt junos:style="brief">
            <rt-destination>9.0.0.0/8</rt-destination>
            <rt-entry>
                <active-tag>*</active-tag>
                <current-active/>
                <last-active/>
                <protocol-name>Static</protocol-name>
                <preference>5</preference>
                <preference2>100</preference2>
                <age junos:seconds="0">00:00:00</age>
                <metric2>0</metric2>
                <nh>
                    <selected-next-hop/>
                    <to>10.0.0.7</to>
                    <via>xe-0/0/0.0</via>
                </nh>
            </rt-entry>
        </rt>
    </route-table>
</route-information>
`)
  })

  test('a summary by protocol', async () => {
    add('9.0.0.0/8', via('10.0.0.7'))
    const identity = () => ({ routerId: '10.189.5.252', autonomousSystem: '65171' })
    expect(await text(showRouteSummary({ rib: world.routing.rib, release, identity }))).toBe(`\
Autonomous system number: 65171
Router ID: 10.189.5.252

inet.0: 3 destinations, 3 routes (3 active, 0 holddown, 0 hidden)
              Direct:      1 routes,      1 active
               Local:      1 routes,      1 active
              Static:      1 routes,      1 active
`)
  })

  test('instances', async () => {
    const instances = () => [
      { name: 'master', type: 'forwarding', routerId: '10.0.0.1', interfaces: [] },
      { name: 'red', type: 'virtual-router', routerId: '', interfaces: ['xe-0/0/1.0'] },
    ]
    const command = showRouteInstance({ rib: world.routing.rib, release, instances })
    expect(await text(command)).toBe(`\
Instance             Type
         Primary RIB                                     Active/holddown/hidden
master               forwarding
         inet.0                                          2/0/0

red                  virtual-router

`)
    expect(await text(command, { detail: '', 'instance-name': 'red' })).toBe(`\
red:
  Router ID: 0.0.0.0
  Type: virtual-router    State: Active
  Interfaces:
    xe-0/0/1.0
`)
    await expect(text(command, { 'instance-name': 'blue' })).rejects.toThrow('instance blue not found')
  })

  test('clients of the programmable rpd, in the documented columns', async () => {
    const { clients, rib } = world.routing
    const caller = (clientId: string) => ({ clientId, session: `s${clientId}`, peer: 'ipv4:127.0.0.1:1' })
    for (const id of ['3', '2', '1']) clients.calling({ ...caller(id), user: '', loginClass: '' } as never)
    clients.find('3')!.initialized.set('bgp', 's3')
    clients.setPurgeTime(clients.find('3')!, 150)
    add('9.0.0.0/8', via('10.0.0.7'), { protocol: 'BGP-Static', client: '3' })
    clients.sessionUp('s1', '1')
    clients.sessionDown('s1')
    clients.sessionUp('s2', '2')
    clients.sessionUp('s3', '3')
    await world.clock.advance(3_000)
    const command = showProgrammableClients({ clients, rib, release })
    expect(await text(command)).toBe(`\
RPD global purge timeout: 120
RPD Server connected client details:
ClientIdentifier   PurgeTimer  Status   Timeout  Protocol       Gateway
3                   150         Up               BGP-Static        1
2                   120         Up               NoGwProtocol      0
1                   120         Down     117     NoGwProtocol      0
`)
    expect(await text(command, { 'client-id': '3', detail: '' })).toContain('Protocol: BGP-Static, Routes: 1')
    await expect(text(command, { 'client-id': 'x' })).rejects.toThrow('client x not found')
    expect(await text(showProgrammableRouteSummary({ clients, rib, release }))).toBe(`\
Client Identifier: 3
  Protocol      Table                         Primary routes  Secondary routes
  Bgp-Static    inet.0                                     1                 0
`)
  })
})
