import { compareAddresses } from '@hangar/inet'
import type { AddressConfiguration, FamilyConfiguration } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { configuredAddress, type DerivedAddress, deriveAddress } from './derived-address.ts'
import { ifaFlag } from './flags.ts'
import { isLinkLocal, linkLocalAddress } from './link-local.ts'
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
  readonly derived: DerivedAddress
  readonly primary: boolean
  readonly preferred: boolean
}

function internetAddresses(port: Port, family: FamilyConfiguration): readonly DesiredAddress[] {
  const candidates = distinct(port, family.addresses)
  if (family.family === 'inet6' && !candidates.some(one => isLinkLocal(one.derived.prefix.address))) {
    const length = port.medium === 'loopback' ? 128 : 64
    candidates.push({
      derived: deriveAddress({ address: linkLocalAddress(port), length }),
      primary: false,
      preferred: false,
    })
  }
  candidates.sort((a, b) => compareAddresses(a.derived.prefix.address, b.derived.prefix.address))
  const preferred = currentPreferred(candidates)
  const primary = currentPrimary(candidates, preferred)
  return candidates.map(one => ({
    address: one.derived.address,
    local: one.derived.local,
    destination: one.derived.destination,
    broadcast: port.medium === 'loopback' ? '' : one.derived.broadcast,
    flags:
      (one.primary ? ifaFlag.primary : 0) |
      (one.preferred ? ifaFlag.preferred : 0) |
      (preferred.has(one) ? ifaFlag.isPreferred : 0) |
      (one === primary ? ifaFlag.isPrimary : 0),
  }))
}

function distinct(port: Port, addresses: readonly AddressConfiguration[]): Candidate[] {
  const byLocal = new Map<string, Candidate>()
  for (const configuration of addresses) {
    const derived = configuredAddress(port, configuration)!
    const { primary, preferred } = configuration
    if (!byLocal.has(derived.local)) byLocal.set(derived.local, { derived, primary, preferred })
  }
  return [...byLocal.values()]
}

/** The preferred address of each subnet: the one that says so, or the lowest. Recorded host addresses are never Is-Preferred. */
function currentPreferred(sorted: readonly Candidate[]): ReadonlySet<Candidate> {
  const bySubnet = new Map<string, Candidate>()
  for (const one of sorted) {
    const { destination } = one.derived
    if (destination === '') continue
    const best = bySubnet.get(destination)
    if (!best || (one.preferred && !best.preferred)) bySubnet.set(destination, one)
  }
  return new Set(bySubnet.values())
}

/** The primary address of the family: the one that says so, or the lowest that may be, preferred ones first. */
function currentPrimary(sorted: readonly Candidate[], preferred: ReadonlySet<Candidate>): Candidate | undefined {
  return (
    sorted.find(one => one.primary) ??
    sorted.find(one => one.derived.eligible && preferred.has(one)) ??
    sorted.find(one => one.derived.eligible)
  )
}
