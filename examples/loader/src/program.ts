import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  RouteGetReplySchema,
  RouteGetRequestSchema,
  RouteMatchType,
  RouteOperReplySchema,
  RouteOperStatus,
} from '@hangar/protocol/rib_service_pb'
import type { JetClient } from './jet-client.ts'

export type RouteMethod = 'RouteAdd' | 'RouteModify' | 'RouteUpdate' | 'RouteRemove'

/** Makes the requests, at most `inFlight` of them unanswered at a time; resolves with the last answer. Any status but success ends it. */
export async function program(
  client: JetClient,
  method: RouteMethod,
  requests: readonly Buffer[],
  inFlight: number,
): Promise<void> {
  const rest = requests.values()
  const lane = async () => {
    for (const request of rest) {
      const { status, operationsCompleted } = fromBinary(
        RouteOperReplySchema,
        await client.call(`/routing.Rib/${method}`, request),
      )
      if (status !== RouteOperStatus.SUCCESS)
        throw new Error(`${method}: ${RouteOperStatus[status]} after ${operationsCompleted} routes of a request`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
}

/** How many routes the table has, of all protocols, by reading them. */
export async function countRoutes(client: JetClient, tableName: string): Promise<number> {
  let routes = 0
  await client.stream('/routing.Rib/RouteGet', wholeTable(tableName), answer => {
    const { status, routes: some } = fromBinary(RouteGetReplySchema, answer)
    if (status !== RouteOperStatus.SUCCESS && status !== RouteOperStatus.ROUTE_NOT_FOUND)
      throw new Error(`RouteGet: ${RouteOperStatus[status]}`)
    routes += some.length
  })
  return routes
}

/** A RouteGetRequest for every route of a table, 1,000 a message. */
export function wholeTable(tableName: string): Buffer {
  const destPrefix = {
    AddrFormat: { case: 'addrString' as const, value: tableName.endsWith('inet6.0') ? '::' : '0.0.0.0' },
  }
  const request = create(RouteGetRequestSchema, {
    key: {
      destPrefix: { Af: { case: tableName.endsWith('inet6.0') ? 'inet6' : 'inet', value: destPrefix } },
      table: { RtTableFormat: { case: 'rttName', value: { name: tableName } } },
    },
    matchType: RouteMatchType.EXACT_OR_LONGER,
    routeCount: 1000,
  })
  return Buffer.from(toBinary(RouteGetRequestSchema, request))
}
