import type { Problem } from '@hangar/daemon'
import { parsePrefix } from '@hangar/inet'
import type { Branch, ConfigView } from '@hangar/junos-config'
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
  const tables = new Set([
    ...standardTables.map(([name]) => name as string),
    ...configuredTables(root, instances).keys(),
  ])
  const ways = new Map<string, { table: string; place: StaticPlace; route: string }[]>()
  for (const place of staticPlaces(root)) {
    const { path, table, view } = place
    const { strangers, leading } = findingsOf(view, table)
    for (const route of strangers)
      yield {
        path: [...path, 'static'],
        element: `route ${route}`,
        message: `destination is not of the family of ${table}`,
      }
    for (const { route, next } of leading)
      if (!tables.has(next))
        yield {
          path: [...path, 'static', 'route', route],
          element: `next-table ${next}`,
          message: `table ${next} is not configured`,
        }
    const ofTable = ways.get(table) ?? []
    ways.set(table, ofTable)
    for (const { route, next } of leading) ofTable.push({ table: next, place, route })
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

/** What there is to say of the routes of a place whatever else is configured. */
interface Findings {
  /** Destinations of another family than the table's. */
  readonly strangers: readonly string[]
  /** Routes that lead to other tables. */
  readonly leading: readonly { route: string; next: string }[]
}

/** A branch never changes: what a commit left alone is not looked at again. */
const known = new WeakMap<Branch, Findings>()

function findingsOf(statics: ConfigView, table: string): Findings {
  const before = known.get(statics.branch!)
  if (before) return before
  const family = familyOfTable(table)
  const routes = statics.list('route')
  const findings: Findings = {
    strangers: routes.filter(({ key }) => parsePrefix(key)?.address.family !== family).map(({ key }) => key),
    leading: routes.flatMap(route => {
      const next = route.leaf('next-table')
      return next === undefined ? [] : [{ route: route.key, next }]
    }),
  }
  known.set(statics.branch!, findings)
  return findings
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
