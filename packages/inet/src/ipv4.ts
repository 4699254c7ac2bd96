/** Four decimal parts, each without a leading zero: `010` is octal to some readers, so it is nobody's address here. */
const dottedQuad = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

/** The four bytes of a dotted quad, undefined when the text is none. */
export function parseIPv4(text: string): Uint8Array | undefined {
  const match = dottedQuad.exec(text)
  if (!match) return undefined
  const bytes = new Uint8Array(4)
  for (let i = 0; i < 4; i++) {
    const part = Number(match[i + 1])
    if (part > 255) return undefined
    bytes[i] = part
  }
  return bytes
}

/** Dotted quad. */
export function formatIPv4(bytes: Uint8Array): string {
  return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`
}
