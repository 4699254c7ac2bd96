import type { BgpAttributes } from './bgp-attributes.ts'
import { bgpKey } from './bgp-attributes.ts'
import { Interner, type Shared } from './interner.ts'

/** Protocols that put routes into our tables, in the words of `show route`. */
export type Protocol = 'Direct' | 'Local' | 'Static' | 'Aggregate' | 'BGP-Static' | 'gRIBI' | 'MPLS'

/** Who put a route there: a protocol, and for programmed routes the client. Paths of one destination differ in source or cookie. */
export interface RouteSource {
  readonly protocol: Protocol
  /** Client id of the JET client; undefined for the device's own routes. */
  readonly client: string | undefined
  /** Tells the device's own paths of one destination apart, where clients have cookies: an interface, an ordinal. */
  readonly part: string
  /** Routes of this source in all tables. */
  routes: number
}

/** What routes carry besides where they lead. Numbers are unsigned 32 bits unless said otherwise; undefined is not set. */
export interface AttributeValues {
  readonly preference: number
  /** Signed: BGP-Static has -(local preference + 1). */
  readonly preference2: number
  readonly metric?: number | undefined
  readonly metric2?: number | undefined
  readonly tag?: number | undefined
  readonly tag2?: number | undefined
  readonly color?: number | undefined
  readonly color2?: number | undefined
  /** Not exported to protocols (no-readvertise, no_advertise). */
  readonly noReadvertise?: boolean
  /** Kept out of the forwarding table. */
  readonly noInstall?: boolean
  /** Its traffic shall be counted. */
  readonly enableStats?: boolean
  /** As configured or given: "65000:1", "no-export", "target:65000:1". */
  readonly communities?: readonly string[]
  readonly bgp?: BgpAttributes | undefined
}

/** Attributes that many routes share, together with who put them there. */
export class AttributeSet implements Shared {
  id: number
  serial = 0
  uses = 0
  readonly key: string
  readonly source: RouteSource
  readonly values: AttributeValues

  constructor(id: number, key: string, source: RouteSource, values: AttributeValues) {
    this.id = id
    this.key = key
    this.source = source
    this.values = values
  }
}

/** All sets of attributes in use. */
export class AttributeSets {
  readonly #sets = new Interner<AttributeSet>()
  readonly #sources = new Map<string, RouteSource>()

  source(protocol: Protocol, client?: string): RouteSource {
    return this.#source(client === undefined ? protocol : `${protocol} ${client}`, protocol, client, '')
  }

  /** One of several sources of the device itself. */
  ownSource(protocol: Protocol, part: string): RouteSource {
    return this.#source(`${protocol}\t${part}`, protocol, undefined, part)
  }

  #source(key: string, protocol: Protocol, client: string | undefined, part: string): RouteSource {
    let source = this.#sources.get(key)
    if (!source) {
      source = { protocol, client, part, routes: 0 }
      this.#sources.set(key, source)
    }
    return source
  }

  intern(source: RouteSource, values: AttributeValues): AttributeSet {
    const { protocol, client, part } = source
    const key = `${protocol}\t${client ?? ''}\t${client === undefined}\t${part}\t${keyOf(values)}`
    return this.#sets.intern(key, id => new AttributeSet(id, key, source, values))
  }

  at(id: number): AttributeSet {
    return this.#sets.at(id)
  }

  hold(set: AttributeSet): void {
    this.#sets.hold(set)
    set.source.routes++
  }

  release(set: AttributeSet): void {
    set.source.routes--
    this.#sets.release(set)
  }

  sweep(set: AttributeSet): void {
    this.#sets.sweep(set)
  }

  sources(): Iterable<RouteSource> {
    return this.#sources.values()
  }
}

function keyOf(values: AttributeValues): string {
  const { preference, preference2, metric, metric2, tag, tag2, color, color2 } = values
  const flags = (values.noReadvertise ? 1 : 0) | (values.noInstall ? 2 : 0) | (values.enableStats ? 4 : 0)
  const numbers = [preference, preference2, metric, metric2, tag, tag2, color, color2, flags].join()
  return `${numbers}\t${values.communities?.join(' ') ?? ''}\t${values.bgp ? bgpKey(values.bgp) : ''}`
}
