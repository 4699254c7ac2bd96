/** Routes of one request, by the contract. */
export const MOST_ROUTES = 1000

/** What a route's destination is, by the field of NetworkAddress that says so. */
export const Destination = {
  absent: 0,
  inet: 1,
  inet6: 2,
  mpls: 3,
  /** Something is there, and is no address of the family that it says. */
  wrong: 4,
} as const

/**
 * The routes (or keys) of one request in columns, used again for the next. Text is not kept: an address is words, a sub-message what its
 * bytes were made into.
 */
export class RouteColumns<NextHop, Attributes, Table> {
  /** How many the request has; of those beyond `MOST_ROUTES` nothing is known. */
  count = 0
  /** One of `Destination`. */
  readonly destination = new Uint8Array(MOST_ROUTES)
  /** Four words an address; IPv4 and labels have the first. */
  readonly words = new Uint32Array(4 * MOST_ROUTES)
  readonly length = new Uint32Array(MOST_ROUTES)
  readonly cookieLow = new Uint32Array(MOST_ROUTES)
  readonly cookieHigh = new Uint32Array(MOST_ROUTES)
  /** 1: enable_stats. */
  readonly stats = new Uint8Array(MOST_ROUTES)
  readonly tables: Table[] = []
  readonly nextHops: NextHop[] = []
  readonly attributes: Attributes[] = []
}
