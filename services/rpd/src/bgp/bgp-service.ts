import type { Caller } from '@hangar/daemon'
import type { BgpRouteEntry, BgpRouteMatch } from '@hangar/protocol/bgp_route_service_pb'
import { RunningReads } from '../read/running-reads.ts'
import type { Routing } from '../routing.ts'
import { BgpClients, type InitializeOutcome } from './bgp-clients.ts'
import type { BgpNotice } from './bgp-monitor.ts'
import { BgpMonitors } from './bgp-monitors.ts'
import {
  type BgpFault,
  type BgpOperation,
  type BgpOutcome,
  includes,
  putRoutes,
  readable,
  readMatch,
  removeRoutes,
} from './bgp-routes.ts'
import type { Generation } from './family-data.ts'
import { getRoutes, MOST_IN_REPLY } from './get-routes.ts'
import type { ReplyFormat } from './to-entry.ts'

type Uninitialized = 'NOT_INITIALIZED'

/** The BGP route API as both generations have it, in the classic one's messages. */
export class BgpService {
  readonly #routing: Routing
  readonly #clients: BgpClients
  readonly #monitors: BgpMonitors
  readonly #gets = new RunningReads()

  constructor(routing: Routing) {
    this.#routing = routing
    this.#clients = new BgpClients(routing)
    this.#monitors = new BgpMonitors(routing)
  }

  initialize(caller: Caller): { outcome: InitializeOutcome; routes: number } {
    return this.#clients.initialize(caller)
  }

  async cleanup(caller: Caller): Promise<'SUCCESS' | Uninitialized> {
    const client = this.#clients.initialized(caller)
    if (!client) return 'NOT_INITIALIZED'
    this.#monitors.unregister(client.id)
    await this.#clients.cleanup(client)
    return 'SUCCESS'
  }

  put(
    caller: Caller,
    operation: BgpOperation,
    entries: readonly BgpRouteEntry[],
    generation: Generation,
  ): Promise<BgpReply> {
    return this.#change(caller, client => putRoutes(this.#routing.rib, client, operation, entries, generation))
  }

  remove(
    caller: Caller,
    matches: readonly BgpRouteMatch[],
    orLonger: boolean,
    generation: Generation,
  ): Promise<BgpReply> {
    return this.#change(caller, client => removeRoutes(this.#routing.rib, client, matches, orLonger, generation))
  }

  /** Pages of routes, or what is wrong with the request; nothing found is the last page. */
  async *get(caller: Caller, request: BgpGet, generation: Generation): AsyncIterable<BgpRouteEntry[] | BgpGetFault> {
    const { rib } = this.#routing
    if (!this.#clients.initialized(caller)) return yield 'NOT_INITIALIZED'
    if (request.count > MOST_IN_REPLY) return yield 'ROUTE_COUNT_INVALID'
    if (!includes(readable[generation], request.match.protocol)) return yield 'PROTOCOL_INVALID'
    const search = readMatch(rib, request.match, request.orLonger)
    if (typeof search === 'string') return yield search
    if (!this.#gets.begin()) return yield 'TRY_AGAIN'
    try {
      let found = false
      const count = request.count === 0 ? 1 : request.count
      for await (const page of getRoutes(rib, search, { ...request, count })) {
        found = true
        yield page
      }
      yield found ? [] : 'ROUTE_NOT_FOUND'
    } finally {
      this.#gets.done()
    }
  }

  /** The first answer, at once, is that it is registered; then pages of notices. */
  async *monitor(
    caller: Caller,
    options: { format: ReplyFormat; count: number },
    signal: AbortSignal,
  ): AsyncIterable<BgpNotice[] | Uninitialized | 'ROUTE_COUNT_INVALID' | 'REGISTERED'> {
    const client = this.#clients.initialized(caller)
    if (!client) return yield 'NOT_INITIALIZED'
    if (options.count > MOST_IN_REPLY) return yield 'ROUTE_COUNT_INVALID'
    const monitor = this.#monitors.register(client.id, caller.session, { ...options, count: options.count || 1 })
    if (!monitor) return yield 'REGISTERED'
    try {
      yield []
      yield* monitor.stream(signal)
    } finally {
      this.#monitors.unregister(client.id, monitor)
    }
  }

  unregister(caller: Caller): 'SUCCESS' | Uninitialized | 'NOT_REGISTERED' {
    const client = this.#clients.initialized(caller)
    if (!client) return 'NOT_INITIALIZED'
    if (!this.#monitors.find(client.id)) return 'NOT_REGISTERED'
    this.#monitors.unregister(client.id)
    return 'SUCCESS'
  }

  refresh(caller: Caller): 'SUCCESS' | Uninitialized | 'NOT_REGISTERED' {
    const client = this.#clients.initialized(caller)
    if (!client) return 'NOT_INITIALIZED'
    const monitor = this.#monitors.find(client.id)
    if (!monitor) return 'NOT_REGISTERED'
    monitor.refresh()
    return 'SUCCESS'
  }

  /** Changes routes of a client that has initialized, and answers when the kernel has them. */
  async #change(caller: Caller, change: (client: string) => BgpOutcome): Promise<BgpReply> {
    if (!this.#routing.settings.bgpConfigured) return { fault: 'BGP_NOT_READY', completed: 0 }
    const client = this.#clients.initialized(caller)
    if (!client) return { fault: 'NOT_INITIALIZED', completed: 0 }
    const outcome = change(client.id)
    await this.#routing.committed()
    return outcome
  }
}

export interface BgpReply {
  readonly fault?: BgpFault | Uninitialized | 'BGP_NOT_READY'
  readonly completed: number
}

export interface BgpGet {
  readonly match: BgpRouteMatch
  readonly orLonger: boolean
  readonly activeOnly: boolean
  readonly count: number
  readonly format: ReplyFormat
}

export type BgpGetFault = BgpFault | Uninitialized | 'ROUTE_COUNT_INVALID' | 'TRY_AGAIN'
