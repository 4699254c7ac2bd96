/** Reserved labels beyond those with a meaning (RFC 3032 2.1) are none to use. */
export function isLabel(label: number): boolean {
  return label >= 0 && label < 2 ** 20 && !(label > 3 && label < 16)
}
