/** What can be wrong with a request that writes routes; the names are those of both generations' status codes. */
export type RouteFault =
  | RequestFault
  | DestinationFault
  | NextHopFault
  | 'ROUTE_EXISTS'
  | 'ROUTE_NOT_FOUND'
  | 'ROUTE_ADD_FAILED'

/** Nothing is done then. */
export type RequestFault =
  | 'NOT_INITIALIZED'
  | 'NO_OP'
  | 'TOO_MANY_OPS'
  | 'NOT_READY'
  | 'REQUEST_INVALID'
  | 'ROUTE_API_VERSION_MISMATCH'

export type DestinationFault =
  | 'TABLE_INVALID'
  | 'PREFIX_INVALID'
  | 'PREFIX_LEN_TOO_SHORT'
  | 'PREFIX_LEN_TOO_LONG'
  | 'MPLS_LABEL_INVALID'

export type NextHopFault =
  | 'TABLE_INVALID'
  | 'GATEWAY_INVALID'
  | 'NEXTHOP_INVALID'
  | 'NEXTHOP_ADDRESS_INVALID'
  | 'NEXTHOP_LIMIT_EXCEED'
  | 'INTERFACE_INVALID'
  | 'MPLS_LABEL_INVALID'
  | 'MPLS_ACTION_INVALID'
  | 'FLEXIBLE_TUNNEL_INVALID'
  | 'BANDWIDTH_USAGE_INVALID'

/** What became of a batch. */
export interface WriteOutcome {
  /** Absent: all were done. */
  readonly fault?: RouteFault | undefined
  readonly completed: number
}
