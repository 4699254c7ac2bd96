import { type Address, formatAddress } from '@hangar/inet'
import type { InterfaceNotification } from '../interfaces/notification-stream.ts'
import type { InterfaceFault } from '../interfaces/subscriptions.ts'

/** The numbers of the enumerations are the same in both generations, but for what each RPC has of them. */
const statuses = { changed: 0, up: 1, down: 2, deleted: 3 } as const
const faults: Readonly<Record<InterfaceFault, number>> = {
  'not initialized': 2,
  'no key': 3,
  'not found': 4,
  'already subscribed': 3,
  'not subscribed': 3,
}
const initialized = { completed: 0, rebound: 1, already: 3 } as const

export const BYTES = 1

/** The number of a sub_code, as the RPC's own enumeration. */
export function faultCode<Code extends number>(fault: InterfaceFault): Code {
  return faults[fault] as Code
}

export function initializeCode<Code extends number>(outcome: keyof typeof initialized): Code {
  return initialized[outcome] as number as Code
}

/** An entry of either generation; `networkAddress` writes an address in that generation's message. */
export function interfaceEntry<NetworkAddress>(
  { name, status, ifl }: InterfaceNotification,
  networkAddress: (address: Address) => NetworkAddress,
) {
  const entry = { name, status: statuses[status] }
  if (!ifl) return entry
  const { index, bandwidth, mtu } = ifl
  const addresses = ifl.addresses.map(({ address, length, primary }) => ({
    address: networkAddress(address),
    prefixLength: length,
    isPrimary: primary,
  }))
  return { ...entry, index, bandwidth, mtu, addresses }
}

/** An address in the format that a request asks for; unknown formats are text. */
export function addressChoice(address: Address, format: number) {
  if (format === BYTES) return { case: 'addrBytes', value: Uint8Array.from(address.bytes) } as const
  return { case: 'addrString', value: formatAddress(address) } as const
}
