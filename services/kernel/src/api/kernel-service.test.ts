import { Code } from '@connectrpc/connect'
import { type Bus, createMemoryHub, watchState } from '@hangar/bus'
import {
  Kernel,
  type PhysicalInterface,
  type RoutingSocketEvent,
  RoutingSocketEventSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { Forwarding } from '../forwarding/index.ts'
import { InterfaceTable } from '../interfaces/interface-table.ts'
import { createPorts } from '../interfaces/port.ts'
import { describeEvent } from '../interfaces/testing/describe-event.ts'
import { addressed, wish } from '../interfaces/testing/wishes.ts'
import { kernelService } from './kernel-service.ts'

const lesson = wish([addressed('xe-0/0/0', 'inet', '192.168.10.1/24')])

async function device() {
  const hub = createMemoryHub({ device: 'test' })
  const options = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }
  const bus = hub.connect('kernel', options)
  const other = hub.connect('dcd', options)
  const events: RoutingSocketEvent[] = []
  await other.subscribe('kernel', 'rtsock', RoutingSocketEventSchema, event => void events.push(event))
  const table = new InterfaceTable(createPorts(), () => options.clock.now())
  const publisher = bus.publisher('rtsock', RoutingSocketEventSchema)
  await bus.serve(
    Kernel,
    kernelService(table, new Forwarding(() => options.clock.now()), publisher, bus.incarnation, () => {}),
  )
  return { other, options, events, client: other.client('kernel', Kernel) }
}

function watch(bus: Bus, options: Parameters<ReturnType<typeof createMemoryHub>['connect']>[1]) {
  const client = bus.client('kernel', Kernel)
  return watchState({
    ...options,
    bus,
    daemon: 'kernel',
    open: signal => client.watchInterfaces({}, { signal }),
    read: message => ({ mark: message.mark, key: message.name, value: message.interface as PhysicalInterface }),
  })
}

test('ports are reported when they are found', async () => {
  const { events } = await device()
  await expect.poll(() => events.map(describeEvent)).toContain('add ifd xe-0/0/0 8')
  expect(events).toHaveLength(6)
})

test('a wish is state and events when it is acknowledged; the same again is neither', async () => {
  const { client, events, other, options } = await device()
  const replica = watch(other, options)
  await replica.ready
  expect([...replica.values.keys()]).toEqual(['xe-0/0/0', 'xe-0/0/1', 'xe-0/0/2', 'xe-0/0/3', 'em0', 'lo0'])
  await client.configureInterfaces({ ...lesson, interfaces: [...lesson.interfaces], removed: [] })
  await expect
    .poll(() => events.slice(6).map(describeEvent))
    .toEqual([
      'change ifd xe-0/0/0 4008',
      'add ifl xe-0/0/0.0 4001',
      'add iff xe-0/0/0.0 inet inet.0 1',
      'add ifa xe-0/0/0.0 inet 192.168.10.1/32 192.168.10.0/24 192.168.10.255/32 c0',
    ])
  await expect.poll(() => replica.values.get('xe-0/0/0')?.units[0]?.families[0]?.addresses[0]?.flags).toBe(192)
  await client.configureInterfaces({ interfaces: [...lesson.interfaces] })
  await client.setCarrier({ name: 'xe-0/0/1', up: false })
  await expect.poll(() => events.slice(10).map(describeEvent)).toEqual(['change ifd xe-0/0/1 48'])
  await replica[Symbol.asyncDispose]()
})

test('a wish that is wrong changes nothing, and names what is wrong', async () => {
  const { client, events } = await device()
  await expect.poll(() => events.length).toBe(6)
  const wrong = wish([addressed('xe-0/0/0', 'inet', '10.0.0.1/24'), addressed('xe-0/0/1', 'inet', '10.0.0.256/24')])
  await expect(client.configureInterfaces({ interfaces: [...wrong.interfaces] })).rejects.toMatchObject({
    code: Code.InvalidArgument,
    rawMessage: 'xe-0/0/1.0: 10.0.0.256/24 is no address of family inet',
  })
  await expect(client.setCarrier({ name: 'xe-0/0/9', up: true })).rejects.toMatchObject({
    code: Code.NotFound,
    rawMessage: 'device xe-0/0/9 not found',
  })
  await client.configureInterfaces({})
  expect(events).toHaveLength(6)
})
