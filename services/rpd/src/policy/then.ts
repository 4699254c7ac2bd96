import type { ConfigView } from '@hangar/junos-config'
import type { AttributeValues } from '../rib/attributes.ts'
import type { BgpAttributes } from '../rib/bgp-attributes.ts'
import type { Definitions } from './definitions.ts'
import { type NumberName, numberNames, numberOf, withNumber } from './numbers.ts'
import type { PolicyNextHop, PolicyRoute } from './policy-route.ts'

/** How it goes on with a route: undefined is with the next term. */
export type Verdict = 'accept' | 'reject' | 'next policy' | undefined

/** What a term does to a route. */
export type Actions = (route: PolicyRoute) => Verdict

type Change = (route: PolicyRoute) => void

/** Of `then`, or of a route filter that has actions of its own; undefined where it says nothing. What only forwards or colours packets has no effect here. */
export function compileActions(view: ConfigView, definitions: Definitions): Actions | undefined {
  if (!view.branch || view.branch.children.size === 0) return undefined
  const changes = [
    ...numberNames.flatMap(name => numberChange(view, name) ?? []),
    ...bgpChanges(view),
    ...communityChanges(view, definitions),
    ...routeChanges(view),
  ]
  const next = view.leaf('next')
  const verdict = view.has('accept')
    ? 'accept'
    : view.has('reject')
      ? 'reject'
      : next === 'policy'
        ? 'next policy'
        : undefined
  return route => {
    for (const change of changes) change(route)
    return verdict
  }
}

/** `metric 10`, `metric add 10`, `metric igp 10`. */
function numberChange(view: ConfigView, name: NumberName): Change | undefined {
  const value = view.at(name)
  if (!value.exists) return undefined
  const [set, add, subtract] = [value.number(name), value.number('add'), value.number('subtract')]
  const put = (number: (values: AttributeValues) => number) => (route: PolicyRoute) => {
    route.values = withNumber(route.values, name, number(route.values))
  }
  if (set !== undefined) return put(() => set)
  if (add !== undefined) return put(values => (numberOf(values, name) ?? 0) + add)
  if (subtract !== undefined) return put(values => (numberOf(values, name) ?? 0) - subtract)
  for (const igp of ['igp', 'minimum-igp'])
    if (name === 'metric' && value.has(igp)) {
      const offset = value.at(igp).number('metric_offset') ?? 0
      return put(values => (values.metric2 ?? 0) + offset)
    }
  return undefined
}

/** What only routes of BGP have. */
function bgpChanges(view: ConfigView): Change[] {
  const changes: Change[] = []
  const put = (change: (bgp: BgpAttributes) => Partial<BgpAttributes>) =>
    changes.push(route => {
      const { bgp } = route.values
      if (bgp) route.values = { ...route.values, bgp: { ...bgp, ...change(bgp) } }
    })
  const origin = view.leaf('origin')
  if (origin !== undefined) put(() => ({ origin: origin === 'igp' ? 'I' : origin === 'egp' ? 'E' : '?' }))
  const prepended = view.leaf('as-path-prepend') ?? view.at('as-path-expand').leaf('aspath')
  if (prepended !== undefined) put(({ asPath }) => ({ asPath: `${prepended} ${asPath}`.trimEnd() }))
  const lastAs = view.at('as-path-expand', 'last-as')
  if (lastAs.exists)
    put(({ asPath }) => {
      const first = /^\d+(\.\d+)?/.exec(asPath)?.[0]
      return first === undefined ? {} : { asPath: `${`${first} `.repeat(lastAs.number('count') ?? 1)}${asPath}` }
    })
  return changes
}

function communityChanges(view: ConfigView, definitions: Definitions): Change[] {
  return view.list('community').flatMap(({ keys: [what, name] }): Change[] => {
    const community = definitions.community(name!)
    if (!community) return []
    const put = (change: (communities: readonly string[]) => readonly string[]): Change[] => [
      route => {
        const communities = change(route.values.communities ?? [])
        route.values = { ...route.values, communities }
      },
    ]
    if (what === 'set') return put(() => community.communities)
    if (what === 'add') return put(before => [...new Set([...before, ...community.communities])])
    return put(before => before.filter(one => !community.covers(one)))
  })
}

function routeChanges(view: ConfigView): Change[] {
  const newNextHop = nextHopOf(view.at('next-hop'))
  const analyze = view.has('analyze')
  const action = view.leaf('default-action')
  return [
    route => {
      if (newNextHop) route.newNextHop = newNextHop
      if (analyze) route.analyze = true
      if (action === 'accept' || action === 'reject') route.defaultAction = action
    },
  ]
}

function nextHopOf(view: ConfigView): PolicyNextHop | undefined {
  for (const kind of ['self', 'peer-address', 'reject', 'discard'] as const) if (view.has(kind)) return { kind }
  const address = view.leaf('address')
  if (address !== undefined) return { kind: 'address', value: address }
  const table = view.leaf('next-table')
  return table === undefined ? undefined : { kind: 'table', value: table }
}
