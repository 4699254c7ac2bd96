import { addressFromBytes, formatAddress } from '@hangar/inet'

/** "10.0.0.0/8", "2001:db8::/32", "299776/20" */
export function destinationText(family: string, addresses: Uint32Array, index: number, length: number): string {
  if (family === 'mpls') return `${addresses[index]}/${length}`
  const width = family === 'inet6' ? 4 : 1
  const bytes = new Uint8Array(width * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < width; i++) view.setUint32(4 * i, addresses[index * width + i]!)
  return `${formatAddress(addressFromBytes(bytes))}/${length}`
}
