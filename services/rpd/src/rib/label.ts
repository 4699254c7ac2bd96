/** Whether a packet can carry it: 20 bits, and none that is reserved (RFC 3032 2.1) besides the well-known ones. */
export function isLabel(label: number): boolean {
  return label >= 0 && label < 2 ** 20 && (label < 4 || label > 15)
}
