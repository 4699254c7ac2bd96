import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import * as modernMessages from '@hangar/protocol/jnx_routing_rib_service_pb'
import * as classicMessages from '@hangar/protocol/rib_service_pb'
import { ribReadClassic } from '../api/rib-read-classic.ts'
import { ribReadModern } from '../api/rib-read-modern.ts'
import { RouteReads } from '../read/read-routes.ts'
import type { Routing } from '../routing.ts'
import { jetCall } from './jet-call.ts'
import { entryText } from './route-entry.ts'

/** A key in the words of neither generation. */
export interface TestKey {
  /** "10.0.0.0", or a label. */
  prefix?: string | number | undefined
  /** Unless it is that of the prefix. */
  family?: 'inet' | 'inet6'
  length?: number
  table?: string | number
  cookie?: bigint
}

/** An answer in the words of neither generation; `routes` are as the generation has them. */
export interface TestAnswer {
  code: number
  message: string | undefined
  routes: { text: string; entry: classicMessages.RouteEntry }[]
}

function keyMessage(
  { prefix, family, length = 0, table, cookie = 0n }: TestKey,
  words: (classic: string, modern: string) => string,
) {
  const af =
    typeof prefix === 'number'
      ? { case: 'mpls', value: { label: prefix } }
      : {
          case: family ?? (prefix?.includes(':') ? 'inet6' : 'inet'),
          value: { [words('AddrFormat', 'addrFormat')]: { case: 'addrString', value: prefix } },
        }
  const format =
    typeof table === 'number'
      ? { case: words('rttId', 'id'), value: { id: table } }
      : { case: words('rttName', 'name'), value: { name: table } }
  return {
    ...(prefix === undefined ? {} : { destPrefix: { [words('Af', 'af')]: af } }),
    destPrefixLen: length,
    ...(table === undefined ? {} : { table: { [words('RtTableFormat', 'routeTableFormat')]: format } }),
    cookie,
  }
}

async function* decoded<T>(messages: AsyncIterable<Uint8Array>, decode: (bytes: Uint8Array) => T) {
  for await (const message of messages) yield decode(message)
}

/** Both generations' RouteGet as one. */
export const readApis = {
  classic(routing: Routing, reads = new RouteReads(routing.rib)) {
    const { routeGet } = ribReadClassic(routing, reads)
    return {
      get(client: string, key: TestKey, more: object = {}, signal?: AbortSignal): AsyncGenerator<TestAnswer> {
        const { RouteGetRequestSchema: schema } = classicMessages
        const request = create(schema, { key: keyMessage(key, classic => classic), ...more } as object)
        return decoded(routeGet!(toBinary(schema, request), jetCall(client, undefined, signal)), bytes => {
          const { status, routes } = fromBinary(classicMessages.RouteGetReplySchema, bytes)
          return { code: status, message: undefined, routes: routes.map(entry => ({ text: entryText(entry), entry })) }
        })
      },
    }
  },
  modern(routing: Routing, reads = new RouteReads(routing.rib)) {
    const { routeGet } = ribReadModern(routing, reads)
    return {
      get(client: string, key: TestKey, more: object = {}, signal?: AbortSignal): AsyncGenerator<TestAnswer> {
        const { RouteGetRequestSchema: schema } = modernMessages
        const request = create(schema, { key: keyMessage(key, (_, modern) => modern), ...more } as object)
        const call = jetCall(client, undefined, signal)
        if (client !== 'stranger') routing.clients.calling(call.caller).initialized.set('rib', call.caller.session)
        return decoded(routeGet!(toBinary(schema, request), call), bytes => {
          const { status, subCode, routes } = fromBinary(modernMessages.RouteGetResponseSchema, bytes)
          if ((status?.code === 0) !== (subCode === 0)) throw new Error('code and sub_code say two things')
          return {
            code: subCode,
            message: status?.message,
            routes: routes.map(one => {
              const entry = one as unknown as classicMessages.RouteEntry
              return { text: entryText(entry), entry }
            }),
          }
        })
      },
    }
  },
}
