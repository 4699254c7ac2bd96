import { Interner, type Shared } from './interner.ts'

/** A destination that is no address: of a VPN, a flow specification, a segment-routing policy. */
export class OtherDestination<T = unknown> implements Shared {
  id: number
  serial = 0
  uses = 0
  /** As `show route` prints it: "65000:1:10.0.0.0/24". Equal for equal destinations. */
  readonly key: string
  /** What it was made of; whoever made it knows. */
  readonly value: T

  constructor(id: number, key: string, value: T) {
    this.id = id
    this.key = key
    this.value = value
  }
}

/**
 * Destinations that are no addresses, by number: tables of such families have the number as the only word of their address, and hold a
 * destination for as long as they have routes of it.
 */
export class OtherDestinations extends Interner<OtherDestination> {
  of(key: string, value: unknown): OtherDestination {
    return this.intern(key, id => new OtherDestination(id, key, value))
  }
}
