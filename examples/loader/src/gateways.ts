/** `count` neighbours from an address on: "10.0.0.1" gives 10.0.0.1, 10.0.0.2 and so on, "2001:db8::1" the like in hexadecimal. */
export function gatewaysFrom(first: string, count: number): string[] {
  const separator = first.includes(':') ? ':' : '.'
  const radix = first.includes(':') ? 16 : 10
  const at = first.lastIndexOf(separator) + 1
  const number = Number.parseInt(first.slice(at) || '0', radix)
  return Array.from({ length: count }, (_, index) => first.slice(0, at) + (number + index).toString(radix))
}
