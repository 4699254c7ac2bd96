const ZERO = 0x30
const DOT = 0x2e
const COLON = 0x3a

/** The longest text of an address: six groups and a dotted quad. */
const LONGEST = 45

/** The word of a dotted quad, -1 where the bytes spell none; as strict as `parseAddress`: no leading zeros. */
export function readInet(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 15) return -1
  let word = 0
  let at = start
  for (let part = 0; part < 4; part++) {
    if (part > 0 && bytes[at++] !== DOT) return -1
    if (at >= end) return -1
    let octet = bytes[at++]! - ZERO
    if (octet < 0 || octet > 9) return -1
    if (octet > 0)
      for (let digits = 1; at < end && digits < 3; digits++) {
        const digit = bytes[at]! - ZERO
        if (digit < 0 || digit > 9) break
        octet = octet * 10 + digit
        at++
      }
    if (octet > 255) return -1
    word = word * 256 + octet
  }
  return at === end ? word : -1
}

/** Reads the text of RFC 4291 2.2 into four words; false where the bytes spell no IPv6 address, and then `words` may hold anything. */
export function readInet6(bytes: Uint8Array, start: number, end: number, words: Uint32Array): boolean {
  if (end - start > LONGEST || end - start < 2) return false
  let at = start
  /** Groups that are there, and how many of them stand before `::` (-1: it has not come). */
  let count = 0
  let before = -1
  if (bytes[at] === COLON) {
    if (bytes[at + 1] !== COLON) return false
    before = 0
    at += 2
  }
  while (at < end) {
    if (count === 8) return false
    const first = at
    let value = 0
    for (; at < end; at++) {
      const digit = hexDigit(bytes[at]!)
      if (digit < 0) break
      value = value * 16 + digit
    }
    if (at < end && bytes[at] === DOT) {
      const quad = count > 6 ? -1 : readInet(bytes, first, end)
      if (quad < 0) return false
      put(words, count++, quad >>> 16)
      put(words, count++, quad & 0xffff)
      at = end
      break
    }
    if (at === first || at - first > 4) return false
    put(words, count++, value)
    if (at === end) break
    if (bytes[at++] !== COLON) return false
    if (bytes[at] === COLON && at < end) {
      if (before >= 0) return false
      before = count
      at++
    } else if (at === end) return false
  }
  if (before < 0) return count === 8
  if (count === 8) return false
  spread(words, before, count)
  return true
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function put(words: Uint32Array, group: number, value: number): void {
  const at = group >>> 1
  words[at] = (group & 1) === 0 ? value << 16 : (words[at]! & 0xffff0000) | value
}

/** Moves the groups behind `::` to the end, and fills the gap with zeros. */
function spread(words: Uint32Array, before: number, count: number): void {
  const group = (i: number) => (i & 1 ? words[i >>> 1]! & 0xffff : words[i >>> 1]! >>> 16)
  const set = (i: number, value: number) => {
    const word = words[i >>> 1]!
    words[i >>> 1] = i & 1 ? (word & 0xffff0000) | value : (word & 0xffff) | (value << 16)
  }
  for (let i = 7; i >= 8 - (count - before); i--) set(i, group(i - (8 - count)))
  for (let i = before; i < 8 - (count - before); i++) set(i, 0)
}
