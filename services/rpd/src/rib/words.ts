import { type Address, addressFromBytes, formatAddress, type Prefix } from '@hangar/inet'

/** An address as the tables hold it: four words, the most significant first; an IPv4 address has one, the others are 0. */
export type Words = readonly [number, number, number, number]

export function wordsOf(address: Address): Words {
  const view = new DataView(address.bytes.buffer, address.bytes.byteOffset, address.bytes.byteLength)
  if (address.family === 'inet') return [view.getUint32(0), 0, 0, 0]
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}

export function addressOf(family: 'inet' | 'inet6', [k0, k1, k2, k3]: Words): Address {
  const bytes = new Uint8Array(family === 'inet' ? 4 : 16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, k0)
  if (family === 'inet6') {
    view.setUint32(4, k1)
    view.setUint32(8, k2)
    view.setUint32(12, k3)
  }
  return addressFromBytes(bytes)
}

export function prefixOf(family: 'inet' | 'inet6', words: Words, length: number): Prefix {
  return { address: addressOf(family, words), length }
}

/** "10.0.0.0/8" without an object a route. */
export function inetPrefixText(k0: number, length: number): string {
  return `${k0 >>> 24}.${(k0 >>> 16) & 255}.${(k0 >>> 8) & 255}.${k0 & 255}/${length}`
}

export function prefixText(family: 'inet' | 'inet6', words: Words, length: number): string {
  return family === 'inet' ? inetPrefixText(words[0], length) : `${formatAddress(addressOf(family, words))}/${length}`
}

/** Words with the bits beyond `length` cleared. */
export function maskedWords(words: Words, length: number): Words {
  const word = (i: number) => {
    const bits = length - 32 * i
    return bits >= 32 ? words[i]! : bits <= 0 ? 0 : (words[i]! & (0xffffffff << (32 - bits))) >>> 0
  }
  return [word(0), word(1), word(2), word(3)]
}

/** Clears the bits beyond `length` where they are. */
export function maskWords(words: Uint32Array, bits: number): void {
  for (let i = 0; i < 4; i++) {
    const left = bits - 32 * i
    if (left >= 32) continue
    words[i] = left <= 0 ? 0 : words[i]! & (0xffffffff << (32 - left))
  }
}
