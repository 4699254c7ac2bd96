import { formatIPv4, parseIPv4 } from './ipv4.ts'
import { formatIPv6, parseIPv6 } from './ipv6.ts'

/** The address family in Junos's words. */
export type Family = 'inet' | 'inet6'

/** An IPv4 or IPv6 address as a value: its bytes in network order (4 or 16). Treat `bytes` as read-only. */
export interface Address {
  readonly family: Family
  readonly bytes: Uint8Array
}

/** Bits in an address of a family: 32 or 128. */
export function addressBits(family: Family): 32 | 128 {
  return family === 'inet' ? 32 : 128
}

/** The address from its bytes (4 or 16); throws a RangeError for any other length. */
export function addressFromBytes(bytes: Uint8Array): Address {
  if (bytes.length === 4) return { family: 'inet', bytes }
  if (bytes.length === 16) return { family: 'inet6', bytes }
  throw new RangeError(`an address has 4 or 16 bytes, not ${bytes.length}`)
}

/** The address that the text spells (dotted quad, or RFC 4291 text), undefined when it spells none. Zones are refused. */
export function parseAddress(text: string): Address | undefined {
  const bytes = text.includes(':') ? parseIPv6(text) : parseIPv4(text)
  return bytes && addressFromBytes(bytes)
}

/** Canonical text: dotted quad, or RFC 5952. */
export function formatAddress(address: Address): string {
  return address.family === 'inet' ? formatIPv4(address.bytes) : formatIPv6(address.bytes)
}

/** Order: IPv4 before IPv6, then by value. Zero exactly for equal addresses. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family === 'inet' ? -1 : 1
  for (let i = 0; i < a.bytes.length; i++) {
    const difference = a.bytes[i]! - b.bytes[i]!
    if (difference !== 0) return difference
  }
  return 0
}

/** 127/8 or ::1 (RFC 1122 3.2.1.3, RFC 4291 2.5.3); IPv4-mapped loopback counts too, as a dual-stack socket reports it. */
export function isLoopback(address: Address): boolean {
  const { bytes } = address
  if (address.family === 'inet') return bytes[0] === 127
  if (isIPv4Mapped(bytes)) return bytes[12] === 127
  return bytes[15] === 1 && bytes.subarray(0, 15).every(byte => byte === 0)
}

/** `::ffff:a.b.c.d` as the IPv4 address that it carries; any other address as it is. What a dual-stack socket needs. */
export function unmapped(address: Address): Address {
  if (address.family === 'inet6' && isIPv4Mapped(address.bytes)) {
    return { family: 'inet', bytes: address.bytes.slice(12) }
  }
  return address
}

function isIPv4Mapped(bytes: Uint8Array): boolean {
  return bytes[10] === 0xff && bytes[11] === 0xff && bytes.subarray(0, 10).every(byte => byte === 0)
}
