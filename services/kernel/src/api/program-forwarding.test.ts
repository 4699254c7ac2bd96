import type { MessageInitShape } from '@bufbuild/protobuf'
import { Code } from '@connectrpc/connect'
import { createMemoryHub } from '@hangar/bus'
import { Kernel, type RouteBatchSchema, RoutingSocketEventSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { describe, expect, test } from 'vitest'
import { Forwarding } from '../forwarding/index.ts'
import { batch, column, gateway, inet0, inet60, mpls0 } from '../forwarding/testing/requests.ts'
import { RouteMirror } from '../forwarding/testing/route-mirror.ts'
import { InterfaceTable } from '../interfaces/interface-table.ts'
import { kernelService } from './kernel-service.ts'

async function device() {
  const hub = createMemoryHub({ device: 'test' })
  const options = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const bus = hub.connect('kernel', options)
  const other = hub.connect('rpd', options)
  const mirror = new RouteMirror()
  await other.subscribe('kernel', 'rtsock', RoutingSocketEventSchema, event => mirror.take(event))
  const forwarding = new Forwarding(() => options.clock.now())
  const publisher = bus.publisher('rtsock', RoutingSocketEventSchema)
  const interfaces = new InterfaceTable([], () => options.clock.now())
  await bus.serve(
    Kernel,
    kernelService(interfaces, forwarding, publisher, bus.incarnation, () => {}),
  )
  const { programForwarding: program } = other.client('kernel', Kernel)
  return { program, forwarding, mirror, lines: () => mirror.lines.splice(0) }
}

const first = { incarnation: 'a', sequence: 1n, snapshot: true, synced: true }
const second = { incarnation: 'a', sequence: 2n }

describe('routes', () => {
  test('are reported once for each that is added, changed and deleted', async () => {
    const { program, lines } = await device()
    await program({
      ...first,
      tables: [inet0, inet60, mpls0],
      nextHops: [gateway(1, '192.0.2.1'), gateway(2, '192.0.2.2')],
      routes: [
        batch(1, ['10.0.0.0/8', 1], ['0.0.0.0/0', 2]),
        batch(2, ['2001:db8::/32', 2], ['::/0', 1]),
        batch(3, ['299776/20', 1]),
      ],
    })
    expect(lines()).toEqual([
      'add table inet.0',
      'add table inet6.0',
      'add table mpls.0',
      'add inet.0 10.0.0.0/8 user 192.0.2.1',
      'add inet.0 0.0.0.0/0 user 192.0.2.2',
      'add inet6.0 2001:db8::/32 user 192.0.2.2',
      'add inet6.0 ::/0 user 192.0.2.1',
      'add mpls.0 299776/20 user 192.0.2.1',
    ])
    await program({
      ...second,
      routes: [batch(1, ['10.0.0.0/8', 2], ['0.0.0.0/0', 2], ['172.16.0.0/12', 0]), batch(2, ['::/0', 0])],
    })
    expect(lines()).toEqual(['change inet.0 10.0.0.0/8 user 192.0.2.2', 'delete inet6.0 ::/0 user 192.0.2.1'])
  })

  test('that keep their next hop say nothing when it leads elsewhere', async () => {
    const { program, lines } = await device()
    await program({
      ...first,
      tables: [inet0],
      nextHops: [gateway(1, '192.0.2.1')],
      routes: [batch(1, ['10.0.0.0/8', 1])],
    })
    lines()
    await program({ ...second, nextHops: [gateway(1, '192.0.2.9')] })
    expect(lines()).toEqual([])
    await program({
      incarnation: 'a',
      sequence: 3n,
      nextHops: [{ id: 1, kind: 3 }],
      routes: [batch(1, ['10.0.0.0/8', 0])],
    })
    expect(lines()).toEqual(['delete inet.0 10.0.0.0/8 user 192.0.2.9'])
  })

  test('go with their table', async () => {
    const { program, lines, forwarding } = await device()
    await program({
      ...first,
      tables: [inet0],
      nextHops: [gateway(1, '192.0.2.1')],
      routes: [batch(1, ['10.0.0.0/8', 1])],
    })
    lines()
    await program({ ...second, removedTables: [1], removedNextHops: [1] })
    expect(lines()).toEqual(['delete inet.0 10.0.0.0/8 user 192.0.2.1', 'delete table inet.0'])
    expect([...forwarding.tables]).toEqual([])
  })
})

describe('a snapshot', () => {
  test('of a new rpd tells what is different, whatever its numbers are', async () => {
    const { program, lines } = await device()
    await program({
      ...first,
      tables: [inet0, inet60],
      nextHops: [gateway(1, '192.0.2.1'), gateway(2, '192.0.2.2')],
      routes: [batch(1, ['10.0.0.0/8', 1], ['10.1.0.0/16', 1], ['10.2.0.0/16', 2]), batch(2, ['::/0', 1])],
    })
    lines()
    await program({
      incarnation: 'b',
      sequence: 1n,
      snapshot: true,
      tables: [{ ...inet0, id: 7 }],
      nextHops: [gateway(1, '192.0.2.2'), gateway(2, '192.0.2.1')],
      routes: [batch(7, ['10.0.0.0/8', 2])],
    })
    expect(lines()).toEqual([])
    await program({ incarnation: 'b', sequence: 2n, synced: true, routes: [batch(7, ['10.2.0.0/16', 2])] })
    expect(lines()).toEqual([
      'change inet.0 10.2.0.0/16 user 192.0.2.1',
      'delete inet6.0 ::/0 user 192.0.2.1',
      'delete table inet6.0',
      'delete inet.0 10.1.0.0/16 user 192.0.2.1',
    ])
  })

  test('is what a sender that is not known, or has lost a request, has to begin with', async () => {
    const { program } = await device()
    const refused = { code: Code.FailedPrecondition }
    await expect(program({ incarnation: 'a', sequence: 1n })).rejects.toMatchObject(refused)
    await program({ ...first, synced: false })
    await expect(program({ incarnation: 'b', sequence: 2n })).rejects.toMatchObject(refused)
    await expect(program({ incarnation: 'a', sequence: 3n })).rejects.toMatchObject(refused)
    await expect(program({ incarnation: 'a', sequence: 1n })).rejects.toMatchObject(refused)
    await program({ ...second, synced: true })
  })
})

interface Wrong {
  tables?: (typeof inet0)[]
  nextHops?: ReturnType<typeof gateway>[]
  routes?: MessageInitShape<typeof RouteBatchSchema>[]
  removedTables?: number[]
  removedNextHops?: number[]
}

const wrongs: [Wrong, string][] = [
  [{ tables: [{ ...inet0, id: 0 }] }, 'table 0 "inet.0" needs a number and a name'],
  [{ tables: [{ ...inet0, id: 4, family: 'iso' }] }, 'table inet.0: no family "iso"'],
  [{ tables: [{ ...inet0, id: 4 }] }, 'table inet.0 is number 1, not 4'],
  [{ tables: [{ ...inet60, id: 1 }] }, 'table 1 is inet.0 of master, not inet6.0 of master'],
  [{ nextHops: [{ ...gateway(2, ''), kind: 0 }] }, 'next hop 2: no kind 0'],
  [{ nextHops: [{ id: 2, kind: 6, table: 9 }] }, 'next hop 2: table 9 is not known'],
  [{ routes: [batch(9, ['10.0.0.0/8', 1])] }, 'routes of table 9, which is not known'],
  [{ routes: [batch(1, ['10.0.0.0/8', 1], ['10.0.0.0/8', 9])] }, 'routes of table 1: next hop 9 is not known'],
  [
    { routes: [batch(1, ['0.0.0.0/0', 1], ['10.0.0.1/8', 1])] },
    'routes of table 1: route 1 has a length of 8 that its address does not have',
  ],
  [
    { routes: [{ ...batch(1, ['10.0.0.0/8', 1]), nextHops: column([1, 1]) }] },
    'routes of table 1: 4 bytes of addresses and 8 of next hops for 1 lengths',
  ],
  [{ removedTables: [9] }, 'removed table 9 is not known'],
  [{ removedNextHops: [9] }, 'removed next hop 9 is not known'],
]

test.each(wrongs)('a request that is wrong changes nothing: %#', async (wrong, text) => {
  const { program, lines } = await device()
  await program({ ...first, tables: [inet0], nextHops: [gateway(1, '192.0.2.1')] })
  lines()
  const right = { tables: [inet60], nextHops: [gateway(3, '192.0.2.3')], routes: [batch(2, ['::/0', 3])] }
  const both = {
    ...wrong,
    tables: wrong.tables ?? right.tables,
    nextHops: [...right.nextHops, ...(wrong.nextHops ?? [])],
    routes: [...(wrong.tables ? [] : right.routes), ...(wrong.routes ?? [])],
  }
  await expect(program({ ...second, ...both })).rejects.toMatchObject({ code: Code.InvalidArgument, rawMessage: text })
  expect(lines()).toEqual([])
  // The number is still free.
  await program({ ...second, ...right })
  expect(lines()).toEqual(['add table inet6.0', 'add inet6.0 ::/0 user 192.0.2.3'])
})
