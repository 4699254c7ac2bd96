import { addressBits } from '@hangar/inet'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { deleteRoute, putRoute } from '../rib/put-route.ts'
import type { Rib } from '../rib/rib.ts'
import { maskedWords, type Words, wordsOf } from '../rib/words.ts'
import { tableName } from '../routing-names.ts'
import type { InterfaceChange } from './interfaces.ts'
import type { LogicalInterface } from './logical-interface.ts'

interface InterfaceRoute {
  readonly protocol: 'Direct' | 'Local'
  readonly table: string
  readonly words: Words
  readonly length: number
  readonly nextHop: NextHopSpec
}

const values = { preference: 0, preference2: 0 }

/** Puts the routes of interfaces into the tables of their instances: the changes alone. The caller settles. */
export function changeInterfaceRoutes(rib: Rib, changes: readonly InterfaceChange[]): void {
  for (const { before, after } of changes) {
    const wanted = after ? interfaceRoutes(after) : new Map<string, InterfaceRoute>()
    if (before)
      for (const [key, route] of interfaceRoutes(before)) if (!wanted.has(key)) remove(rib, route, before.name)
    if (after) for (const route of wanted.values()) put(rib, route, after.name)
  }
}

/**
 * An address gives a Direct route to its subnet while the interface is up, and a Local one to itself, which rejects while it is down.
 * A host address of a loopback has the Direct one alone, as recorded.
 */
function interfaceRoutes(ifl: LogicalInterface): Map<string, InterfaceRoute> {
  const routes = new Map<string, InterfaceRoute>()
  const add = (protocol: 'Direct' | 'Local', table: string, words: Words, length: number, nextHop: NextHopSpec) =>
    routes.set(`${protocol} ${table} ${words.join(' ')} ${length}`, { protocol, table, words, length, nextHop })
  for (const { address, length } of ifl.addresses) {
    const { family } = address
    const table = tableName(ifl.instance, family)
    const words = wordsOf(address)
    const bits = addressBits(family)
    const own = length === bits
    if (ifl.up)
      add('Direct', table, maskedWords(words, length), length, { kind: 'interface', interface: ifl.name, own })
    if (ifl.loopback && own) continue
    add('Local', table, words, bits, ifl.up ? { kind: 'local', interface: ifl.name } : { kind: 'reject' })
  }
  return routes
}

/** Several interfaces may have the same subnet or address (fe80::/64): their routes are told apart by its name. */
function put(rib: Rib, { protocol, table: name, words, length, nextHop }: InterfaceRoute, ifl: string): void {
  const table = rib.table(name)
  const source = rib.attributes.ownSource(protocol, ifl)
  if (table) putRoute(rib, table, { words, length, source, values, nextHop })
}

function remove(rib: Rib, { protocol, table: name, words, length }: InterfaceRoute, ifl: string): void {
  const table = rib.table(name)
  const source = rib.attributes.ownSource(protocol, ifl)
  if (table) deleteRoute(table, { words, length, source })
}
