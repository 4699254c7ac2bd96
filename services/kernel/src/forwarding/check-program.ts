import {
  ForwardingNextHop_Kind as Kind,
  type ProgramForwardingRequest,
  type RouteBatch,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { words } from './columns.ts'
import { destinationFault } from './destination-fault.ts'
import type { Forwarding } from './forwarding.ts'
import { families } from './forwarding-table.ts'

/** What is wrong with a request, for the error text. Nothing of it has been done yet. */
export function programFault(request: ProgramForwardingRequest, forwarding: Forwarding): string | undefined {
  const known = new Known(request, forwarding)
  return (
    tablesFault(request, known) ??
    nextHopsFault(request, known) ??
    first(request.routes, batch => routesFault(batch, known)) ??
    first(request.removedTables, id => (known.family(id) ? undefined : `removed table ${id} is not known`)) ??
    first(request.removedNextHops, id => (known.nextHop(id) ? undefined : `removed next hop ${id} is not known`))
  )
}

/** What numbers will mean when the request's own tables and next hops are there. */
class Known {
  readonly #forwarding: Forwarding
  /** A snapshot's numbers are its own alone. */
  readonly #anew: boolean
  readonly #families = new Map<number, string>()
  readonly #nextHops: Set<number>

  constructor({ snapshot, tables, nextHops }: ProgramForwardingRequest, forwarding: Forwarding) {
    this.#forwarding = forwarding
    this.#anew = snapshot
    for (const { id, family } of tables) this.#families.set(id, family)
    this.#nextHops = new Set(nextHops.map(one => one.id))
  }

  family(table: number): string | undefined {
    return this.#families.get(table) ?? this.table(table)?.family
  }

  /** A table that is there before the request. */
  table(id: number) {
    return this.#anew ? undefined : this.#forwarding.tables.get(id)
  }

  idOf(name: string): number | undefined {
    return this.#anew ? undefined : this.#forwarding.tables.idOf(name)
  }

  nextHop(id: number): boolean {
    return this.#nextHops.has(id) || (!this.#anew && this.#forwarding.nextHops.knows(id))
  }
}

function tablesFault({ tables }: ProgramForwardingRequest, known: Known): string | undefined {
  const names = new Set<string>()
  const ids = new Set<number>()
  return first(tables, entry => {
    const { id, name, family } = entry
    if (id === 0 || name === '') return `table ${id} "${name}" needs a number and a name`
    if (!(families as readonly string[]).includes(family)) return `table ${name}: no family "${family}"`
    if (names.size === names.add(name).size || ids.size === ids.add(id).size) return `table ${name} is named twice`
    const there = known.table(id)
    if (there && !there.is(entry))
      return `table ${id} is ${there.name} of ${there.instance}, not ${name} of ${entry.instance}`
    if (!there && known.idOf(name) !== undefined) return `table ${name} is number ${known.idOf(name)}, not ${id}`
    return undefined
  })
}

function nextHopsFault({ nextHops }: ProgramForwardingRequest, known: Known): string | undefined {
  return first(nextHops, ({ id, kind, table }) => {
    if (id === 0) return 'a next hop without a number'
    if (kind === Kind.UNSPECIFIED || Kind[kind] === undefined) return `next hop ${id}: no kind ${kind}`
    if (kind === Kind.TABLE && !known.family(table)) return `next hop ${id}: table ${table} is not known`
    return undefined
  })
}

function routesFault({ table, addresses, lengths, nextHops }: RouteBatch, known: Known): string | undefined {
  const family = known.family(table)
  if (!family) return `routes of table ${table}, which is not known`
  const count = lengths.length
  const width = family === 'inet6' ? 16 : 4
  if (addresses.length !== count * width || nextHops.length !== count * 4) {
    return `routes of table ${table}: ${addresses.length} bytes of addresses and ${nextHops.length} of next hops for ${count} lengths`
  }
  const at = destinationFault(family, words(addresses), lengths)
  if (at >= 0)
    return `routes of table ${table}: route ${at} has a length of ${lengths[at]} that its address does not have`
  const ids = words(nextHops)
  let checked = 0
  for (const id of ids) {
    if (id === checked || id === 0) continue
    if (!known.nextHop(id)) return `routes of table ${table}: next hop ${id} is not known`
    checked = id
  }
  return undefined
}

function first<T>(all: readonly T[], fault: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = fault(one)
    if (found) return found
  }
  return undefined
}
