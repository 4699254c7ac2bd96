/** What BGP says of a route. Sources: RFC 4271, and the fields of routing.BgpRouteEntry. */
export interface BgpAttributes {
  readonly localPreference: number
  /** Multi-exit discriminator; undefined is not set. */
  readonly med?: number | undefined
  /** Accumulated IGP metric (RFC 7311). */
  readonly aigp?: bigint | undefined
  /** Text as the client gave it; '' is an empty path. */
  readonly asPath: string
  readonly origin: 'I' | 'E' | '?'
  readonly type: 'internal' | 'external'
  readonly originatorId?: number | undefined
  readonly clusterList?: readonly number[]
  readonly clusterId?: number | undefined
  readonly noExport?: boolean
  readonly useNextHopReject?: boolean
  readonly useNextHopFictitious?: boolean
  /** Label of a VPN or labelled route. */
  readonly vpnLabel?: number | undefined
  /** The parts of the request that are only handed back: label stack, family-specific data, tunnel attributes, peer address; protobuf bytes by field name. */
  readonly opaque?: Readonly<Record<string, Uint8Array>>
}

/** Equal exactly for equal attributes. */
export function bgpKey(bgp: BgpAttributes): string {
  return JSON.stringify(bgp, (_, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString('base64')
      : typeof value === 'bigint'
        ? `${value}`
        : value,
  )
}
