import { parsePrefix } from '@hangar/inet'
import type { ConfigView } from '@hangar/junos-config'
import type { RouteSource } from '../rib/attributes.ts'
import { deleteRoute, putRoute } from '../rib/put-route.ts'
import type { Rib } from '../rib/rib.ts'
import type { RoutingTable } from '../rib/routing-table.ts'
import { wordsOf } from '../rib/words.ts'
import { MASTER, tableName } from '../routing-names.ts'
import { type StaticPath, staticPaths } from './static-paths.ts'

/** Somewhere in the configuration where static routes of a table stand. */
export interface StaticPlace {
  /** "routing-instances red routing-options rib red.inet6.0" */
  readonly path: readonly string[]
  readonly instance: string
  readonly table: string
  /** `static` */
  readonly view: ConfigView
}

export function* staticPlaces(root: ConfigView): Iterable<StaticPlace> {
  yield* placesOf(root.at('routing-options'), ['routing-options'], MASTER)
  for (const view of root.at('routing-instances').list())
    yield* placesOf(view.at('routing-options'), ['routing-instances', view.key, 'routing-options'], view.key)
}

function* placesOf(options: ConfigView, path: readonly string[], instance: string): Iterable<StaticPlace> {
  const view = options.at('static')
  if (view.exists) yield { path, instance, table: tableName(instance, 'inet'), view }
  for (const rib of options.list('rib')) {
    const statics = rib.at('static')
    if (statics.exists) yield { path: [...path, 'rib', rib.key], instance, table: rib.key, view: statics }
  }
}

/**
 * Makes the static routes of `before` into those of `after`, touching what differs. Routes of tables in `fresh`, which were made with
 * this configuration, are all new; where tables came or went, routes into other tables are looked at again. The caller settles.
 */
export function changeStaticRoutes(
  rib: Rib,
  after: ConfigView,
  before: ConfigView,
  tables: { fresh: ReadonlySet<string>; changed: boolean },
): void {
  const places = new Map<string, { after?: StaticPlace; before?: StaticPlace }>()
  for (const place of staticPlaces(before)) places.set(place.path.join(' '), { before: place })
  for (const place of staticPlaces(after)) {
    const key = place.path.join(' ')
    places.set(key, { ...places.get(key), after: place })
  }
  for (const place of places.values()) {
    const { table: name, path } = (place.after ?? place.before)!
    const table = rib.table(name)
    if (!table) continue
    const was = tables.fresh.has(name) ? undefined : place.before?.view
    const is = place.after?.view
    if (was?.branch === is?.branch && !tables.changed) continue
    new PlaceChange(rib, table, path.includes('rib') ? 'rib' : '', tables.changed).change(is, was)
  }
}

class PlaceChange {
  readonly #rib: Rib
  readonly #table: RoutingTable
  /** `rib inet.0` names the table that `static` beside it means: paths of the two are told apart by it. */
  readonly #place: string
  readonly #tablesChanged: boolean

  constructor(rib: Rib, table: RoutingTable, place: string, tablesChanged: boolean) {
    this.#rib = rib
    this.#table = table
    this.#place = place
    this.#tablesChanged = tablesChanged
  }

  change(after: ConfigView | undefined, before: ConfigView | undefined): void {
    const sameDefaults = after?.at('defaults').branch === before?.at('defaults').branch
    const left = new Map(before?.list('route').map(route => [route.key, route]))
    for (const route of after?.list('route') ?? []) {
      const was = left.get(route.key)
      left.delete(route.key)
      const same = was?.branch === route.branch && sameDefaults
      if (same && !(this.#tablesChanged && route.has('next-table'))) continue
      const paths = this.#paths(route, after!)
      const kept = new Set(paths.map(({ ordinal }) => ordinal))
      if (was) this.#remove(was, ordinal => !kept.has(ordinal))
      this.#put(route, paths)
    }
    for (const route of left.values()) this.#remove(route, () => true)
  }

  #paths(route: ConfigView, statics: ConfigView): StaticPath[] {
    return staticPaths(route, statics.at('defaults'), name => this.#rib.table(name)?.id)
  }

  #put(route: ConfigView, paths: readonly StaticPath[]): void {
    const destination = this.#destination(route)
    if (!destination) return
    for (const { ordinal, values, nextHop } of paths)
      putRoute(this.#rib, this.#table, { ...destination, source: this.#source(ordinal), values, nextHop })
  }

  #remove(route: ConfigView, which: (ordinal: number) => boolean): void {
    const destination = this.#destination(route)
    if (!destination) return
    const most = route.list('qualified-next-hop').length
    for (let ordinal = 0; ordinal <= most; ordinal++)
      if (which(ordinal)) deleteRoute(this.#table, { ...destination, source: this.#source(ordinal) })
  }

  #source(ordinal: number): RouteSource {
    return this.#rib.attributes.ownSource('Static', `${this.#place}${ordinal === 0 ? '' : ` ${ordinal}`}`)
  }

  /** Undefined for a destination that is not of the table's family, which the check refuses. */
  #destination({ key }: ConfigView) {
    const prefix = parsePrefix(key)
    if (prefix?.address.family !== this.#table.family) return undefined
    return { words: wordsOf(prefix.address), length: prefix.length }
  }
}
