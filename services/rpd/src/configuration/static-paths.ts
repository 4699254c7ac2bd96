import { parseAddress } from '@hangar/inet'
import type { ConfigView } from '@hangar/junos-config'
import type { AttributeValues } from '../rib/attributes.ts'
import type { Gateway, NextHopSpec } from '../rib/next-hop.ts'
import { withUnit } from './instances.ts'

/** One of the ways of a configured static route, each with a preference of its own. */
export interface StaticPath {
  /** 0 for what the route itself says, from 1 for qualified next hops. */
  readonly ordinal: number
  readonly values: AttributeValues
  readonly nextHop: NextHopSpec
}

/** Preference of static routes. */
const PREFERENCE = 5

/**
 * What a `route` of static routes says, where it is silent its `defaults`. `tableId` gives the number of a table by its name; a route to a
 * table that is not there is left out.
 */
export function staticPaths(
  route: ConfigView,
  defaults: ConfigView,
  tableId: (name: string) => number | undefined,
): StaticPath[] {
  const flag = (yes: string, no: string): boolean => {
    const place = [route, defaults].find(view => view.has(yes) || view.has(no))
    return place?.has(yes) ?? false
  }
  const number = (name: string) => route.number(name) ?? defaults.number(name)
  const communities = [route, defaults].map(view => view.values('community')).find(list => list.length > 0)
  const values: AttributeValues = {
    preference: number('preference') ?? PREFERENCE,
    preference2: number('preference2') ?? 0,
    metric: number('metric'),
    metric2: number('metric2'),
    tag: number('tag'),
    tag2: number('tag2'),
    color: number('color'),
    color2: number('color2'),
    ...(communities && { communities }),
    noInstall: flag('no-install', 'install'),
    noReadvertise: flag('no-readvertise', 'readvertise'),
  }
  const resolve = flag('resolve', 'no-resolve') ? 'recursive' : 'connected'
  const otherwise = flag('passive', 'active') ? 'reject' : undefined

  const paths: StaticPath[] = []
  const own = ownNextHop(route, resolve, otherwise, tableId)
  if (own) paths.push({ ordinal: 0, values, nextHop: own })
  for (const [i, qualified] of route.list('qualified-next-hop').entries()) {
    const ifl = qualified.leaf('interface')
    const gateway = { ...gatewayOf(qualified.key, resolve), ...(ifl !== undefined && { interface: withUnit(ifl) }) }
    paths.push({
      ordinal: i + 1,
      values: {
        ...values,
        preference: qualified.number('preference') ?? values.preference,
        metric: qualified.number('metric') ?? values.metric,
        tag: qualified.number('tag') ?? values.tag,
      },
      nextHop: { kind: 'gateways', gateways: [gateway], otherwise },
    })
  }
  return paths
}

function ownNextHop(
  route: ConfigView,
  resolve: Gateway['resolve'],
  otherwise: 'reject' | undefined,
  tableId: (name: string) => number | undefined,
): NextHopSpec | undefined {
  for (const kind of ['discard', 'reject', 'receive'] as const) if (route.has(kind)) return { kind }
  const next = route.leaf('next-table')
  const table = next === undefined ? undefined : tableId(next)
  if (table !== undefined) return { kind: 'table', table }
  const gateways = route.values('next-hop').map(text => gatewayOf(text, resolve))
  return gateways.length > 0 ? { kind: 'gateways', gateways, otherwise } : undefined
}

/** An address, or an interface that needs none. */
function gatewayOf(text: string, resolve: Gateway['resolve']): Gateway {
  const address = parseAddress(text)
  return address ? { address, resolve, follows: true } : { interface: withUnit(text), resolve, follows: true }
}
