import { RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import type { Dialect } from '../read/dialect.ts'
import { isFault, type ReadFault, readableTable } from '../read/route-query.ts'
import type { ReplyFormats } from '../read/submessages.ts'
import type { RibChanges } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import type { Routing } from '../routing.ts'
import { MonitorStream } from './monitor-stream.ts'
import { monitorHead } from './monitor-writer.ts'
import { type MonitorChoices, TableMonitor } from './table-monitor.ts'

/** A request to begin, change or end a monitor. */
export interface MonitorRequest {
  readonly table: string
  /** RouteMonitorOp: 1 begins or changes, 2 ends. */
  readonly operation: number
  readonly routeCount: number
  readonly choices: MonitorChoices
  /** Everything is told again. */
  readonly again: boolean
}

export interface MonitorCall {
  readonly client: string
  readonly session: string
  readonly formats: ReplyFormats
  readonly signal: AbortSignal
}

/** The monitors of one generation of the RIB API: at most one a client and table. */
export class Monitors {
  readonly #routing: Routing
  readonly #dialect: Dialect
  /** By table, then by client. */
  readonly #byTable = new Map<RoutingTable, Map<string, MonitorStream>>()

  constructor(routing: Routing, dialect: Dialect) {
    this.#routing = routing
    this.#dialect = dialect
    routing.rib.listen({
      changed: changes => this.#changed(changes),
      tableRemoved: table => {
        for (const stream of this.#byTable.get(table)?.values() ?? []) stream.end('drained')
        this.#byTable.delete(table)
      },
    })
    routing.policies.onChanged(() => {
      for (const streams of this.#byTable.values())
        for (const stream of streams.values()) if (stream.monitor.policiesChanged()) stream.wake()
    })
  }

  /** Bytes held for all that was told. */
  get bytes(): number {
    return [...this.#byTable.values()]
      .flatMap(streams => [...streams.values()])
      .reduce((sum, { monitor }) => sum + monitor.bytes, 0)
  }

  /** Answers a request: with the stream, or with one message that says how it went. A request that fails changes nothing. */
  answer(request: MonitorRequest, call: MonitorCall): AsyncIterable<Uint8Array> {
    const outcome = this.#carryOut(request, call)
    return outcome instanceof MonitorStream ? outcome.read(call.signal) : this.say(outcome, request)
  }

  /** One message that says how a request went. */
  async *say(outcome: ReadFault, { choices: { context }, table }: MonitorRequest): AsyncGenerator<Uint8Array> {
    yield monitorHead(this.#dialect, { ...outcome, context, table })
  }

  #carryOut(request: MonitorRequest, call: MonitorCall): MonitorStream | ReadFault {
    const { operation } = request
    if (operation !== 1 && operation !== 2)
      return { code: Status.ROUTE_MONITOR_REGISTER_OPERATION_INVALID, message: `no operation ${operation}` }
    const table = readableTable(this.#routing.rib.table(request.table), request.table)
    if (isFault(table)) return table
    const stream = this.#streamOf(table, call)
    if (operation === 1) return stream ? this.#change(stream, request) : this.#begin(table, request, call)
    return this.#end(stream, table, request, call)
  }

  /** The client's stream. That of a session that is over, whose end has not been heard yet, makes room. */
  #streamOf(table: RoutingTable, { client, session }: MonitorCall): MonitorStream | undefined {
    const stream = this.#byTable.get(table)?.get(client)
    if (!stream || stream.session === session) return stream
    stream.end('now')
    this.#forget(table, client, stream)
    return undefined
  }

  #begin(
    table: RoutingTable,
    { choices, routeCount }: MonitorRequest,
    { client, session, formats }: MonitorCall,
  ): MonitorStream | ReadFault {
    const { rib, policies } = this.#routing
    const policyNamed = (name: string) => policies.get(name)
    if (choices.policy !== '' && !policyNamed(choices.policy)) return noPolicy(choices.policy)
    const monitor = new TableMonitor({ rib, table, dialect: this.#dialect, formats, policyNamed, routeCount }, choices)
    const streams = this.#byTable.get(table) ?? new Map<string, MonitorStream>()
    const stream: MonitorStream = new MonitorStream(monitor, session, () => this.#forget(table, client, stream))
    this.#byTable.set(table, streams.set(client, stream))
    return stream
  }

  #change(stream: MonitorStream, { choices, routeCount, again }: MonitorRequest): MonitorStream | ReadFault {
    const { monitor } = stream
    if (routeCount !== monitor.routeCount)
      return {
        code: Status.ROUTE_MONITOR_REGISTER_REPLY_ROUTE_COUNT_INVALID,
        message: `registered with ${monitor.routeCount} routes in a message, not ${routeCount}`,
      }
    if (choices.policy !== '' && !this.#routing.policies.get(choices.policy)) return noPolicy(choices.policy)
    if (!again && sameChoices(choices, monitor.choices))
      return { code: Status.ROUTE_MONITOR_REGISTER_EXISTS, message: 'registered already, with the same parameters' }
    monitor.choose(choices, again)
    return stream
  }

  #end(
    stream: MonitorStream | undefined,
    table: RoutingTable,
    { choices }: MonitorRequest,
    { client }: MonitorCall,
  ): ReadFault {
    if (!stream)
      return { code: Status.ROUTE_MONITOR_REGISTER_ENOENT, message: `nothing is registered for ${table.name}` }
    this.#forget(table, client, stream)
    if (choices.noWithdrawal || stream.monitor.choices.noWithdrawal) stream.end('now')
    else {
      stream.monitor.withdraw()
      stream.end('drained')
    }
    return { code: Status.SUCCESS, message: '' }
  }

  #forget(table: RoutingTable, client: string, stream: MonitorStream): void {
    const streams = this.#byTable.get(table)
    if (streams?.get(client) !== stream) return
    streams.delete(client)
    if (streams.size === 0) this.#byTable.delete(table)
  }

  #changed({ routes }: RibChanges): void {
    for (const { table, touched } of routes)
      for (const stream of this.#byTable.get(table)?.values() ?? []) {
        stream.monitor.touched(touched)
        stream.wake()
      }
  }
}

function noPolicy(name: string): ReadFault {
  return { code: Status.ROUTE_MONITOR_REGISTER_POLICY_INVALID, message: `no policy-statement ${name.slice(0, 100)}` }
}

function sameChoices(a: MonitorChoices, b: MonitorChoices): boolean {
  return (
    a.policy === b.policy &&
    a.context === b.context &&
    a.noEndOfTable === b.noEndOfTable &&
    a.noWithdrawal === b.noWithdrawal
  )
}
