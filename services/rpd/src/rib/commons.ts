import type { AttributeSets } from './attributes.ts'
import type { NextHops } from './next-hops.ts'

/** What all tables of the device share. */
export interface Commons {
  readonly attributes: AttributeSets
  readonly nextHops: NextHops
  /** Seconds of the process's own count, for the ages of routes. */
  seconds(): number
}
