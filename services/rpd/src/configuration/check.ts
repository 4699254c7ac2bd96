import type { Problem } from '@hangar/daemon'
import { parsePrefix } from '@hangar/inet'
import type { ConfigView } from '@hangar/junos-config'
import { policyProblems } from '../policy/policies.ts'
import { standardTables } from '../routing-names.ts'
import { configuredTables, familyOfTable, readInstances } from './instances.ts'
import { type StaticPlace, staticPlaces } from './static-routes.ts'

/** What is wrong in routing that the configuration's own validation does not see: tables of another family, circles of tables, expressions of policies. */
export function* checkConfiguration(root: ConfigView, current?: ConfigView): Iterable<Problem> {
  const policies = root.at('policy-options')
  if (policies.branch !== current?.at('policy-options').branch)
    for (const { path, message } of policyProblems(policies)) yield { path, message }
  const instances = readInstances(root)
  const known = new Set([
    ...standardTables.map(([name]) => name as string),
    ...configuredTables(root, instances).keys(),
  ])
  const ways = new Map<string, { table: string; place: StaticPlace; route: string }[]>()
  for (const place of staticPlaces(root)) {
    const { path, table, view } = place
    for (const route of view.list('route')) {
      const at = [...path, 'static', 'route', route.key]
      if (parsePrefix(route.key)?.address.family !== familyOfTable(table))
        yield {
          path: at.slice(0, -2),
          element: `route ${route.key}`,
          message: `destination is not of the family of ${table}`,
        }
      const next = route.leaf('next-table')
      if (next === undefined) continue
      if (!known.has(next))
        yield { path: at, element: `next-table ${next}`, message: `table ${next} is not configured` }
      ways.set(table, [...(ways.get(table) ?? []), { table: next, place, route: route.key }])
    }
  }
  for (const [table, next] of ways) {
    const loop = next.find(one => leadsTo(ways, one.table, table))
    if (loop)
      yield {
        path: [...loop.place.path, 'static', 'route', loop.route],
        element: `next-table ${loop.table}`,
        message: 'next-table may loop',
      }
  }
}

function leadsTo(ways: ReadonlyMap<string, readonly { table: string }[]>, from: string, to: string): boolean {
  const seen = new Set<string>()
  const pending = [from]
  for (let table = pending.pop(); table !== undefined; table = pending.pop()) {
    if (table === to) return true
    if (seen.has(table)) continue
    seen.add(table)
    pending.push(...(ways.get(table) ?? []).map(one => one.table))
  }
  return false
}
