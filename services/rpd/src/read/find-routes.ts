import type { RoutingTable } from '../rib/routing-table.ts'
import { maskedWords, type Words } from '../rib/words.ts'
import type { RouteQuery } from './route-query.ts'

/** The rows that a query is about: found at once, or among all of the table. `matches` says which of them it wants. */
export interface Found {
  /** Undefined: the whole table, which is to be walked. */
  readonly rows: readonly number[] | undefined
  readonly matches: (row: number) => boolean
}

const ones: Words = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]

/**
 * How a query finds its routes. A walk goes by rows and not by destinations: routes that stay are seen once, whatever is added, removed or
 * preferred to them meanwhile.
 */
export function findRoutes(query: RouteQuery): Found {
  const { table, prefix, match } = query
  const wanted = filterOf(query)
  if (!prefix) return { rows: undefined, matches: wanted }
  const { words, length } = prefix
  if (match === 'exact' || table.family === 'mpls') return routesFrom(query, table.find(...words, length), wanted)
  if (match === 'best') return routesFrom(query, best(query, wanted), wanted)
  const { rows } = table
  const [m0, m1, m2, m3] = maskedWords(ones, length)
  const [k0, k1, k2, k3] = words
  return {
    rows: undefined,
    matches: row =>
      rows.length(row) >= length &&
      (rows.k0(row) & m0) >>> 0 === k0 &&
      (rows.k1(row) & m1) >>> 0 === k1 &&
      (rows.k2(row) & m2) >>> 0 === k2 &&
      (rows.k3(row) & m3) >>> 0 === k3 &&
      wanted(row),
  }
}

/** The routes of the destination that begins with `head` (or -1), in the order of choice. A row may be another's by the time it is read. */
function routesFrom({ table }: RouteQuery, head: number, wanted: (row: number) => boolean): Found {
  const { rows } = table
  if (head < 0) return { rows: [], matches: wanted }
  const [k0, k1, k2, k3, length] = [rows.k0(head), rows.k1(head), rows.k2(head), rows.k3(head), rows.length(head)]
  return { rows: chain(table, head), matches: row => wanted(row) && rows.isAt(row, k0, k1, k2, k3, length) }
}

function chain(table: RoutingTable, head: number): number[] {
  const all: number[] = []
  for (let row = head; row >= 0; row = table.rows.next(row)) all.push(row)
  return all
}

/** The longest destination that covers the prefix, takes packets, and has a route that is wanted; -1 where there is none. */
function best({ table, prefix }: RouteQuery, wanted: (row: number) => boolean): number {
  for (let length = prefix!.length; length >= 0; ) {
    const head = table.bestMatch(...prefix!.words, length)
    if (head < 0 || (table.isActive(head) && chain(table, head).some(wanted))) return head
    length = table.rows.length(head) - 1
  }
  return -1
}

/** What a query asks of a route besides its destination. What is not set counts as 0. */
function filterOf({ table, activeOnly, cookie, tag, tag2 }: RouteQuery): (row: number) => boolean {
  const { rows } = table
  const tagged = (row: number) => {
    const { values } = table.attributes(row)
    return (tag === undefined || (values.tag ?? 0) === tag) && (tag2 === undefined || (values.tag2 ?? 0) === tag2)
  }
  const asksTags = tag !== undefined || tag2 !== undefined
  return row =>
    (activeOnly ? table.isActive(row) : table.isLive(row)) &&
    (!cookie || (rows.cookieLow(row) === cookie.low && rows.cookieHigh(row) === cookie.high)) &&
    (!asksTags || tagged(row))
}
