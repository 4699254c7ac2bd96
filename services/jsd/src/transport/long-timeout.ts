const unitInMs: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000_001 }

/**
 * Whether a `grpc-timeout` header is longer than a timer can count (24 days). grpc-js takes such a timeout for one that has
 * passed already; clients that wait "for ever" by a large number mean what no timeout means.
 */
export function isLongTimeout(header: unknown): boolean {
  if (typeof header !== 'string') return false
  const factor = unitInMs[header.slice(-1)]
  return factor !== undefined && Number(header.slice(0, -1)) * factor >= 2 ** 31
}
