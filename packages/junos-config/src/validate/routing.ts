import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import type { Problem } from './problem.ts'

/** Statements of which a static route needs at least one: where it leads. */
const ways = ['next-hop', 'qualified-next-hop', 'discard', 'reject', 'receive', 'next-table'] as const

/** What rpd's check demands of static routes. */
export function checkRouting(config: ConfigView): Problem[] {
  const options = config.at('routing-options')
  const places = [options, ...options.list('rib')]
  return places.flatMap(place => {
    const routes = place.at('static')
    const above = place === options ? [options] : [options, place]
    const path: Step[] = [...above, routes].map(view => ({ schema: view.schema, keys: view.branch?.keys ?? [] }))
    return routes.list('route').flatMap((route): Problem[] => {
      if (ways.some(way => route.has(way))) return []
      const message = 'static route must have a next hop, or be discard, reject, receive or next-table'
      return [{ severity: 'error', kind: 'semantic', path, statement: `route ${route.key}`, message }]
    })
  })
}
