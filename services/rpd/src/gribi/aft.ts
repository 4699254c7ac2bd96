import type { AFTOperation } from '@hangar/protocol/gribi_service_pb'
import { type AftEntry, type AftKind, type ReadEntry, readEntry } from './aft-entry.ts'

export interface AftListener {
  /** A destination came, or what it leads to changed. Returns text that says why it cannot be. */
  program(entry: AftEntry): string | undefined
  withdraw(entry: AftEntry): void
}

export interface AftOptions extends AftListener {
  hasInstance(name: string): boolean
}

/**
 * The abstract forwarding table that gRIBI clients share: entries by network instance, kind and key. Entries refer to each other; what is
 * referred to cannot be deleted, and when it changes, the destinations above it are programmed anew.
 */
export class Aft {
  readonly #options: AftOptions
  readonly #entries = new Map<string, AftEntry>()

  constructor(options: AftOptions) {
    this.#options = options
  }

  [Symbol.iterator](): Iterator<AftEntry> {
    return this.#entries.values()
  }

  /** Adds an entry, or puts another in its place; with `replace`, there has to be one. Returns text that says why not, and then nothing changed. */
  add(operation: AFTOperation, client: string, replace: boolean): string | undefined {
    const read = this.#read(operation, false)
    if (typeof read === 'string') return read
    const { networkInstance: instance } = operation
    const held = this.#entries.get(keyOf(read.kind, instance, read.key))
    if (replace && !held) return `${read.kind} ${read.key} is not there`
    const refs: AftEntry[] = []
    for (const ref of read.refs) {
      const entry = this.#entries.get(keyOf(ref.kind, ref.instance, ref.key))
      if (!entry) return `${ref.kind} ${ref.key} of ${ref.instance} is not there`
      if (held && leadsTo(entry, held)) return `${read.kind} ${read.key} would lead to itself`
      refs.push(entry)
    }
    const entry: AftEntry = held ?? {
      kind: read.kind,
      instance,
      key: read.key,
      message: operation.entry,
      owners: new Set(),
      refs: [],
      dependents: new Set(),
    }
    const before = { message: entry.message, refs: entry.refs }
    entry.message = operation.entry
    this.#refer(entry, refs)
    const fault = this.#program(entry)
    if (fault !== undefined) {
      entry.message = before.message
      this.#refer(entry, before.refs)
      if (held) this.#program(entry)
      return fault
    }
    entry.owners.add(client)
    this.#entries.set(keyOf(entry.kind, instance, entry.key), entry)
    return undefined
  }

  /** Deletes an entry; with `shared`, it stays while another client wants it. */
  delete(operation: AFTOperation, client: string, shared: boolean): string | undefined {
    const read = this.#read(operation, true)
    if (typeof read === 'string') return read
    const entry = this.#entries.get(keyOf(read.kind, operation.networkInstance, read.key))
    if (!entry) return `${read.kind} ${read.key} is not there`
    if (shared) {
      if (!entry.owners.has(client)) return `${read.kind} ${read.key} is not this client's`
      if (entry.owners.size > 1) {
        entry.owners.delete(client)
        return undefined
      }
    }
    if (entry.dependents.size > 0) return `${read.kind} ${read.key} is referred to`
    this.#remove(entry)
    return undefined
  }

  /** Takes a client's word off its entries; what nobody wants any more goes, what is referred to last. */
  leave(client: string): void {
    const orphans = [...this.#entries.values()].filter(entry => entry.owners.delete(client) && entry.owners.size === 0)
    this.#removeAll(orphans)
  }

  /** Removes all entries of an instance, or of all; false when some have to stay, as others refer to them. */
  flush(instance: string | undefined): boolean {
    const chosen = [...this.#entries.values()].filter(entry => instance === undefined || entry.instance === instance)
    return this.#removeAll(chosen)
  }

  #read(operation: AFTOperation, deleting: boolean): ReadEntry | string {
    const { networkInstance: instance } = operation
    if (instance === '') return 'the operation names no network instance'
    if (!this.#options.hasInstance(instance)) return `no network instance ${instance.slice(0, 128)}`
    return readEntry(operation, deleting)
  }

  #removeAll(entries: readonly AftEntry[]): boolean {
    // What nothing refers to goes first, and sets free what it referred to.
    let left = new Set(entries)
    for (;;) {
      const free = [...left].filter(entry => entry.dependents.size === 0)
      if (free.length === 0) return left.size === 0
      for (const entry of free) this.#remove(entry)
      left = new Set(
        [...left].filter(entry => this.#entries.get(keyOf(entry.kind, entry.instance, entry.key)) === entry),
      )
    }
  }

  #remove(entry: AftEntry): void {
    this.#refer(entry, [])
    this.#entries.delete(keyOf(entry.kind, entry.instance, entry.key))
    if (isDestination(entry.kind)) this.#options.withdraw(entry)
  }

  #refer(entry: AftEntry, refs: readonly AftEntry[]): void {
    for (const ref of entry.refs) ref.dependents.delete(entry)
    entry.refs = refs
    for (const ref of refs) ref.dependents.add(entry)
  }

  /** Programs the destinations that rest on an entry, or it itself. */
  #program(entry: AftEntry): string | undefined {
    if (isDestination(entry.kind)) return this.#options.program(entry)
    for (const dependent of entry.dependents) {
      const fault = this.#program(dependent)
      if (fault !== undefined) return fault
    }
    return undefined
  }
}

export function isDestination(kind: AftKind): boolean {
  return kind === 'ipv4' || kind === 'ipv6' || kind === 'mpls'
}

function leadsTo(from: AftEntry, to: AftEntry): boolean {
  return from === to || from.refs.some(ref => leadsTo(ref, to))
}

function keyOf(kind: AftKind, instance: string, key: string): string {
  return `${kind}\t${instance}\t${key}`
}
