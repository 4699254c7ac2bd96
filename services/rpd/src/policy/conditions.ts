import { formatAddress } from '@hangar/inet'
import type { ConfigView } from '@hangar/junos-config'
import type { Definitions } from './definitions.ts'
import { numberNames, numberOf } from './numbers.ts'
import type { PolicyRoute } from './policy-route.ts'

export type Condition = (route: PolicyRoute) => boolean

const never: Condition = () => false

/** Of no route that is here: it has neither a peer nor an area, and is no multipath of several. */
const ofOtherProtocols = ['neighbor', 'area', 'level', 'external', 'aggregate-contributor', 'next-hop-type'] as const

/** Of which one value is asked for; tags are a list. */
const numbers = numberNames.filter(name => name !== 'tag')

/**
 * What `from` or `to` asks of a route besides its prefix: all of it has to hold, of several values of one kind one. Where nothing says
 * otherwise, what is not defined matches nothing.
 */
export function compileConditions(
  view: ConfigView,
  definitions: Definitions,
  accepts: (policies: readonly string[]) => Condition,
): Condition[] {
  const conditions: Condition[] = []
  const all = (name: string) =>
    view.schema.statements.named(name)?.kind === 'list' ? keys(view, name) : view.values(name)
  /** Adds a condition where the statement is there. */
  const where = (name: string, condition: (values: readonly string[]) => Condition) => {
    if (view.schema.statements.named(name) && view.has(name)) conditions.push(condition(all(name)))
  }
  const whereLeaf = (name: string, condition: (value: string) => Condition) => {
    const value = view.schema.statements.named(name) ? view.leaf(name) : undefined
    if (value !== undefined) conditions.push(condition(value))
  }

  for (const name of numbers) {
    const number = view.number(name)
    if (number !== undefined) conditions.push(route => numberOf(route.values, name) === number)
  }
  where('tag', tags => {
    const wanted = new Set(tags.map(Number))
    return route => wanted.has(route.values.tag ?? 0)
  })
  whereLeaf('rib', name => route => route.table === name)
  where('rib-list', lists => {
    const names = lists.flatMap(list => definitions.ribList(list)).map(wildcard)
    return route => names.some(name => name.test(route.table))
  })
  where('protocol', protocols => {
    const wanted = new Set(protocols)
    return route => wanted.has(route.protocol.toLowerCase())
  })
  whereLeaf('family', family => route => familyOf(route) === family)
  whereLeaf('instance', name => route => route.instance === instanceNamed(name))
  where('instance-list', names => {
    const wanted = new Set(names.map(instanceNamed))
    return route => wanted.has(route.instance)
  })
  whereLeaf('state', state => route => route.active === (state === 'active'))
  whereLeaf('programmed', () => route => route.client !== undefined)
  where('next-hop', addresses => {
    const wanted = new Set(addresses)
    return route => gatewaysOf(route).some(({ address }) => address && wanted.has(formatAddress(address)))
  })
  where('interface', names => route => leadsTo(route, names))
  where('route-distinguisher', names => {
    const wanted = new Set(names.flatMap(name => definitions.routeDistinguishers(name)))
    return route => route.routeDistinguisher !== undefined && wanted.has(route.routeDistinguisher)
  })
  whereLeaf('route-type', type => route => route.values.bgp?.type === type)
  whereLeaf('origin', origin => {
    const letter = origin === 'igp' ? 'I' : origin === 'egp' ? 'E' : '?'
    return route => (route.values.bgp?.origin ?? 'I') === letter
  })
  where('community', names => {
    const communities = names.flatMap(name => definitions.community(name) ?? [])
    return route => communities.some(community => community.matches(route.values.communities))
  })
  where('as-path', names => asPaths(names.flatMap(name => definitions.asPath(name) ?? [])))
  where('as-path-group', names => asPaths(names.flatMap(name => definitions.asPathGroup(name))))
  for (const name of ofOtherProtocols) if (view.schema.statements.named(name) && view.has(name)) conditions.push(never)
  where('policy', accepts)
  return conditions
}

function asPaths(expressions: readonly { matches(bgp: PolicyRoute['values']['bgp']): boolean }[]): Condition {
  return route => expressions.some(expression => expression.matches(route.values.bgp))
}

function keys(view: ConfigView, name: string): string[] {
  return view.list(name).map(({ key }) => key)
}

function instanceNamed(name: string): string {
  return name === 'default' ? 'master' : name
}

function gatewaysOf({ nextHop }: PolicyRoute) {
  return nextHop.kind === 'gateways' ? nextHop.gateways : []
}

/** By what was asked for, so that the answer never changes without the route. */
function leadsTo(route: PolicyRoute, names: readonly string[]): boolean {
  const { nextHop } = route
  if (nextHop.kind === 'interface' || nextHop.kind === 'local') return names.includes(nextHop.interface)
  return gatewaysOf(route).some(
    gateway =>
      (gateway.interface !== undefined && names.includes(gateway.interface)) ||
      (gateway.address && names.includes(formatAddress(gateway.address))),
  )
}

/** In the words of the `family` condition. */
function familyOf({ tableFamily, table, family }: PolicyRoute): string | undefined {
  if (tableFamily !== 'other') return tableFamily === 'mpls' ? undefined : tableFamily
  if (/color/.test(table)) return table.includes('inet6') ? 'inet6-srte' : 'inet-srte'
  return family && /l3vpn/.test(table) ? `${family}-vpn` : undefined
}

/** A table's name with `*` and `?`. */
function wildcard(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${text}$`)
}
