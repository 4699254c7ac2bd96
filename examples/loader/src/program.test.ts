import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { LoginReplySchema } from '@hangar/protocol/authentication_service_pb'
import {
  RouteGetReplySchema,
  RouteGetRequestSchema,
  RouteOperReplySchema,
  RouteOperStatus,
  RouteUpdateRequestSchema,
} from '@hangar/protocol/rib_service_pb'
import { afterEach, describe, expect, it } from 'vitest'
import { gatewaysFrom } from './gateways.ts'
import { JetClient } from './jet-client.ts'
import { countRoutes, program } from './program.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.forceShutdown()
})

const update = (count: number) =>
  Buffer.from(
    toBinary(
      RouteUpdateRequestSchema,
      create(RouteUpdateRequestSchema, { routes: Array.from({ length: count }, () => ({})) }),
    ),
  )

describe('programming a table', () => {
  it('sends every request, some at a time, and counts what is there', async () => {
    const router = await fakeRouter()
    const client = await router.login()
    await program(client, 'RouteAdd', [update(3), update(1), update(2), update(1)], 2)
    expect(router.state).toMatchObject({ routes: 7, mostAtOnce: 2 })
    expect(await countRoutes(client, 'inet6.0')).toBe(7)
    expect(router.state.tables).toEqual(['inet6.0'])
    client.close()
  })

  it('ends with the first status that is no success', async () => {
    const router = await fakeRouter({ refuse: RouteOperStatus.ROUTE_EXISTS })
    const client = await router.login()
    await expect(program(client, 'RouteAdd', [update(1), update(1)], 1)).rejects.toThrow('RouteAdd: ROUTE_EXISTS')
    client.close()
  })

  it('says that a login was refused', async () => {
    const router = await fakeRouter({ login: false })
    await expect(router.login()).rejects.toThrow('wrong user or password for jet')
  })
})

it('counts gateways on from the first', () => {
  expect(gatewaysFrom('10.0.0.9', 3)).toEqual(['10.0.0.9', '10.0.0.10', '10.0.0.11'])
  expect(gatewaysFrom('2001:db8::f', 2)).toEqual(['2001:db8::f', '2001:db8::10'])
  expect(gatewaysFrom('2001:db8::', 2)).toEqual(['2001:db8::0', '2001:db8::1'])
})

async function fakeRouter({ login = true, refuse = RouteOperStatus.SUCCESS } = {}) {
  const state = { routes: 0, atOnce: 0, mostAtOnce: 0, tables: [] as string[] }
  const server = new Server()
  servers.push(server)
  const bytes = (value: Buffer) => value
  const method = (path: string, responseStream = false) => ({
    path,
    requestStream: false,
    responseStream,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  })
  server.addService(
    {
      login: method('/authentication.Login/LoginCheck'),
      add: method('/routing.Rib/RouteAdd'),
      get: method('/routing.Rib/RouteGet', true),
    },
    {
      login: (_: unknown, answer: sendUnaryData<Buffer>) =>
        answer(null, Buffer.from(toBinary(LoginReplySchema, create(LoginReplySchema, { result: login })))),
      add: ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
        const { routes } = fromBinary(RouteUpdateRequestSchema, request)
        state.mostAtOnce = Math.max(state.mostAtOnce, ++state.atOnce)
        // Answers when the calls that came with this one are in.
        setImmediate(() => {
          state.atOnce--
          state.routes += routes.length
          const reply = create(RouteOperReplySchema, { status: refuse, operationsCompleted: routes.length })
          answer(null, Buffer.from(toBinary(RouteOperReplySchema, reply)))
        })
      },
      get: (call: ServerWritableStream<Buffer, Buffer>) => {
        const { key } = fromBinary(RouteGetRequestSchema, call.request)
        if (key?.table?.RtTableFormat.case === 'rttName') state.tables.push(key.table.RtTableFormat.value.name)
        const some = create(RouteGetReplySchema, { routes: Array.from({ length: state.routes }, () => ({})) })
        call.write(Buffer.from(toBinary(RouteGetReplySchema, some)))
        call.end()
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
  return {
    state,
    login: () => JetClient.login({ target: `127.0.0.1:${port}`, user: 'jet', password: 'jet123', clientId: 'test' }),
  }
}
