import type { RouteTable } from './table.ts'

/** The address of a route as RFC 5952 writes it; of IPv6 the first half, as the second is always 0. */
export function addressText({ family, addresses }: RouteTable, route: number): string {
  if (family === 'inet') {
    const word = addresses[route]!
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`
  }
  const high = addresses[4 * route]!
  const low = addresses[4 * route + 1]!
  const groups = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff]
  while (groups.at(-1) === 0) groups.pop()
  return `${groups.map(group => group.toString(16)).join(':')}::`
}
