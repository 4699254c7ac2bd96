/** Values of a table: -1 is left for none, and one bit for the table. */
const LARGEST = 2 ** 31 - 2

export function checkLength(length: number, longest: number): void {
  if (length >>> 0 !== length || length > longest) {
    throw new RangeError(`a prefix length is 0 to ${longest}, not ${length}`)
  }
}

export function checkValue(value: number): void {
  if (value >>> 0 !== value || value > LARGEST) throw new RangeError(`a value is 0 to ${LARGEST}, not ${value}`)
}
