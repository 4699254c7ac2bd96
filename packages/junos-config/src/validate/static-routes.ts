import { parseAddress, parsePrefix } from '@hangar/inet'
import type { Branch } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { semantic, step } from './place.ts'
import type { Problem } from './problem.ts'
import { routingPlaces } from './routing-places.ts'

/** Routes with which nothing is wrong whatever else is configured, and whole `static` statements of such: branches never change. */
const sound = new WeakSet<Branch>()

/** Statements of which a static route needs at least one: where it leads. */
const ways = ['next-hop', 'qualified-next-hop', 'discard', 'reject', 'receive', 'next-table'] as const

/** What rpd's check demands of static routes: of the device and of its instances, of their main table and of those named. */
export function checkStaticRoutes(config: ConfigView): Problem[] {
  const instances = config.at('routing-instances')
  return routingPlaces(config, 'routing-options').flatMap(({ path, view }) =>
    [view, ...view.list('rib')].flatMap(place => {
      const routes = place.at('static')
      if (!routes.branch || sound.has(routes.branch)) return []
      const level = [...path, ...(place === view ? [] : [step(place)]), step(routes)]
      const all = routes.list('route')
      const problems = all.flatMap(route => checkRoute(route, level, instances))
      if (all.every(({ branch }) => sound.has(branch!))) sound.add(routes.branch)
      return problems
    }),
  )
}

function checkRoute(route: ConfigView, path: readonly Step[], instances: ConfigView): Problem[] {
  if (sound.has(route.branch!)) return []
  const refuse = (message: string) => semantic(path, `route ${route.key}`, message)
  const problems = [...ofItself(route)].map(refuse)
  const table = route.leaf('next-table')
  // What is right with a table today is wrong when its instance is gone.
  if (problems.length === 0 && table === undefined) sound.add(route.branch!)
  const instance = table === undefined ? undefined : instanceOf(table)
  if (instance !== undefined && !instances.at(instance).exists) {
    problems.push(refuse(`next-table ${table}: instance '${instance}' is not defined`))
  }
  return problems
}

/** What is wrong with a route whatever else is configured. */
function* ofItself(route: ConfigView): Iterable<string> {
  if (!ways.some(way => route.has(way))) {
    yield 'static route must have a next hop, or be discard, reject, receive or next-table'
  }
  const family = parsePrefix(route.key)?.address.family
  for (const hop of [...route.values('next-hop'), ...route.list('qualified-next-hop').map(({ key }) => key)]) {
    const address = parseAddress(hop)
    if (address && address.family !== family) yield `next hop ${hop} is of another address family than the destination`
  }
  // The words of these two are the vendor's YANG's.
  if (route.has('resolve') && (route.has('retain') || route.has('no-retain'))) {
    yield 'Must not specify resolve with retain'
  }
  if (!route.has('resolve') && (route.has('longest-match') || route.has('no-longest-match'))) {
    yield 'Requires resolve to be configured'
  }
}

/** The instance that a table belongs to, undefined for the device's own: `blue` of `blue.inet.0`, `blue:topology.inet.0`. */
export function instanceOf(table: string): string | undefined {
  const name = table.split('.').slice(0, -2).join('.').split(':')[0]
  return name === '' ? undefined : name
}
