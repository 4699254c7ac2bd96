/** The first route that is no destination: its length is out of range, or bits are set behind it. -1 when all are. */
export function destinationFault(family: string, addresses: Uint32Array, lengths: Uint8Array): number {
  const fits = family === 'inet' ? fitsIpv4 : family === 'inet6' ? fitsIpv6 : fitsLabel
  for (let i = 0; i < lengths.length; i++) if (!fits(addresses, i, lengths[i]!)) return i
  return -1
}

function fitsIpv4(addresses: Uint32Array, index: number, length: number): boolean {
  return length === 32 || (length < 32 && addresses[index]! << length === 0)
}

function fitsIpv6(addresses: Uint32Array, index: number, length: number): boolean {
  if (length > 128) return false
  for (let word = 0; word < 4; word++) {
    const bits = length - 32 * word
    if (bits >= 32) continue
    const value = addresses[4 * index + word]!
    if ((bits <= 0 ? value : value << bits) !== 0) return false
  }
  return true
}

/** A label of 20 bits (RFC 3032 2.1), or the default. */
function fitsLabel(addresses: Uint32Array, index: number, length: number): boolean {
  return length === 20 ? addresses[index]! < 2 ** 20 : length === 0 && addresses[index] === 0
}
