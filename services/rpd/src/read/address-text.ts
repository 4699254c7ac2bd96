/*
 * Addresses as text, straight from the tables' words into a message.
 */

const ZERO = 0x30
const DOT = 0x2e
const COLON = 0x3a

/** Longest text of an address. */
export const LONGEST_ADDRESS = 39

/** Writes a dotted quad; returns where it ends. */
export function writeInet(k0: number, bytes: Uint8Array, at: number): number {
  let end = writeOctet(k0 >>> 24, bytes, at)
  bytes[end++] = DOT
  end = writeOctet((k0 >>> 16) & 255, bytes, end)
  bytes[end++] = DOT
  end = writeOctet((k0 >>> 8) & 255, bytes, end)
  bytes[end++] = DOT
  return writeOctet(k0 & 255, bytes, end)
}

export function inetTextSize(k0: number): number {
  return 3 + octetSize(k0 >>> 24) + octetSize((k0 >>> 16) & 255) + octetSize((k0 >>> 8) & 255) + octetSize(k0 & 255)
}

function octetSize(octet: number): number {
  return octet > 99 ? 3 : octet > 9 ? 2 : 1
}

function writeOctet(octet: number, bytes: Uint8Array, at: number): number {
  let end = at
  if (octet > 99) {
    const hundreds = octet > 199 ? 2 : 1
    bytes[end++] = ZERO + hundreds
    octet -= 100 * hundreds
    // Multiplied, as a division is slow: right for numbers below 100.
    const tens = (octet * 205) >>> 11
    bytes[end++] = ZERO + tens
    bytes[end++] = ZERO + octet - 10 * tens
  } else if (octet > 9) {
    const tens = (octet * 205) >>> 11
    bytes[end++] = ZERO + tens
    bytes[end++] = ZERO + octet - 10 * tens
  } else bytes[end++] = ZERO + octet
  return end
}

/** The text of RFC 5952: the longest run of zero groups (two at least, the first of equals) left out, no leading zeros. */
export function writeInet6(words: readonly [number, number, number, number], bytes: Uint8Array, at: number): number {
  const [k0, k1, k2] = words
  if (k0 === 0 && k1 === 0 && k2 === 0xffff) return writeMapped(words[3], bytes, at)
  let [run, runLength] = [8, 1]
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && group(words, i + length) === 0) length++
    if (length > runLength) [run, runLength] = [i, length]
    i += length
  }
  let end = at
  for (let i = 0; i < 8; i++) {
    if (i === run) {
      bytes[end++] = COLON
      if (i + runLength === 8) bytes[end++] = COLON
      i += runLength - 1
      continue
    }
    if (i > 0) bytes[end++] = COLON
    const value = group(words, i)
    for (let shift = value > 0xfff ? 12 : value > 0xff ? 8 : value > 0xf ? 4 : 0; shift >= 0; shift -= 4) {
      const digit = (value >>> shift) & 15
      bytes[end++] = digit > 9 ? 0x57 + digit : ZERO + digit
    }
  }
  return end
}

function group(words: readonly [number, number, number, number], i: number): number {
  const word = words[i >>> 1]!
  return (i & 1) === 0 ? word >>> 16 : word & 0xffff
}

/** ::ffff:192.0.2.1 (RFC 5952 5). */
function writeMapped(k3: number, bytes: Uint8Array, at: number): number {
  const prefix = [COLON, COLON, 0x66, 0x66, 0x66, 0x66, COLON]
  bytes.set(prefix, at)
  return writeInet(k3, bytes, at + prefix.length)
}
