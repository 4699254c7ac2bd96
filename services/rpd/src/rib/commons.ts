import type { AttributeSets } from './attributes.ts'
import type { OtherDestinations } from './destinations.ts'
import type { NextHops } from './next-hops.ts'

/** What all tables of the device share. */
export interface Commons {
  readonly attributes: AttributeSets
  readonly nextHops: NextHops
  readonly others: OtherDestinations
  /** Seconds of the process's own count, for the ages of routes. */
  seconds(): number
}
