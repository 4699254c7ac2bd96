import { addressFromBytes, formatAddress } from '@hangar/inet'

/** The text of an address in a column of u32: a dotted quad, RFC 5952, or a label. */
export function addressText(family: string, column: Uint32Array, index: number): string {
  if (family === 'mpls') return `${column[index]}`
  if (family === 'inet') {
    const word = column[index]!
    return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`
  }
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < 4; i++) view.setUint32(4 * i, column[4 * index + i]!)
  return formatAddress(addressFromBytes(bytes))
}
