import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { createMemoryHub } from '@hangar/bus'
import { Jet, type StreamRequest, StreamRequestSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import {
  Rib,
  RouteGetReplySchema,
  RouteGetRequestSchema,
  RouteOperReplySchema,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/rib_service_pb'
import { ManualClock, seededRandom, silentLogger } from '@hangar/runtime'
import { expect, test } from 'vitest'
import { notDecodable } from './jet-codec.ts'
import { JetDoor } from './jet-door.ts'

const options = { clock: new ManualClock(), random: seededRandom(1), log: silentLogger }

async function knock(door: JetDoor) {
  const hub = createMemoryHub({ device: 'test' })
  await hub.connect('rpd', options).serve(Jet, door.service)
  return hub.connect('jsd', options).client('rpd', Jet)
}

const caller = { session: 's-1', clientId: 'app' }
const reply = (operationsCompleted: number) =>
  toBinary(RouteOperReplySchema, create(RouteOperReplySchema, { operationsCompleted }))

async function* one(request: Uint8Array, path: string): AsyncIterable<StreamRequest> {
  yield create(StreamRequestSchema, { path, caller, request })
}

test('some methods of a service are served as bytes, the others typed, and all are announced in their order', async () => {
  const door = new JetDoor()
  const seen: unknown[] = []
  door.add(
    Rib,
    {
      routeRemove: request => ({ operationsCompleted: request.keys.length }),
      async *routeGet(request) {
        yield { routes: [{ key: request.key! }] }
      },
    },
    {
      bytes: {
        routeAdd(request, call) {
          seen.push([...request], call.caller.clientId)
          return reply(7)
        },
        routeModify: async () => reply(8),
        async *routeMonitorRegister(request) {
          yield request
          yield Uint8Array.of(1, 2)
        },
      },
    },
  )
  expect(door.announcement()).toMatchObject([
    {
      name: 'routing.Rib',
      methods: [
        { name: 'RouteAdd', serverStreaming: false },
        { name: 'RouteModify' },
        { name: 'RouteRemove' },
        { name: 'RouteGet', serverStreaming: true },
        { name: 'RouteMonitorRegister', serverStreaming: true },
      ],
    },
  ])
  const jet = await knock(door)
  const completed = async (method: string, request = new Uint8Array()) => {
    const { response } = await jet.invoke({ path: `/routing.Rib/${method}`, caller, request })
    return fromBinary(RouteOperReplySchema, response).operationsCompleted
  }
  expect(await completed('RouteAdd', Uint8Array.of(9, 9))).toBe(7)
  expect(seen).toEqual([[9, 9], 'app'])
  expect(await completed('RouteModify')).toBe(8)
  expect(await completed('RouteRemove')).toBe(0)

  const heard: number[][] = []
  const path = '/routing.Rib/RouteMonitorRegister'
  for await (const { response } of jet.stream(one(Uint8Array.of(5), path))) heard.push([...response])
  expect(heard).toEqual([[5], [1, 2]])

  const request = toBinary(RouteGetRequestSchema, create(RouteGetRequestSchema, { key: { cookie: 3n } }))
  for await (const { response } of jet.stream(one(request, '/routing.Rib/RouteGet')))
    expect(fromBinary(RouteGetReplySchema, response).routes[0]!.key!.cookie).toBe(3n)
})

test('a bytes method fails as a typed one does', async () => {
  const door = new JetDoor()
  door.add(
    Rib,
    { routeUpdate: () => ({}) },
    {
      bytes: {
        routeAdd() {
          throw notDecodable(RouteUpdateRequestSchema, 'premature EOF')
        },
      },
    },
  )
  const jet = await knock(door)
  const error = (method: string, request = Uint8Array.of(0x0a, 0xff)) =>
    jet.invoke({ path: `/routing.Rib/${method}`, caller, request }).catch(thrown => {
      const { code, rawMessage } = ConnectError.from(thrown)
      return { code, rawMessage }
    })
  expect(await error('RouteAdd')).toEqual(await error('RouteUpdate'))
  expect(await error('RouteModify')).toMatchObject({ code: Code.Unavailable })
})

test('a method has one implementation', () => {
  const typed = { routeAdd: () => ({}) }
  const bytes = { routeAdd: () => new Uint8Array() }
  expect(() => new JetDoor().add(Rib, typed, { bytes })).toThrow('/routing.Rib/RouteAdd is served twice')
})

test('a call has a signal for who asks, aborted when its client is gone', async () => {
  const door = new JetDoor()
  const begun = Promise.withResolvers<AbortSignal>()
  door.add(
    Rib,
    {},
    {
      bytes: {
        routeAdd(_, { signal }) {
          begun.resolve(signal)
          return new Promise(() => {})
        },
      },
    },
  )
  const jet = await knock(door)
  const client = new AbortController()
  const call = jet.invoke({ path: '/routing.Rib/RouteAdd', caller }, { signal: client.signal })
  const signal = await begun.promise
  expect(signal.aborted).toBe(false)
  client.abort()
  await expect(call).rejects.toMatchObject({ code: Code.Canceled })
  expect(signal.aborted).toBe(true)
})

test('a service may be loaded by its first call, once, and is announced before', async () => {
  const door = new JetDoor()
  let loads = 0
  door.addLater('routing.Rib', async () => {
    loads++
    if (loads === 1) throw new ConnectError('not now', Code.Internal)
    return {
      service: Rib,
      implementation: {
        async *routeGet(request) {
          yield { routes: [{ key: request.key! }] }
        },
      },
      options: { bytes: { routeAdd: () => reply(7) } },
    }
  })
  const eager = new JetDoor()
  const never = (): never => {
    throw new Error('not called')
  }
  eager.add(Rib, Object.fromEntries(Rib.methods.map(({ localName }) => [localName, never])))
  expect(door.announcement()).toEqual(eager.announcement())

  const jet = await knock(door)
  const add = () => jet.invoke({ path: '/routing.Rib/RouteAdd', caller, request: new Uint8Array() })
  await expect(add()).rejects.toThrow('not now')
  const answers = await Promise.all([add(), add()])
  for (const { response } of answers) expect(fromBinary(RouteOperReplySchema, response).operationsCompleted).toBe(7)
  for await (const { response } of jet.stream(one(new Uint8Array(), '/routing.Rib/RouteGet')))
    expect(fromBinary(RouteGetReplySchema, response).routes).toHaveLength(1)
  expect(loads).toBe(2)
  const remove = jet.invoke({ path: '/routing.Rib/RouteRemove', caller, request: new Uint8Array() })
  await expect(remove).rejects.toMatchObject({ code: Code.Unavailable })
  expect(() => door.addLater('routing.Nothing', never)).toThrow('routing.Nothing is no JET service')
})

test('what is loaded for another service is not served', async () => {
  const door = new JetDoor()
  door.addLater('routing.BgpRoute', async () => ({ service: Rib, implementation: {} }))
  const jet = await knock(door)
  const call = jet.invoke({ path: '/routing.BgpRoute/BgpRouteAdd', caller, request: new Uint8Array() })
  await expect(call).rejects.toThrow('routing.Rib was loaded as routing.BgpRoute')
})
