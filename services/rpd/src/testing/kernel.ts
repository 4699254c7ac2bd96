import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect'
import {
  type ForwardingNextHop,
  Kernel,
  type ProgramForwardingRequest,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** The forwarding half of a kernel, as simple as can be: what rpd is tested against. */
export class FakeKernel {
  /** By table name, then "words/length": id of the next hop. */
  readonly tables = new Map<string, Map<string, number>>()
  readonly nextHops = new Map<number, ForwardingNextHop>()
  readonly #names = new Map<number, string>()
  /** What a snapshot that is not complete has named. */
  #named: { routes: Set<string>; tables: Set<string>; nextHops: Set<number> } | undefined
  #incarnation = ''
  #sequence = 0n
  requests = 0
  /** Set to make the next requests fail. */
  failure: ConnectError | undefined
  /** Set to lose the next answers: what was asked for has been done. */
  lost: ConnectError | undefined

  readonly client = createClient(
    Kernel,
    createRouterTransport(({ service }) =>
      service(Kernel, {
        programForwarding: request => {
          const answer = this.program(request)
          if (this.lost) throw this.lost
          return answer
        },
      }),
    ),
  )

  /** Kernel.ProgramForwarding. */
  program(request: ProgramForwardingRequest) {
    this.requests++
    if (this.failure) throw this.failure
    if (request.snapshot) {
      this.#incarnation = request.incarnation
      this.#sequence = 0n
      this.#named = { routes: new Set(), tables: new Set(), nextHops: new Set() }
    }
    if (request.incarnation !== this.#incarnation || request.sequence !== ++this.#sequence)
      throw new ConnectError('not in order', Code.FailedPrecondition)
    for (const { id, name } of request.tables) {
      this.#names.set(id, name)
      if (!this.tables.has(name)) this.tables.set(name, new Map())
      this.#named?.tables.add(name)
    }
    for (const nextHop of request.nextHops) {
      this.nextHops.set(nextHop.id, nextHop)
      this.#named?.nextHops.add(nextHop.id)
    }
    for (const { table, addresses, lengths, nextHops } of request.routes) {
      const name = this.#names.get(table)!
      const routes = this.tables.get(name)!
      const words = addresses.length / lengths.length / 4
      const view = new DataView(addresses.buffer, addresses.byteOffset)
      const hops = new DataView(nextHops.buffer, nextHops.byteOffset)
      lengths.forEach((length, i) => {
        const key = `${Array.from({ length: words }, (_, w) => view.getUint32(4 * (i * words + w), true)).join('.')}/${length}`
        const hop = hops.getUint32(4 * i, true)
        if (hop !== 0 && !this.nextHops.has(hop)) throw new ConnectError(`next hop ${hop}?`, Code.InvalidArgument)
        if (hop === 0) routes.delete(key)
        else routes.set(key, hop)
        this.#named?.routes.add(`${name} ${key}`)
      })
    }
    for (const id of request.removedNextHops) {
      if (!this.nextHops.has(id)) throw new ConnectError(`next hop ${id} is not known`, Code.InvalidArgument)
      for (const routes of this.tables.values())
        for (const hop of routes.values())
          if (hop === id) throw new ConnectError(`next hop ${id} is in use`, Code.InvalidArgument)
      this.nextHops.delete(id)
    }
    for (const id of request.removedTables) this.tables.delete(this.#names.get(id)!)
    if (request.synced) this.#sweep()
    return {}
  }

  /** What the snapshot did not name goes. */
  #sweep(): void {
    const named = this.#named
    if (!named) return
    for (const [name, routes] of this.tables) {
      if (!named.tables.has(name)) this.tables.delete(name)
      for (const key of routes.keys()) if (!named.routes.has(`${name} ${key}`)) routes.delete(key)
    }
    for (const id of this.nextHops.keys()) if (!named.nextHops.has(id)) this.nextHops.delete(id)
    this.#named = undefined
  }

  /** Forgets everything, as one that has started anew. */
  restart(): void {
    this.tables.clear()
    this.nextHops.clear()
    this.#names.clear()
    this.#incarnation = ''
  }

  /** "xe-0/0/0.0 10.0.0.2" for each way that a route's packets take; undefined: no route. */
  ways(table: string, key: string): string[] | undefined {
    const id = this.tables.get(table)?.get(key)
    return id === undefined ? undefined : this.nextHops.get(id)?.legs.map(leg => `${leg.interface} ${leg.gateway}`)
  }
}
