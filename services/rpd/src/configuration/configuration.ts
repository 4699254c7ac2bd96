import type { ConfigView } from '@hangar/junos-config'
import type { RoutingTable } from '../rib/routing-table.ts'
import type { Routing } from '../routing.ts'
import { configuredTables, interfaceInstances } from './instances.ts'
import { readSettings } from './settings.ts'
import { changeStaticRoutes } from './static-routes.ts'

/** Routes that are removed before others get their turn. */
const SLICE = 4096

/** Makes a configuration true. Resolves when the kernel forwards by it. */
export async function applyConfiguration(routing: Routing, after: ConfigView, before: ConfigView): Promise<void> {
  const { rib, clients, interfaces } = routing
  const settings = readSettings(after)
  const wanted = configuredTables(after, settings.instances)
  const gone = [...routing.configuredTables].filter(name => !wanted.has(name))
  const fresh = new Set([...wanted.keys()].filter(name => !rib.table(name)))
  for (const name of fresh) {
    const { family, instance } = wanted.get(name)!
    rib.addTable(name, family, instance)
    routing.configuredTables.add(name)
  }
  routing.settings = settings
  routing.policies.configure(after.at('policy-options'))
  clients.globalPurgeTime = settings.purgeTime
  interfaces.assign(interfaceInstances(settings.instances))
  interfaces.keepDirect = !settings.dynamicNextHopInterface
  rib.linksChanged()
  changeStaticRoutes(rib, after, before, { fresh, changed: fresh.size > 0 || gone.length > 0 })
  for (const name of gone) {
    await empty(routing, rib.table(name)!)
    rib.removeTable(name)
    routing.configuredTables.delete(name)
  }
  routing.configured()
  await routing.committed()
}

/** Removes what is in a table, a slice at a time. */
async function empty({ rib, forwarding }: Routing, table: RoutingTable): Promise<void> {
  let removed = 0
  for (let row = 0; row < table.rows.end; row++) {
    if (!table.isLive(row)) continue
    table.remove(row)
    if (++removed % SLICE !== 0) continue
    rib.settle()
    await forwarding.acknowledged()
  }
}
