import type { Medium } from './port.ts'

const ethernetHeader = 14
const vlanTag = 4
/** LLC header before an ISO PDU (ISO 8802-2). */
const llcHeader = 3
/** Junos leaves room for three labels of four bytes. */
const labelStack = 12
const defaultPayload = 1500

/** MTU of the ifd in bytes, headers included: 1514 for untagged Ethernet. 0: unlimited. */
export function interfaceMtu(medium: Medium, configured: number, vlanTagging: boolean): number {
  if (configured > 0) return configured
  return medium === 'loopback' ? 0 : defaultPayload + headers(vlanTagging)
}

/** MTU of a family in bytes, as Junos computes it from the ifd's: inet 1500, iso 1497, mpls 1488. 0: unlimited. */
export function familyMtu(family: string, configured: number, ifdMtu: number, vlanTagging: boolean): number {
  if (configured > 0) return configured
  if (ifdMtu === 0) return 0
  const payload = ifdMtu - headers(vlanTagging)
  if (family === 'iso') return Math.max(payload - llcHeader, 0)
  if (family === 'mpls') return Math.max(payload - labelStack, 0)
  return Math.max(payload, 0)
}

function headers(vlanTagging: boolean): number {
  return vlanTagging ? ethernetHeader + vlanTag : ethernetHeader
}
