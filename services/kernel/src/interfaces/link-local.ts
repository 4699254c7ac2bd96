import { type Address, addressFromBytes } from '@hangar/inet'
import type { Port } from './port.ts'

/** What goes between the halves of the MAC: ff:fe (RFC 4291 appendix A); recorded link-local addresses of loopbacks have 0f:fc there. */
const middle = { ethernet: [0xff, 0xfe], loopback: [0x0f, 0xfc] } as const
/** Recorded on devices with locally administered MACs as well: the universal bit is set, not inverted. */
const universalBit = 0x02

/** The address that a family inet6 gets by itself: fe80:: and the interface identifier. */
export function linkLocalAddress(port: Port): Address {
  return withInterfaceIdentifier(port, [0xfe, 0x80, 0, 0, 0, 0, 0, 0])
}

/** The address whose first half is that of `bytes` and whose second half is the identifier made of the port's MAC. */
export function withInterfaceIdentifier(port: Port, bytes: ArrayLike<number>): Address {
  const [first, ...rest] = port.mac
  const identifier = [first! | universalBit, ...rest.slice(0, 2), ...middle[port.medium], ...rest.slice(2)]
  return addressFromBytes(Uint8Array.from([...Array.from(bytes).slice(0, 8), ...identifier]))
}

/** fe80::/10 (RFC 4291 2.5.6). */
export function isLinkLocal(address: Address): boolean {
  return address.family === 'inet6' && address.bytes[0] === 0xfe && (address.bytes[1]! & 0xc0) === 0x80
}
