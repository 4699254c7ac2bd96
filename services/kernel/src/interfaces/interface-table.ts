import type {
  InterfaceConfiguration,
  PhysicalInterface,
  RoutingSocketEvent,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { desiredInterface } from './desired.ts'
import { Numbers } from './numbers.ts'
import { firstSnmpId, type Port } from './port.ts'
import { addInterface, changeInterface, type Transition } from './reconcile.ts'
import { routingSocketEvent } from './routing-socket.ts'

/** What a call did: the interfaces that are different now, and what the routing socket says about it, in order. */
export interface TableChange {
  readonly interfaces: readonly PhysicalInterface[]
  readonly events: readonly RoutingSocketEvent[]
}

/** What dcd wishes: see ConfigureInterfacesRequest. */
export interface Wish {
  readonly interfaces: readonly InterfaceConfiguration[]
  readonly removed: readonly string[]
  readonly all: boolean
}

interface Entry {
  readonly port: Port
  configuration: InterfaceConfiguration | undefined
  carrier: boolean
  state: PhysicalInterface
}

/**
 * The interfaces as they are. Ports are what the chassis has: configuration for anything else has nothing to work on and is
 * dropped, as on a router whose card is missing. Values that were handed out are never changed again.
 */
export class InterfaceTable {
  readonly #entries = new Map<string, Entry>()
  readonly #numbers: Numbers
  readonly #now: () => number
  /** What was reported when the ports were found. */
  readonly discovery: TableChange

  /** `now`: Unix time in ms. */
  constructor(ports: readonly Port[], now: () => number) {
    this.#now = now
    this.#numbers = new Numbers(Math.max(firstSnmpId, ...ports.map(port => port.snmpId + 1)))
    const transitions = ports.map(port => {
      const transition = addInterface(port, desiredInterface(port, undefined, true), this.#numbers, now())
      this.#entries.set(port.name, { port, configuration: undefined, carrier: true, state: transition.next })
      return transition
    })
    this.discovery = this.#change(transitions)
  }

  /** In the order of the ports. */
  *interfaces(): Iterable<PhysicalInterface> {
    for (const entry of this.#entries.values()) yield entry.state
  }

  get(name: string): PhysicalInterface | undefined {
    return this.#entries.get(name)?.state
  }

  /** Makes the wish true. The wish has been checked: see configurationFault. */
  configure(wish: Wish): TableChange {
    const wished = new Map(wish.interfaces.map(one => [one.name, one]))
    const removed = new Set(wish.removed)
    const touched = [...this.#entries.values()].filter(
      ({ port: { name } }) => wish.all || wished.has(name) || removed.has(name),
    )
    for (const entry of touched) entry.configuration = wished.get(entry.port.name)
    return this.#settle(touched)
  }

  /** Puts the cable in or pulls it; undefined for an interface that is not there. A loopback's "cable" counts as well. */
  setCarrier(name: string, up: boolean): TableChange | undefined {
    const entry = this.#entries.get(name)
    if (!entry) return undefined
    entry.carrier = up
    return this.#settle([entry])
  }

  #settle(entries: readonly Entry[]): TableChange {
    const transitions: Transition[] = []
    for (const entry of entries) {
      const desired = desiredInterface(entry.port, entry.configuration, entry.carrier)
      const transition = changeInterface(entry.state, desired, this.#numbers, this.#now())
      if (!transition) continue
      entry.state = transition.next
      transitions.push(transition)
    }
    return this.#change(transitions)
  }

  #change(transitions: readonly Transition[]): TableChange {
    const now = this.#now()
    const reports = [...transitions.flatMap(one => one.deletes), ...transitions.flatMap(one => one.updates)]
    return {
      interfaces: transitions.map(one => one.next),
      events: reports.map(report => routingSocketEvent(report, now)),
    }
  }
}
