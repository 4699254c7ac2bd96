import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { JetCall } from '@hangar/daemon'
import * as modernMessages from '@hangar/protocol/jnx_routing_rib_service_pb'
import * as classicMessages from '@hangar/protocol/rib_service_pb'
import { ribReadClassic } from '../api/rib-read-classic.ts'
import { ribReadModern } from '../api/rib-read-modern.ts'
import { RouteReads } from '../read/read-routes.ts'
import type { Routing } from '../routing.ts'
import { jetCall } from './jet-call.ts'
import { entryText } from './route-entry.ts'

/** A request in the words of neither generation. */
export interface TestMonitorRequest {
  table?: string
  operation?: number
  policy?: string
  context?: number
  count?: number
  noEndOfTable?: boolean
  noWithdrawal?: boolean
  again?: boolean
}

/** A message in the words of neither generation: "ADD 10.0.0.0/8 5", "END". */
export interface TestMonitorMessage {
  code: number
  context: number
  table: string | undefined
  entries: string[]
  routes: classicMessages.RouteEntry[]
}

const operations = ['NONE', 'ADD', 'MODIFY', 'DELETE', 'NO_ADVERTISE', 'END']

function entriesOf(all: readonly { operation: number; route?: { key?: unknown } | undefined }[]) {
  return {
    entries: all.map(({ operation, route }) => [operations[operation], ...(route ? [entryText(route)] : [])].join(' ')),
    routes: all.flatMap(({ route }) => (route ? [route as classicMessages.RouteEntry] : [])),
  }
}

function flagsOf({ noEndOfTable = false, noWithdrawal = false, again = false }: TestMonitorRequest) {
  return { noEorToClient: noEndOfTable, requestNoWithdrawal: noWithdrawal, requestForceReNotif: again }
}

/** Both generations' monitors as one: what a request is as bytes, who serves it, and what a message says. */
export const monitorApis = {
  classic(routing: Routing) {
    const { routeMonitorRegister } = ribReadClassic(routing, new RouteReads(routing.rib))
    return {
      serve(request: TestMonitorRequest, call: JetCall) {
        const { table = 'inet.0', operation = 1, policy, context = 0, count = 0 } = request
        const schema = classicMessages.RouteMonitorRegRequestSchema
        const message = create(schema, {
          rtTblName: { name: table },
          monitorOp: operation,
          monitorFlag: flagsOf(request),
          ...(policy === undefined ? {} : { monitorPolicy: { rtMonitorPolicy: policy } }),
          monitorCtx: context,
          monitorReplyRouteCount: count,
        })
        return routeMonitorRegister!(toBinary(schema, message), call)
      },
      read(bytes: Uint8Array): TestMonitorMessage {
        const message = fromBinary(classicMessages.RouteMonitorReplySchema, bytes)
        return {
          code: message.status,
          context: message.monitorCtx,
          table: message.rtTblName?.name,
          ...entriesOf(message.monitorRoutes.map(({ monitorRtOp, route }) => ({ operation: monitorRtOp, route }))),
        }
      },
    }
  },
  modern(routing: Routing) {
    const { routeSubscribe } = ribReadModern(routing, new RouteReads(routing.rib))
    return {
      serve(request: TestMonitorRequest, call: JetCall) {
        const { table = 'inet.0', operation = 1, policy, context = 0, count = 0 } = request
        const schema = modernMessages.RouteSubscribeRequestSchema
        const message = create(schema, {
          tableName: { name: table },
          operation,
          flag: flagsOf(request),
          ...(policy === undefined ? {} : { policy: { policy } }),
          context,
          routeCount: count,
        })
        const client = routing.clients.calling(call.caller)
        if (client.id !== 'stranger') client.initialized.set('rib', call.caller.session)
        return routeSubscribe!(toBinary(schema, message), call)
      },
      read(bytes: Uint8Array): TestMonitorMessage {
        const message = fromBinary(modernMessages.RouteSubscribeResponseSchema, bytes)
        if ((message.status?.code === 0) !== (message.subCode === 0))
          throw new Error('code and sub_code say two things')
        return {
          code: message.subCode,
          context: message.context,
          table: message.tableName?.name,
          ...entriesOf(message.routes),
        }
      },
    }
  },
}

/** A client's call to a monitor, which reads when the test says so. */
export class MonitorReader {
  readonly #messages: AsyncIterator<Uint8Array>
  readonly #read: (bytes: Uint8Array) => TestMonitorMessage
  readonly #abort: AbortController
  #next: Promise<IteratorResult<Uint8Array>> | undefined
  ended = false

  constructor(
    api: ReturnType<(typeof monitorApis)['classic' | 'modern']>,
    client: string,
    request: TestMonitorRequest,
    session?: string,
  ) {
    this.#abort = new AbortController()
    this.#read = api.read
    this.#messages = api.serve(request, jetCall(client, session, this.#abort.signal))[Symbol.asyncIterator]()
    this.#next = this.#messages.next()
  }

  /** The messages that there are now, at most so many. */
  async messages(most = 100_000): Promise<TestMonitorMessage[]> {
    const messages: TestMonitorMessage[] = []
    while (messages.length < most && !this.ended) {
      this.#next ??= this.#messages.next()
      const result = await Promise.race([this.#next, turns()])
      if (!result) break
      this.#next = undefined
      if (result.done) this.ended = true
      else messages.push(this.#read(result.value))
    }
    return messages
  }

  /** What these say, one after the other. */
  async entries(most?: number): Promise<string[]> {
    return (await this.messages(most)).flatMap(({ entries }) => entries)
  }

  /** The client cancels the call. */
  async cancel(): Promise<void> {
    this.#abort.abort()
    await this.#messages.return?.()
    this.ended = true
  }
}

/** As long as a stream may take for a message that it has. */
async function turns(): Promise<undefined> {
  for (let i = 0; i < 3; i++) await new Promise(resolve => setImmediate(resolve))
}
