import { addressFromBytes, formatAddress } from '@hangar/inet'

/** The text of an address in a column: a dotted quad, RFC 5952, or a label. */
export function addressText(family: string, addresses: Uint32Array, index: number): string {
  if (family === 'mpls') return `${addresses[index]}`
  const width = family === 'inet6' ? 4 : 1
  const bytes = new Uint8Array(width * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < width; i++) view.setUint32(4 * i, addresses[index * width + i]!)
  return formatAddress(addressFromBytes(bytes))
}
