import type { TestRoute } from './rib-writes.ts'

/** A path as the model has it. */
export interface ModelPath {
  client: string
  cookie: bigint
  preference: number
  /** A way's text as the kernel prints it; undefined discards. */
  way: string | undefined
  interface: string | undefined
}

export interface ModelRoute extends TestRoute {
  to: string
  length: number
  cookie: bigint
  path: Pick<ModelPath, 'preference' | 'way' | 'interface'>
}

interface ModelClient {
  generation: 'classic' | 'modern' | undefined
  initialized: string | undefined
  session: string | undefined
  down: number
}

const PURGE = 120

/** The RIB API as simple as can be: lists in maps, searched from end to end. */
export class RibModel {
  readonly destinations = new Map<string, ModelPath[]>()
  readonly clients = new Map<string, ModelClient>()
  readonly up = new Set(['xe-0/0/0.0'])
  #now = 0

  client(id: string): ModelClient {
    let client = this.clients.get(id)
    if (!client) {
      client = { generation: undefined, initialized: undefined, session: undefined, down: 0 }
      this.clients.set(id, client)
    }
    return client
  }

  advance(seconds: number): void {
    this.#now += seconds
    for (const [id, client] of this.clients) {
      if (client.session !== undefined || this.#now - client.down < PURGE) continue
      this.#removeAll(id)
      this.clients.delete(id)
    }
  }

  disconnect(id: string): void {
    const client = this.client(id)
    client.session = undefined
    client.down = this.#now
  }

  initialize(id: string): string {
    const client = this.client(id)
    if (client.generation === 'classic') return 'ROUTE_API_VERSION_MISMATCH'
    const before = client.initialized
    client.initialized = client.session
    return before === undefined ? 'SUCCESS' : before === client.session ? 'ALREADY_INITIALIZED' : 'SUCCESS_REBOUND'
  }

  cleanup(id: string): string {
    const refusal = this.#refusal(id, 'modern')
    if (refusal) return refusal
    this.#removeAll(id)
    const client = this.client(id)
    client.initialized = undefined
    client.generation = undefined
    return 'SUCCESS'
  }

  put(id: string, generation: 'classic' | 'modern', operation: string, routes: readonly ModelRoute[]) {
    return this.#batch(id, generation, routes, ({ to, length, cookie, path }) => {
      const paths = this.#paths(`${to}/${length}`)
      const known = paths.find(one => one.client === id && one.cookie === cookie)
      if (known && operation === 'add') return 'ROUTE_EXISTS'
      if (!known && operation === 'modify') return 'ROUTE_NOT_FOUND'
      if (known) Object.assign(known, path)
      else paths.push({ client: id, cookie, ...path })
      this.#sort(paths)
      return undefined
    })
  }

  remove(id: string, generation: 'classic' | 'modern', keys: readonly ModelRoute[]) {
    return this.#batch(id, generation, keys, ({ to, length, cookie }) => {
      const paths = this.#paths(`${to}/${length}`)
      const at = paths.findIndex(one => one.client === id && one.cookie === cookie)
      if (at < 0) return 'ROUTE_NOT_FOUND'
      paths.splice(at, 1)
      return undefined
    })
  }

  flap(ifl: string, up: boolean): void {
    if (up) this.up.add(ifl)
    else this.up.delete(ifl)
    for (const paths of this.destinations.values()) this.#sort(paths)
  }

  /** The way of each destination that forwards; a client's routes by its name. */
  state() {
    const ways = new Map<string, string | undefined>()
    const routes = new Map<string, number>()
    for (const [destination, paths] of this.destinations) {
      for (const { client } of paths) routes.set(client, (routes.get(client) ?? 0) + 1)
      if (paths[0] && this.#usable(paths[0])) ways.set(destination, paths[0].way)
    }
    return { ways, routes }
  }

  #refusal(id: string, generation: 'classic' | 'modern'): string | undefined {
    const client = this.client(id)
    if (client.generation !== undefined && client.generation !== generation) return 'ROUTE_API_VERSION_MISMATCH'
    return generation === 'modern' && client.initialized !== client.session ? 'NOT_INITIALIZED' : undefined
  }

  #batch(
    id: string,
    generation: 'classic' | 'modern',
    routes: readonly ModelRoute[],
    act: (route: ModelRoute) => string | undefined,
  ): { status: string; completed: number } {
    const refusal = this.#refusal(id, generation)
    if (refusal) return { status: refusal, completed: 0 }
    if (routes.length === 0) return { status: 'NO_OP', completed: 0 }
    for (const [completed, route] of routes.entries()) {
      const fault = act(route)
      if (fault) return { status: fault, completed }
      this.client(id).generation = generation
    }
    return { status: 'SUCCESS', completed: routes.length }
  }

  #paths(destination: string): ModelPath[] {
    const paths = this.destinations.get(destination) ?? []
    this.destinations.set(destination, paths)
    return paths
  }

  #removeAll(id: string): void {
    for (const [destination, paths] of this.destinations)
      this.destinations.set(
        destination,
        paths.filter(one => one.client !== id),
      )
  }

  #usable({ interface: ifl }: ModelPath): boolean {
    return ifl === undefined || this.up.has(ifl)
  }

  /** Usable ones first, then by preference, then by gateway, without one last; of equals the order stays. */
  #sort(paths: ModelPath[]): void {
    paths.sort((a, b) => {
      if (this.#usable(a) !== this.#usable(b)) return this.#usable(a) ? -1 : 1
      if (a.preference !== b.preference) return a.preference - b.preference
      return lastOctet(a.way) - lastOctet(b.way)
    })
  }
}

function lastOctet(way: string | undefined): number {
  return Number(/(\d+)$/.exec(way ?? '256')![1])
}
