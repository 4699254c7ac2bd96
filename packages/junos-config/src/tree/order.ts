/**
 * Order of names as people count: runs of digits compare as numbers, so xe-0/0/2 stands before xe-0/0/10. Names that
 * compare alike but are spelt differently (007, 7) fall back to the spelling, so that the order is total.
 */
export function naturalCompare(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (isDigit(a, i) && isDigit(b, j)) {
      const endA = digitsEnd(a, i)
      const endB = digitsEnd(b, j)
      const difference = compareDigits(a.slice(i, endA), b.slice(j, endB))
      if (difference !== 0) return difference
      i = endA
      j = endB
    } else {
      const difference = a.charCodeAt(i) - b.charCodeAt(j)
      if (difference !== 0) return difference
      i++
      j++
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0)
}

/** Media interfaces (`ge-0/0/0`) stand before the others (`fxp0`, `lo0`), each kind in natural order. */
export function interfaceCompare(a: string, b: string): number {
  return Number(b.includes('/')) - Number(a.includes('/')) || naturalCompare(a, b)
}

function isDigit(text: string, i: number): boolean {
  const code = text.charCodeAt(i)
  return code >= 48 && code <= 57
}

function digitsEnd(text: string, from: number): number {
  let i = from
  while (i < text.length && isDigit(text, i)) i++
  return i
}

function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0)
}
