/** Protocol buffers by hand: what is written is longer than 0 and not a default, so that it is what any encoder writes. */
const VARINT = 0
const LENGTH_DELIMITED = 2

export function varint(value: number): number[] {
  const bytes: number[] = []
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80)
  return [...bytes, value]
}

export function numberField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8 + VARINT), ...varint(value)])
}

/** A message, a text (as ASCII or UTF-8) or bytes; a message from its fields. */
export function field(number: number, ...parts: (string | Uint8Array)[]): Uint8Array {
  const body = concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)))
  return concat([Uint8Array.from([...varint(number * 8 + LENGTH_DELIMITED), ...varint(body.length)]), body])
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
