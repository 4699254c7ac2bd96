/** A message whose only field is a small number that is not 0, behind `before`. */
export function countField(tag: number, count: number, before: readonly number[] = []): Uint8Array {
  return count < 0x80
    ? Uint8Array.of(...before, tag, count)
    : Uint8Array.of(...before, tag, (count & 0x7f) | 0x80, count >>> 7)
}
