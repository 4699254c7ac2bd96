/**
 * A column of u32 as numbers. Columns are little-endian, as is every machine that Node 24 is built for except s390x. Bytes that came
 * over the wire may begin anywhere; those that are not aligned are copied.
 */
export function words(bytes: Uint8Array): Uint32Array {
  const { byteOffset, byteLength } = bytes
  if (byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, byteOffset, byteLength >> 2)
  return new Uint32Array(new Uint8Array(bytes).buffer)
}

/** The same the other way: the bytes of the first `count` numbers. */
export function bytesOf(column: Uint32Array, count: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, count * 4)
}
