import { Expression, type Term } from './expression.ts'

/** One place of an AS path: a number, or a set of them (RFC 4271 4.3). */
type Hop = readonly number[]

/** An `as-path` of the configuration: a regular expression whose terms are whole AS numbers. It covers the whole path. */
export class AsPathExpression {
  readonly #expression: Expression<Hop>
  readonly #known = new WeakMap<object, boolean>()

  /** Throws a SyntaxError. */
  constructor(text: string) {
    this.#expression = new Expression(text, readTerm)
  }

  /** `of` is what the path belongs to, and stands for it when it comes again. A route without attributes of BGP has the empty path. */
  matches(of: { readonly asPath: string } | undefined): boolean {
    if (!of) return this.#expression.matches([])
    const known = this.#known.get(of)
    if (known !== undefined) return known
    const matches = this.#expression.matches(hopsOf(of.asPath))
    this.#known.set(of, matches)
    return matches
  }
}

/** "65001 65002 {65003 65004}", with segments of confederations in parentheses (RFC 5065). */
function hopsOf(path: string): Hop[] {
  const hops: Hop[] = []
  for (const [hop] of path.matchAll(/\{[^}]*\}|\[[^\]]*\]|[\d.]+/g)) {
    const numbers = [...hop.matchAll(/[\d.]+/g)].map(([number]) => asNumber(number))
    if (numbers.length > 0) hops.push(numbers)
  }
  return hops
}

/** "65001", or "1.10" in two halves (RFC 5396). */
function asNumber(text: string): number {
  const [high, low] = text.split('.')
  return low === undefined ? Number(high) : Number(high) * 65536 + Number(low)
}

const number = String.raw`\d+(?:\.\d+)?`
const range = new RegExp(`(${number})(?:-(${number}))?`, 'g')
const termText = new RegExp(`\\^|\\$|(!?)(?:(\\.)|(${number}(?:-${number})?)|\\[([!^]?)([^\\]]*)\\])`, 'y')

/** `65001`, `65001-65010`, `.`, `[65001 65003-65005]`, each with `!` for anything else; `^` and `$`, which are there anyway. */
function readTerm(text: string, at: number): { term: Term<Hop>; end: number } | undefined {
  termText.lastIndex = at
  const match = termText.exec(text)
  if (!match) return undefined
  const end = termText.lastIndex
  const [whole, not, any, one, notSet, set] = match
  if (whole === '^') return { term: { place: 'start' }, end }
  if (whole === '$') return { term: { place: 'end' }, end }
  const inverted = not === '!' || notSet
  const ranges = [...(one ?? set ?? '').matchAll(range)].map(([, low, high]) => [
    asNumber(low!),
    asNumber(high ?? low!),
  ])
  const inside = (hop: Hop) =>
    any !== undefined || hop.some(as => ranges.some(([low, high]) => as >= low! && as <= high!))
  return { term: { test: inverted ? hop => !inside(hop) : inside }, end }
}
