import { addressBits, formatAddress, formatPrefix, lastAddress, network, type Prefix, parsePrefix } from '@hangar/inet'
import type { AddressConfiguration } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { isLinkLocal, withInterfaceIdentifier } from './link-local.ts'
import type { Port } from './port.ts'

/** An IPv4 or IPv6 address of an interface, with what follows from it alone. Empty text: there is none. */
export interface DerivedAddress {
  readonly prefix: Prefix
  /** With its length, in canonical text. */
  readonly address: string
  /** As a host prefix: "192.168.10.1/32". */
  readonly local: string
  /** The subnet; none for a host address (/32, /128). */
  readonly destination: string
  /** Directed broadcast; none for a host address, for a /31 (RFC 3021), for inet6. */
  readonly broadcast: string
  /** Whether the address may become the primary one by itself: neither 127/8 nor link-local. */
  readonly eligible: boolean
}

/** A commit hands in every address of an interface that it touches; those it left alone are the same messages as before. */
const known = new WeakMap<AddressConfiguration, DerivedAddress>()

/** What follows from a configured address; undefined where its text is no prefix. */
export function configuredAddress(port: Port, configuration: AddressConfiguration): DerivedAddress | undefined {
  const before = known.get(configuration)
  if (before) return before
  const prefix = parsePrefix(configuration.address)
  if (!prefix) return undefined
  if (configuration.eui64) {
    return deriveAddress({ ...prefix, address: withInterfaceIdentifier(port, prefix.address.bytes) })
  }
  const derived = deriveAddress(prefix)
  known.set(configuration, derived)
  return derived
}

export function deriveAddress(prefix: Prefix): DerivedAddress {
  const { address, length } = prefix
  const bits = addressBits(address.family)
  return {
    prefix,
    address: formatPrefix(prefix),
    local: `${formatAddress(address)}/${bits}`,
    destination: length === bits ? '' : formatPrefix(network(prefix)),
    broadcast: address.family === 'inet' && length < 31 ? `${formatAddress(lastAddress(prefix))}/32` : '',
    eligible: address.family === 'inet' ? address.bytes[0] !== 127 : !isLinkLocal(address),
  }
}
