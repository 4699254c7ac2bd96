import { create, toBinary } from '@bufbuild/protobuf'
import { defaultUser } from '@hangar/device/default-user'
import { JetClient } from '@hangar/example-loader/jet-client'
import { countRoutes, program, wholeTable } from '@hangar/example-loader/program'
import { RequestEncoder, ROUTES_A_REQUEST } from '@hangar/example-loader/requests'
import { LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'
import { RtPurgeConfigRequestSchema } from '@hangar/protocol/prpd_service_pb'
import { GrpcLoad } from '../grpc-load.ts'
import { gateways, IN_FLIGHT, PREFIXES, SINGLE, theTable } from './prefixes.ts'

/** Requests of 1,000 routes under way. */
const BATCHES_IN_FLIGHT = 8
const TABLE = 'inet.0'

const sessions = new Map<string, JetClient>()
let additions: Buffer[]
let removals: Buffer[]
let single: Buffer[]

/** What a session is opened with; later jobs name it by the client id. */
export interface SessionArgument {
  target: string
  clientId: string
}

export function session(clientId: string): JetClient {
  const client = sessions.get(clientId)
  if (!client) throw new Error(`no session ${clientId}`)
  return client
}

/** The table for a device, through routing.Rib. */
export const hangarJobs = {
  /** Seconds to write the requests that add all of the table. */
  hangarPrepare(): number {
    const table = theTable()
    const encoder = new RequestEncoder(table, { tableName: TABLE, gateways })
    const all = (of: (from: number, to: number) => Buffer) =>
      Array.from({ length: Math.ceil(PREFIXES / ROUTES_A_REQUEST) }, (_, index) =>
        of(index * ROUTES_A_REQUEST, Math.min((index + 1) * ROUTES_A_REQUEST, PREFIXES)),
      )
    const begin = performance.now()
    additions = all((from, to) => encoder.update(from, to))
    const seconds = (performance.now() - begin) / 1000
    removals = all((from, to) => encoder.remove(from, to))
    single = Array.from({ length: SINGLE }, (_, route) => encoder.update(route, route + 1))
    return seconds
  },

  async login({ target, clientId }: SessionArgument): Promise<void> {
    const { name: user, password } = defaultUser
    sessions.set(clientId, await JetClient.login({ target, user, password, clientId }))
  },

  logout(clientId: string): void {
    session(clientId).close()
    sessions.delete(clientId)
  },

  /** A fifth of the table comes and goes, so that what is measured is not the compiler. */
  async warmUp(clientId: string): Promise<void> {
    const some = Math.ceil(additions.length / 5)
    await program(session(clientId), 'RouteAdd', additions.slice(0, some), BATCHES_IN_FLIGHT)
    await program(session(clientId), 'RouteRemove', removals.slice(0, some), BATCHES_IN_FLIGHT)
  },

  /** Seconds until all of the table is answered. */
  hangarAdd: (clientId: string): Promise<number> =>
    secondsOf(program(session(clientId), 'RouteAdd', additions, BATCHES_IN_FLIGHT)),

  hangarRemove: (clientId: string): Promise<number> =>
    secondsOf(program(session(clientId), 'RouteRemove', removals, BATCHES_IN_FLIGHT)),

  hangarCount: (clientId: string): Promise<number> => countRoutes(session(clientId), TABLE),

  /** Reads all of the table, and only counts. */
  async hangarRead(clientId: string): Promise<{ routes: number; seconds: number }> {
    let routes = 0
    const begin = performance.now()
    await session(clientId).stream('/routing.Rib/RouteGet', wholeTable(TABLE), answer => {
      routes += countField(answer, 2)
    })
    return { routes, seconds: (performance.now() - begin) / 1000 }
  },

  /** Seconds until `SINGLE` calls of one route are answered. They belong to a session of its own, which ends. */
  async hangarUnary({ target, clientId }: SessionArgument): Promise<number> {
    const { name: userName, password } = defaultUser
    const login = create(LoginRequestSchema, { userName, password, clientId })
    const path = '/routing.Rib/RouteAdd'
    const load = await GrpcLoad.open(Number(target.split(':').pop()), path, {
      path: '/authentication.Login/LoginCheck',
      message: toBinary(LoginRequestSchema, login),
    })
    const seconds = await load.each(path, single, IN_FLIGHT)
    load.close()
    return seconds
  },

  /** How many seconds the session's routes outlive it. */
  async purgeTime({ clientId, seconds }: { clientId: string; seconds: number }): Promise<void> {
    const request = toBinary(RtPurgeConfigRequestSchema, create(RtPurgeConfigRequestSchema, { time: seconds }))
    await session(clientId).call('/routing.Base/RoutePurgeTimeConfig', Buffer.from(request))
  },
}

async function secondsOf(work: Promise<void>): Promise<number> {
  const begin = performance.now()
  await work
  return (performance.now() - begin) / 1000
}

/** How often field `number`, a message, is in a message: its fields are stepped over, not read. */
function countField(bytes: Uint8Array, number: number): number {
  let count = 0
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at++]!
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    if ((tag & 7) === 2) at += value
    if (tag >> 3 === number) count++
  }
  return count
}
