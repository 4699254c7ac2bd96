import { RouteOperStatus as Status } from '@hangar/protocol/rib_service_pb'
import type { Rib } from '../rib/rib.ts'
import type { Dialect } from './dialect.ts'
import { findRoutes } from './find-routes.ts'
import { MessageBuffer } from './message-buffer.ts'
import { RouteEncoder } from './route-encoder.ts'
import { isFault, type ReadFault, type RouteQuery } from './route-query.ts'
import { MOST_READS, RunningReads } from './running-reads.ts'
import type { ReplyFormats } from './submessages.ts'
import { Turns } from './turns.ts'

/** Routes in a message, by the contract; what the router chooses where the client leaves it to it. */
const MOST_ROUTES = 1000
/** A message ends here, whatever next hops its routes have: clients have limits (gRPC's own is 4 MiB), and so has what waits for a slow one. */
const MOST_BYTES = 1 << 18

export interface ReadOptions {
  readonly dialect: Dialect
  readonly formats: ReplyFormats
  /** Routes in a message. */
  readonly routeCount: number
  readonly signal: AbortSignal
}

/** RouteGet of both generations. */
export class RouteReads {
  readonly #rib: Rib
  readonly #running = new RunningReads()

  constructor(rib: Rib) {
    this.#rib = rib
  }

  /** The answers to a query: its routes, so many in a message, and an empty one at the end. */
  async *answer(query: RouteQuery | ReadFault, options: ReadOptions): AsyncGenerator<Uint8Array> {
    const { dialect } = options
    if (isFault(query)) yield dialect.status(query.code, query.message)
    else if (!this.#running.begin()) yield dialect.status(Status.TRY_AGAIN, `more than ${MOST_READS} reads at a time`)
    else {
      try {
        yield* this.#read(query, options)
      } finally {
        this.#running.done()
      }
    }
  }

  async *#read(query: RouteQuery, { dialect, formats, routeCount, signal }: ReadOptions): AsyncGenerator<Uint8Array> {
    const { table } = query
    const buffer = new MessageBuffer()
    const encoder = new RouteEncoder(this.#rib, table, dialect, formats)
    const turns = new Turns()
    const success = dialect.status(Status.SUCCESS, '')
    const tag = (dialect.routes << 3) | 2
    const { rows, matches } = findRoutes(query)
    let found = false
    let count = 0
    for (let i = 0; i < (rows?.length ?? table.rows.end); i++) {
      const row = rows?.[i] ?? i
      const turn = turns.spend(Turns.looking)
      if (turn) {
        await turn
        if (signal.aborted) return
      }
      if (!matches(row)) continue
      if (count === 0) buffer.put(success)
      const size = encoder.measure(row)
      buffer.ensure(size + 6)
      buffer.bytes[buffer.at++] = tag
      buffer.varint(size)
      encoder.write(buffer)
      count++
      if (count < routeCount && buffer.at < MOST_BYTES) continue
      found = true
      const work = count + Turns.message
      count = 0
      yield buffer.take()
      await turns.spend(work)
      if (signal.aborted) return
    }
    if (count > 0) yield buffer.take()
    if (found || count > 0) yield success
    else yield dialect.status(Status.ROUTE_NOT_FOUND, `${table.name} has no such route`)
  }
}

/** The number of routes in a message that a request asks for; 0, and more than 1000, leave it to the router. */
export function routesPerMessage(asked: number): number {
  return asked >= 1 && asked <= MOST_ROUTES ? asked : MOST_ROUTES
}
