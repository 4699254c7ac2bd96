import { formatIPv4, parseIPv4 } from './ipv4.ts'

const group = /^[0-9a-fA-F]{1,4}$/
/** The longest text form has 8 groups of 4 digits, or 6 groups and a dotted quad: 45 characters. */
const longestText = 45

/** The 16 bytes that RFC 4291 2.2 text spells, undefined when it spells none. */
export function parseIPv6(text: string): Uint8Array | undefined {
  if (text.length > longestText) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const compressed = halves.length === 2
  const head = groups(halves[0]!, !compressed)
  const tail = compressed ? groups(halves[1]!, true) : []
  if (!head || !tail) return undefined
  const given = head.length + tail.length
  if (compressed ? given > 7 : given !== 8) return undefined
  const all = [...head, ...Array.from({ length: 8 - given }, () => 0), ...tail]
  const bytes = new Uint8Array(16)
  for (let i = 0; i < 8; i++) {
    bytes[2 * i] = all[i]! >> 8
    bytes[2 * i + 1] = all[i]! & 0xff
  }
  return bytes
}

/** The 16-bit groups of one side of `::`. Only the last side may end in a dotted quad. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const values: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (group.test(part)) {
      values.push(Number.parseInt(part, 16))
      continue
    }
    const quad = last && i === parts.length - 1 ? parseIPv4(part) : undefined
    if (!quad) return undefined
    values.push((quad[0]! << 8) | quad[1]!, (quad[2]! << 8) | quad[3]!)
  }
  return values
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
export function formatIPv6(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!)
  // RFC 5952 section 5: addresses known to carry IPv4 are written with a dotted quad.
  if (words.slice(0, 5).every(word => word === 0) && words[5] === 0xffff) {
    return `::ffff:${formatIPv4(bytes.subarray(12))}`
  }
  const { start, length } = longestZeroRun(words)
  if (length < 2) return hex(words)
  return `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`
}

function hex(words: readonly number[]): string {
  return words.map(word => word.toString(16)).join(':')
}

function longestZeroRun(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = -1
  for (const [i, word] of words.entries()) {
    if (word !== 0) {
      start = -1
      continue
    }
    if (start < 0) start = i
    if (i - start + 1 > best.length) best = { start, length: i - start + 1 }
  }
  return best
}
