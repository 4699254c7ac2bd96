import type { ConfigView } from '@hangar/junos-config'
import { MASTER, tableName } from '../routing-names.ts'

/** A routing instance as it is configured. */
export interface RoutingInstance {
  readonly name: string
  /** "virtual-router", "vrf", ... */
  readonly type: string
  readonly description: string | undefined
  /** Names of the logical interfaces that belong to it. */
  readonly interfaces: readonly string[]
  readonly routeDistinguisher: string | undefined
  readonly routerId: string | undefined
  /** Has tables of inet and inet6. */
  readonly routes: boolean
}

/** Types that move frames, not packets: they have no tables of addresses. */
const bridging = new Set(['evpn', 'l2vpn', 'layer2-control', 'mac-vrf', 'mpls-forwarding', 'virtual-switch', 'vpls'])

export function readInstances(root: ConfigView): ReadonlyMap<string, RoutingInstance> {
  return new Map(
    root
      .at('routing-instances')
      .list()
      .map(view => {
        const type = view.leaf('instance-type') ?? 'no-forwarding'
        const instance: RoutingInstance = {
          name: view.key,
          type,
          description: view.leaf('description'),
          interfaces: view.list('interface').map(({ key }) => withUnit(key)),
          routeDistinguisher: view.leaf('route-distinguisher'),
          routerId: view.at('routing-options').leaf('router-id'),
          routes: !bridging.has(type),
        }
        return [view.key, instance]
      }),
  )
}

/** Which interface's routes are in which instance. An instance of type forwarding has none: packets come to it by filters. */
export function interfaceInstances(instances: ReadonlyMap<string, RoutingInstance>): Map<string, string> {
  const assigned = new Map<string, string>()
  for (const { name, type, interfaces, routes } of instances.values())
    if (routes && type !== 'forwarding') for (const ifl of interfaces) assigned.set(ifl, name)
  return assigned
}

/** Unit 0 is meant where none is said. */
export function withUnit(name: string): string {
  return name.includes('.') ? name : `${name}.0`
}

/** The tables that the configuration makes, beside those that are always there, with the family and the instance of each. */
export function configuredTables(
  root: ConfigView,
  instances: ReadonlyMap<string, RoutingInstance>,
): Map<string, { family: 'inet' | 'inet6'; instance: string }> {
  const tables = new Map<string, { family: 'inet' | 'inet6'; instance: string }>()
  const ribs = (options: ConfigView, instance: string) => {
    for (const { key } of options.list('rib')) {
      const family = familyOfTable(key)
      if (family && isTableOf(key, instance)) tables.set(key, { family, instance })
    }
  }
  for (const { name, routes } of instances.values()) {
    if (!routes) continue
    for (const family of ['inet', 'inet6'] as const) tables.set(tableName(name, family), { family, instance: name })
    ribs(root.at('routing-instances', name, 'routing-options'), name)
  }
  ribs(root.at('routing-options'), MASTER)
  return tables
}

/** By its name: "red.inet6.0" is of inet6. Undefined for one that holds no addresses. */
export function familyOfTable(name: string): 'inet' | 'inet6' | undefined {
  const family = /(?:^|\.)(inet6?)\.\d+$/.exec(name)?.[1]
  return family === 'inet' || family === 'inet6' ? family : undefined
}

export function isTableOf(table: string, instance: string): boolean {
  return (
    /^inet6?\.\d+$/.test(instance === MASTER ? table : table.slice(instance.length + 1)) &&
    (instance === MASTER || table.startsWith(`${instance}.`))
  )
}
