/*
 * Fields of small messages, put together as lists of bytes: simple rather than fast. As in proto3, what has its default is not on the wire.
 */

export type Bytes = readonly number[]

/** An unsigned number of 32 bits. */
export function numberField(field: number, value: number): Bytes {
  return value === 0 ? [] : [field << 3, ...varint(value)]
}

export function floatField(field: number, value: number): Bytes {
  return value === 0 ? [] : [(field << 3) | 5, ...new Uint8Array(Float32Array.of(value).buffer)]
}

export function textField(field: number, value: string): Bytes {
  return value === '' ? [] : messageField(field, [...Buffer.from(value)])
}

/** A message, or bytes: there even when it is empty. */
export function messageField(field: number, bytes: Bytes): Bytes {
  return [(field << 3) | 2, ...varint(bytes.length), ...bytes]
}

function varint(value: number): Bytes {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest]
}
