import { type Address, formatAddress } from '@hangar/inet'
import type { Gateway, LabelStep, Leg, NextHop } from '../rib/next-hop.ts'
import type { NextHopListener } from '../rib/next-hops.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { eachTouched, type Touched } from '../rib/touched.ts'
import { wordsOf } from '../rib/words.ts'
import { GatewayIndex } from './gateway-index.ts'

/** What the resolver has to know of interfaces. */
export interface Links {
  exists(ifl: string): boolean
  /** Whether packets can leave by it now; false for one that does not exist. */
  isUp(ifl: string): boolean
  /** The interface of an instance that has this address of its own. */
  interfaceWith(instance: string, address: Address): string | undefined
  /** Whether next hops by interface keep this one while it is down. */
  keeps?(ifl: string): boolean
}

export interface ResolverOptions {
  links: Links
  /** The tables in which an instance's gateways of a family are looked up; the first of equally long matches counts. */
  tables(instance: string, family: 'inet' | 'inet6'): readonly RoutingTable[]
}

/** Where a next hop leads. */
interface Outcome {
  usable: boolean
  legs: Leg[]
  sink: NextHop['sink']
  metric2: number
  via: Set<NextHop>
  /** What could not be rested on, as it rests on this one itself. */
  avoided: Set<NextHop>
}

/** After so many rounds something goes in circles; what is there then stays. */
const MOST_ROUNDS = 10_000

/**
 * Finds where next hops lead, and finds it again when what they rest on changes. What rests on what never makes a circle: a route
 * whose own next hop rests on the one in question does not count, and a shorter match is taken.
 */
export class Resolver implements NextHopListener {
  readonly #options: ResolverOptions
  readonly #gateways = new Map<RoutingTable, GatewayIndex>()
  /** Next hops that named an interface, or an address of one. */
  readonly #linked = new Set<NextHop>()
  /** Who has to be looked at again when this one leads elsewhere. */
  readonly #watchers = new Map<NextHop, Set<NextHop>>()
  readonly #watched = new Map<NextHop, readonly NextHop[]>()
  readonly #pending = new Set<NextHop>()

  constructor(options: ResolverOptions) {
    this.#options = options
  }

  made(nextHop: NextHop): void {
    this.#track(nextHop, (index, words) => index.add(words, nextHop))
    if (needsLinks(nextHop)) this.#linked.add(nextHop)
    this.#take(nextHop, this.#resolve(nextHop))
  }

  freed(nextHop: NextHop): void {
    this.#track(nextHop, (index, words) => index.remove(words, nextHop))
    this.#linked.delete(nextHop)
    this.#watch(nextHop, [])
    this.#watchers.delete(nextHop)
    this.#pending.delete(nextHop)
  }

  /** Destinations of a table have other active routes. */
  routesChanged(table: RoutingTable, touched: Touched): void {
    const index = this.#gateways.get(table)
    if (!index) return
    eachTouched(touched, (k0, k1, k2, k3, length) =>
      index.within(k0, k1, k2, k3, length, nextHop => this.#pending.add(nextHop)),
    )
  }

  /** Interfaces came, went, or changed their state or addresses. */
  linksChanged(): void {
    for (const nextHop of this.#linked) this.#pending.add(nextHop)
  }

  /** A table came or went that gateways may be looked up in: all are looked at anew. */
  tablesChanged(all: Iterable<NextHop>): void {
    this.#gateways.clear()
    for (const nextHop of all) {
      this.#track(nextHop, (index, words) => index.add(words, nextHop))
      this.#pending.add(nextHop)
    }
  }

  get settled(): boolean {
    return this.#pending.size === 0
  }

  /** Resolves what has to be. `moved` lead elsewhere than before; of those, `swayed` change the choice of routes. */
  settle(): { moved: Set<NextHop>; swayed: Set<NextHop> } {
    const moved = new Set<NextHop>()
    const swayed = new Set<NextHop>()
    for (let round = 0; this.#pending.size > 0 && round < MOST_ROUNDS; round++) {
      const [nextHop] = this.#pending
      this.#pending.delete(nextHop!)
      const before = { ...nextHop! }
      this.#take(nextHop!, this.#resolve(nextHop!))
      if (before.usable !== nextHop!.usable || before.metric2 !== nextHop!.metric2) swayed.add(nextHop!)
      const otherWay = before.sink !== nextHop!.sink || !sameLegs(before.legs, nextHop!.legs)
      if (otherWay) moved.add(nextHop!)
      if (otherWay || swayed.has(nextHop!) || !sameMembers(before.via, nextHop!.via))
        for (const watcher of this.#watchers.get(nextHop!) ?? []) this.#pending.add(watcher)
    }
    return { moved, swayed }
  }

  #take(nextHop: NextHop, outcome: Outcome): void {
    nextHop.usable = outcome.usable
    nextHop.legs = outcome.legs
    nextHop.sink = outcome.sink
    nextHop.metric2 = outcome.metric2
    nextHop.via = [...outcome.via]
    this.#watch(nextHop, [...outcome.via, ...outcome.avoided])
  }

  #watch(watcher: NextHop, watched: readonly NextHop[]): void {
    for (const one of this.#watched.get(watcher) ?? []) this.#watchers.get(one)?.delete(watcher)
    for (const one of watched) {
      let watchers = this.#watchers.get(one)
      if (!watchers) {
        watchers = new Set()
        this.#watchers.set(one, watchers)
      }
      watchers.add(watcher)
    }
    if (watched.length > 0) this.#watched.set(watcher, watched)
    else this.#watched.delete(watcher)
  }

  /** Calls `act` for each table and gateway whose routes a next hop rests on. */
  #track(nextHop: NextHop, act: (index: GatewayIndex, words: ReturnType<typeof wordsOf>) => void): void {
    if (nextHop.spec.kind !== 'gateways') return
    for (const gateway of nextHop.spec.gateways) {
      const { address } = gateway
      if (!address || gateway.interface !== undefined || gateway.localAddress) continue
      for (const table of this.#options.tables(nextHop.instance, address.family)) {
        let index = this.#gateways.get(table)
        if (!index) {
          index = new GatewayIndex()
          this.#gateways.set(table, index)
        }
        act(index, wordsOf(address))
      }
    }
  }

  #resolve(nextHop: NextHop): Outcome {
    const { spec } = nextHop
    const { links } = this.#options
    const outcome: Outcome = { usable: true, legs: [], sink: undefined, metric2: 0, via: new Set(), avoided: new Set() }
    switch (spec.kind) {
      case 'discard':
      case 'reject':
      case 'receive':
      case 'table':
        outcome.sink = spec.kind
        return outcome
      case 'interface':
      case 'local':
        outcome.usable = links.isUp(spec.interface)
        if (outcome.usable) outcome.legs.push(legOf({ resolve: 'connected' }, 0, undefined, spec.interface))
        if (spec.kind === 'local') outcome.sink = 'receive'
        return outcome
      case 'gateways': {
        for (const [at, gateway] of spec.gateways.entries()) this.#resolveGateway(nextHop, gateway, at, outcome)
        outcome.legs.sort((a, b) => a.weight - b.weight)
        const total = outcome.legs.reduce((sum, leg) => sum + (spec.gateways[leg.from]!.bandwidth ?? 0), 0)
        if (total > 0)
          outcome.legs = outcome.legs.map(leg => ({
            ...leg,
            balance: Math.round((100 * (spec.gateways[leg.from]!.bandwidth ?? 0)) / total),
          }))
        if (outcome.legs.length === 0) outcome.sink ??= spec.otherwise
        outcome.usable = outcome.legs.length > 0 || outcome.sink !== undefined
        return outcome
      }
    }
  }

  #resolveGateway(nextHop: NextHop, gateway: Gateway, at: number, outcome: Outcome): void {
    const { links, tables } = this.#options
    const { address } = gateway
    const named = gateway.localAddress
      ? (links.interfaceWith(nextHop.instance, gateway.localAddress) ?? gateway.interface ?? '')
      : gateway.interface
    if (named !== undefined) {
      if (links.isUp(named) || (!gateway.follows && links.keeps?.(named)))
        outcome.legs.push(legOf(gateway, at, address, named))
      return
    }
    if (!address) return
    const words = wordsOf(address)
    let best: { table: RoutingTable; row: number } | undefined
    for (const table of tables(nextHop.instance, address.family)) {
      const row = table.longestMatch(...words, candidate => {
        const hop = table.nextHop(candidate)
        if (gateway.resolve === 'connected' && table.attributes(candidate).source.protocol !== 'Direct') return false
        if (!restsOn(hop, nextHop)) return true
        if (hop !== nextHop) outcome.avoided.add(hop)
        return false
      })
      if (row >= 0 && (!best || table.rows.length(row) > best.table.rows.length(best.row))) best = { table, row }
    }
    if (!best) return
    const hop = best.table.nextHop(best.row)
    outcome.via.add(hop)
    if (hop.spec.kind === 'local' || hop.spec.kind === 'receive' || hop.spec.kind === 'table') return
    if (hop.spec.kind === 'interface' && hop.spec.own) return
    if (hop.sink) {
      outcome.sink = hop.sink
      return
    }
    outcome.metric2 = Math.max(outcome.metric2, best.table.attributes(best.row).values.metric ?? 0, hop.metric2)
    for (const leg of hop.legs) {
      const labels = [...leg.labels, ...(gateway.labels ?? [])]
      outcome.legs.push({ ...legOf(gateway, at, leg.gateway ?? address, leg.interface), labels })
    }
  }
}

function legOf(gateway: Gateway, from: number, address: Address | undefined, ifl: string): Leg {
  return {
    gateway: address,
    interface: ifl,
    labels: gateway.labels ?? [],
    weight: gateway.weight || 1,
    balance: 0,
    from,
  }
}

/** Whether packets to `hop` would need `other`. */
function restsOn(hop: NextHop, other: NextHop): boolean {
  return hop === other || hop.via.some(one => restsOn(one, other))
}

function needsLinks({ spec }: NextHop): boolean {
  if (spec.kind === 'interface' || spec.kind === 'local') return true
  return spec.kind === 'gateways' && spec.gateways.some(one => one.interface !== undefined || one.localAddress)
}

function sameLegs(a: readonly Leg[], b: readonly Leg[]): boolean {
  return a.length === b.length && a.every((leg, i) => legKey(leg) === legKey(b[i]!))
}

function legKey({ gateway, interface: ifl, labels, weight, balance, from }: Leg): string {
  const steps = labels.map((step: LabelStep) => `${step.operation} ${step.label}`).join()
  return `${gateway ? formatAddress(gateway) : ''} ${ifl} ${steps} ${weight} ${balance} ${from}`
}

function sameMembers(a: readonly NextHop[], b: readonly NextHop[]): boolean {
  return a.length === b.length && a.every(one => b.includes(one))
}
