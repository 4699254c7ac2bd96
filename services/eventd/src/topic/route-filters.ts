const above = ['', 'junos', 'events', 'kernel', 'route']
/** Operation, family, address and prefix length. */
const below = 4

/** Which routes of one operation and family anybody wants. */
export interface RouteInterest {
  /** All of them. */
  readonly everything: boolean
  /** "<address>/<length>", where either may be `+`. */
  readonly some: ReadonlySet<string>
}

/**
 * The filters that can match `/junos/events/kernel/route/<operation>/<family>/<address>/<length>`: few of all that there are, mostly none.
 * Whether anybody wants a batch of routes is known without a topic, and without looking at the routes.
 */
export class RouteFilters {
  readonly #filters = new Map<string, readonly string[]>()
  readonly #interests = new Map<string, RouteInterest>()

  /** No route is wanted by anybody. */
  get none(): boolean {
    return this.#filters.size === 0
  }

  put(filter: string): void {
    const levels = routeLevels(filter)
    if (!levels) return
    this.#filters.set(filter, levels)
    this.#interests.clear()
  }

  delete(filter: string): void {
    if (this.#filters.delete(filter)) this.#interests.clear()
  }

  interest(operation: string, family: string): RouteInterest {
    const key = `${operation}/${family}`
    let interest = this.#interests.get(key)
    if (!interest) {
      interest = this.#gather(operation, family)
      this.#interests.set(key, interest)
    }
    return interest
  }

  #gather(operation: string, family: string): RouteInterest {
    const some = new Set<string>()
    for (const [wantedOperation, wantedFamily, address, length] of this.#filters.values()) {
      const fits = covers(wantedOperation!, operation) && covers(wantedFamily!, family)
      if (fits) some.add(`${address}/${length}`)
    }
    return { everything: some.has('+/+'), some }
  }
}

export function wants({ everything, some }: RouteInterest, address: string, length: number): boolean {
  if (everything) return true
  return some.size > 0 && (some.has(`${address}/${length}`) || some.has(`${address}/+`) || some.has(`+/${length}`))
}

function covers(wanted: string, level: string): boolean {
  return wanted === '+' || wanted === level
}

/** What the filter says of the four levels, `+` for any; undefined when it matches no topic of a route [MQTT 3.1.1, 4.7]. */
function routeLevels(filter: string): string[] | undefined {
  const levels = filter.split('/')
  const all = above.length + below
  const hash = levels.indexOf('#')
  if (hash < 0 ? levels.length !== all : hash > all) return undefined
  const wanted = Array.from({ length: all }, (_, i) => (hash >= 0 && i >= hash ? '+' : levels[i]!))
  return above.every((level, i) => covers(wanted[i]!, level)) ? wanted.slice(above.length) : undefined
}
