import { parsePrefix } from '@hangar/inet'
import type { AttributeValues, Protocol } from '../rib/attributes.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable, TableFamily } from '../rib/routing-table.ts'
import { wordsOf } from '../rib/words.ts'

/** Where a policy sends a route's packets instead. */
export type PolicyNextHop =
  | { readonly kind: 'self' | 'peer-address' | 'reject' | 'discard' }
  | { readonly kind: 'address' | 'table'; readonly value: string }

/** What the table of a VPN calls its destinations: a route distinguisher and a prefix. */
const distinguished = /^([^:]+:[^:]+):(.+)$/

/**
 * A route as policies see it, and what they have made of it. One object serves for many routes, one after the other: `at` puts it onto the
 * next.
 */
export class PolicyRoute {
  table = ''
  instance = 'master'
  tableFamily: TableFamily = 'inet'
  /** Of the destination, which the words and the length say; undefined where it is no prefix. */
  family: 'inet' | 'inet6' | undefined = 'inet'
  k0 = 0
  k1 = 0
  k2 = 0
  k3 = 0
  length = 0
  /** "65000:1", where the destination has one in front. */
  routeDistinguisher: string | undefined
  protocol: Protocol = 'Static'
  /** The client that programmed it. */
  client: string | undefined
  active = true
  nextHop: NextHopSpec = { kind: 'discard' }
  /** With all changes so far: whoever changes something puts other values here. */
  values: AttributeValues = { preference: 5, preference2: 0 }

  /** A policy asked to send it to the controllers. */
  analyze = false
  newNextHop: PolicyNextHop | undefined
  /** What becomes of it when no term decides, as an earlier term said. */
  defaultAction: 'accept' | 'reject' | undefined

  /** Onto the route of a row. */
  at(rib: Rib, table: RoutingTable, row: number): this {
    const { rows } = table
    const attributes = table.attributes(row)
    this.table = table.name
    this.instance = table.instance
    this.tableFamily = table.family
    this.k0 = rows.k0(row)
    this.k1 = rows.k1(row)
    this.k2 = rows.k2(row)
    this.k3 = rows.k3(row)
    this.length = rows.length(row)
    this.routeDistinguisher = undefined
    if (table.family === 'other') this.#readKey(rib.others.at(this.k0).key)
    else this.family = table.family === 'mpls' ? undefined : table.family
    this.protocol = attributes.source.protocol
    this.client = attributes.source.client
    this.active = table.isActive(row)
    this.nextHop = table.nextHop(row).spec
    return this.begin(attributes.values)
  }

  /** With these values, and as no policy has seen it yet. */
  begin(values: AttributeValues): this {
    this.values = values
    this.analyze = false
    this.newNextHop = undefined
    this.defaultAction = undefined
    return this
  }

  /** "65000:1:10.0.0.0/24": of other destinations policies see the table alone. */
  #readKey(key: string): void {
    this.family = undefined
    const [, routeDistinguisher, text] = distinguished.exec(key) ?? []
    const prefix = text === undefined ? undefined : parsePrefix(text)
    if (!prefix) return
    this.routeDistinguisher = routeDistinguisher
    this.family = prefix.address.family
    this.length = prefix.length
    ;[this.k0, this.k1, this.k2, this.k3] = wordsOf(prefix.address)
  }
}
