import { type Address, addressBits, compareAddresses, formatAddress, parseAddress } from './address.ts'

/**
 * An address with a prefix length (0..32 or 0..128). The address may carry host bits, as an interface's address does:
 * `network()` is the same prefix without them.
 */
export interface Prefix {
  readonly address: Address
  readonly length: number
}

const lengthText = /^(0|[1-9]\d{0,2})$/

/** `address/length`, or a bare address with the full length. Undefined when the text is neither. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/')
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (!address) return undefined
  if (slash < 0) return { address, length: addressBits(address.family) }
  const lengthPart = text.slice(slash + 1)
  if (!lengthText.test(lengthPart)) return undefined
  const length = Number(lengthPart)
  return length <= addressBits(address.family) ? { address, length } : undefined
}

/** `address/length`, the address in canonical text. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.length}`
}

/** Whether any bit beyond the prefix length is set. */
export function hasHostBits(prefix: Prefix): boolean {
  return compareAddresses(networkAddress(prefix), prefix.address) !== 0
}

/** The prefix with its host bits cleared. */
export function network(prefix: Prefix): Prefix {
  return { address: networkAddress(prefix), length: prefix.length }
}

/** The first address of the prefix. */
export function networkAddress(prefix: Prefix): Address {
  const { address, length } = prefix
  return { family: address.family, bytes: address.bytes.map((byte, i) => byte & maskByte(length, i)) }
}

/** The last address of the prefix: for IPv4 the directed broadcast address (RFC 1122 3.2.1.3). */
export function lastAddress(prefix: Prefix): Address {
  const { address, length } = prefix
  return { family: address.family, bytes: address.bytes.map((byte, i) => byte | (~maskByte(length, i) & 0xff)) }
}

/** Whether the address lies in the prefix (families must match; host bits of the prefix don't count). */
export function contains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.family !== address.family) return false
  for (let i = 0; i < address.bytes.length; i++) {
    if (((prefix.address.bytes[i]! ^ address.bytes[i]!) & maskByte(prefix.length, i)) !== 0) return false
  }
  return true
}

/** Whether every address of `inner` lies in `outer`. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  return inner.length >= outer.length && contains(outer, inner.address)
}

/** Order by address, then by length. Zero exactly for equal prefixes. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  return compareAddresses(a.address, b.address) || a.length - b.length
}

/** Byte i of the netmask of a prefix length. */
function maskByte(length: number, i: number): number {
  const bits = Math.min(8, Math.max(0, length - 8 * i))
  return (0xff << (8 - bits)) & 0xff
}
