import { type Address, formatAddress } from '@hangar/inet'
import type { PhysicalInterface } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Links } from '../resolve/resolver.ts'
import { MASTER } from '../routing-names.ts'
import { type LogicalInterface, logicalInterface, logicalInterfaces } from './logical-interface.ts'

/** Absent before: it came. Absent after: it went. */
export interface InterfaceChange {
  readonly name: string
  readonly before: LogicalInterface | undefined
  readonly after: LogicalInterface | undefined
}

export type InterfaceListener = (changes: readonly InterfaceChange[]) => void

/** The device's logical interfaces: as the kernel has them, in the routing instances that the configuration puts them in. */
export class Interfaces implements Links, Iterable<LogicalInterface> {
  readonly #interfaces = new Map<string, LogicalInterface>()
  readonly #byIndex = new Map<number, LogicalInterface>()
  /** By port: what is on it. */
  readonly #ports = new Map<string, readonly LogicalInterface[]>()
  /** "instance address" to the interfaces that have it: link-local ones may be on several. */
  readonly #holders = new Map<string, Set<string>>()
  readonly #listeners: InterfaceListener[] = []
  #instances: ReadonlyMap<string, string> = new Map()
  #keepDirect = false

  get(name: string): LogicalInterface | undefined {
    return this.#interfaces.get(name)
  }

  at(index: number): LogicalInterface | undefined {
    return this.#byIndex.get(index)
  }

  isUp(name: string): boolean {
    return this.#interfaces.get(name)?.up ?? false
  }

  exists(name: string): boolean {
    return this.#interfaces.has(name)
  }

  keeps(name: string): boolean {
    return this.#keepDirect && this.exists(name)
  }

  /** Next hops by interface stay usable while it is down. Takes effect when links are looked at next. */
  set keepDirect(keep: boolean) {
    this.#keepDirect = keep
  }

  interfaceWith(instance: string, address: Address): string | undefined {
    const [holder] = this.#holders.get(`${instance} ${formatAddress(address)}`) ?? []
    return holder
  }

  [Symbol.iterator](): Iterator<LogicalInterface> {
    return this.#interfaces.values()
  }

  /** Told of all that a call changes, once, when it is done. */
  listen(listener: InterfaceListener): void {
    this.#listeners.push(listener)
  }

  /** Takes ports as they are now, by name; undefined: it is gone. */
  update(ports: Iterable<readonly [string, PhysicalInterface | undefined]>): void {
    const changes: InterfaceChange[] = []
    for (const [name, port] of ports) {
      const before = this.#ports.get(name) ?? []
      const after = port ? logicalInterfaces(port, ifl => this.#instances.get(ifl) ?? MASTER) : []
      if (after.length > 0) this.#ports.set(name, after)
      else this.#ports.delete(name)
      changes.push(...difference(before, after))
    }
    this.#take(changes)
  }

  /** Which interfaces are in which routing instance; those that are not named are in the main one. */
  assign(instances: ReadonlyMap<string, string>): void {
    this.#instances = instances
    const changes: InterfaceChange[] = []
    for (const [port, before] of this.#ports) {
      const after = before.map(ifl => {
        const instance = instances.get(ifl.name) ?? MASTER
        return instance === ifl.instance ? ifl : logicalInterface({ ...ifl, instance })
      })
      this.#ports.set(port, after)
      changes.push(...difference(before, after))
    }
    this.#take(changes)
  }

  #take(changes: readonly InterfaceChange[]): void {
    if (changes.length === 0) return
    // What goes makes room before what comes takes it: an index, an address.
    for (const { before } of changes) if (before) this.#remove(before)
    for (const { after } of changes) if (after) this.#put(after)
    for (const listener of this.#listeners) listener(changes)
  }

  #remove(ifl: LogicalInterface): void {
    this.#interfaces.delete(ifl.name)
    this.#byIndex.delete(ifl.index)
    for (const { address } of ifl.addresses) {
      const key = `${ifl.instance} ${formatAddress(address)}`
      const holders = this.#holders.get(key)
      holders?.delete(ifl.name)
      if (holders?.size === 0) this.#holders.delete(key)
    }
  }

  #put(ifl: LogicalInterface): void {
    this.#interfaces.set(ifl.name, ifl)
    this.#byIndex.set(ifl.index, ifl)
    for (const { address } of ifl.addresses) {
      const key = `${ifl.instance} ${formatAddress(address)}`
      const holders = this.#holders.get(key)
      if (holders) holders.add(ifl.name)
      else this.#holders.set(key, new Set([ifl.name]))
    }
  }
}

function* difference(
  before: readonly LogicalInterface[],
  after: readonly LogicalInterface[],
): Iterable<InterfaceChange> {
  const left = new Map(before.map(one => [one.name, one]))
  for (const one of after) {
    const was = left.get(one.name)
    left.delete(one.name)
    if (was?.key !== one.key) yield { name: one.name, before: was, after: one }
  }
  for (const one of left.values()) yield { name: one.name, before: one, after: undefined }
}
