import {
  addressBits,
  compareAddresses,
  formatAddress,
  formatPrefix,
  lastAddress,
  network,
  type Prefix,
  parsePrefix,
} from '@hangar/inet'
import type { AddressConfiguration, FamilyConfiguration } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ifaFlag } from './flags.ts'
import { isLinkLocal, linkLocalAddress, withInterfaceIdentifier } from './link-local.ts'
import type { Port } from './port.ts'

/** An address of an interface, with what the kernel derives from it. Empty text: there is none. */
export interface DesiredAddress {
  readonly address: string
  readonly local: string
  readonly destination: string
  readonly broadcast: string
  readonly flags: number
}

/** The addresses of a family in their order. Of two that are the same but for the length, the first counts. */
export function desiredAddresses(port: Port, family: FamilyConfiguration): readonly DesiredAddress[] {
  if (family.family === 'inet' || family.family === 'inet6') return internetAddresses(port, family)
  return family.addresses.map(({ address }, i) => ({
    address,
    local: address,
    destination: '',
    broadcast: '',
    flags: i === 0 ? ifaFlag.isPrimary : 0,
  }))
}

interface Candidate {
  readonly prefix: Prefix
  readonly primary: boolean
  readonly preferred: boolean
  /** The subnet; empty for a host address (/32, /128), which has no destination. */
  readonly destination: string
}

function internetAddresses(port: Port, family: FamilyConfiguration): readonly DesiredAddress[] {
  const candidates = distinct(port, family.addresses)
  if (family.family === 'inet6' && !candidates.some(({ prefix }) => isLinkLocal(prefix.address))) {
    const length = port.medium === 'loopback' ? 128 : 64
    candidates.push(candidate({ address: linkLocalAddress(port), length }, false, false))
  }
  candidates.sort((a, b) => compareAddresses(a.prefix.address, b.prefix.address))
  const preferred = currentPreferred(candidates)
  const primary = currentPrimary(candidates, preferred)
  return candidates.map(one => ({
    address: formatPrefix(one.prefix),
    local: `${formatAddress(one.prefix.address)}/${addressBits(one.prefix.address.family)}`,
    destination: one.destination,
    broadcast: broadcastOf(port, one),
    flags:
      (one.primary ? ifaFlag.primary : 0) |
      (one.preferred ? ifaFlag.preferred : 0) |
      (preferred.has(one) ? ifaFlag.isPreferred : 0) |
      (one === primary ? ifaFlag.isPrimary : 0),
  }))
}

function distinct(port: Port, addresses: readonly AddressConfiguration[]): Candidate[] {
  const byLocal = new Map<string, Candidate>()
  for (const { address, primary, preferred, eui64 } of addresses) {
    const written = parsePrefix(address)!
    const prefix = eui64 ? { ...written, address: withInterfaceIdentifier(port, written.address.bytes) } : written
    const local = formatAddress(prefix.address)
    if (!byLocal.has(local)) byLocal.set(local, candidate(prefix, primary, preferred))
  }
  return [...byLocal.values()]
}

function candidate(prefix: Prefix, primary: boolean, preferred: boolean): Candidate {
  const host = prefix.length === addressBits(prefix.address.family)
  return { prefix, primary, preferred, destination: host ? '' : formatPrefix(network(prefix)) }
}

/** The preferred address of each subnet: the one that says so, or the lowest. Recorded host addresses are never Is-Preferred. */
function currentPreferred(sorted: readonly Candidate[]): ReadonlySet<Candidate> {
  const bySubnet = new Map<string, Candidate>()
  for (const one of sorted) {
    if (one.destination === '') continue
    const best = bySubnet.get(one.destination)
    if (!best || (one.preferred && !best.preferred)) bySubnet.set(one.destination, one)
  }
  return new Set(bySubnet.values())
}

/** The primary address of the family: the one that says so, or the lowest that is neither 127/8 nor link-local, preferred ones first. */
function currentPrimary(sorted: readonly Candidate[], preferred: ReadonlySet<Candidate>): Candidate | undefined {
  const eligible = sorted.filter(({ prefix: { address } }) => !isLinkLocal(address) && !isNet127(address.bytes))
  return sorted.find(one => one.primary) ?? eligible.find(one => preferred.has(one)) ?? eligible[0]
}

function isNet127(bytes: Uint8Array): boolean {
  return bytes.length === 4 && bytes[0] === 127
}

/** The directed broadcast address. None for a host address, for a /31 (RFC 3021), for inet6, or where the medium has no broadcast. */
function broadcastOf(port: Port, { prefix }: Candidate): string {
  if (prefix.address.family !== 'inet' || prefix.length > 30 || port.medium === 'loopback') return ''
  return `${formatAddress(lastAddress(prefix))}/32`
}
