import { gatewaysFrom } from '@hangar/example-loader/gateways'
import { generateTable } from '@hangar/example-loader/table'

/** How many routes make a table here. */
export const PREFIXES = Number(process.env.PREFIXES ?? 1_000_000)
/** How many routes are added one by one. */
export const SINGLE = Math.min(PREFIXES, 100_000)
export const ROUNDS = Number(process.env.ROUNDS ?? 5)
export const IN_FLIGHT = 64

const NEXT_HOPS = 32
export const gateways = gatewaysFrom('10.0.0.1', NEXT_HOPS)

/** The table that everybody gets. */
export function theTable() {
  return generateTable({ family: 'inet', count: PREFIXES, seed: 1, nextHops: NEXT_HOPS })
}
