import { Expression, type Term } from './expression.ts'

/** Well-known communities by name (RFC 1997, RFC 7999, RFC 9494, RFC 8326). */
const wellKnown: Readonly<Record<string, string>> = {
  'no-export': '65535:65281',
  'no-advertise': '65535:65282',
  'no-export-subconfed': '65535:65283',
  blackhole: '65535:666',
  'graceful-shutdown': '65535:0',
  'llgr-stale': '65535:6',
  'no-llgr': '65535:7',
}

/** A `community` of the configuration. It matches a route of whose communities each member has one. */
export class CommunityExpression {
  /** Members that are communities themselves: what `set` and `add` give a route. */
  readonly communities: readonly string[]
  readonly #members: readonly ((community: string) => boolean)[]
  readonly #inverted: boolean
  readonly #known = new WeakMap<readonly string[], boolean>()

  /** Throws a SyntaxError. */
  constructor(members: readonly string[], inverted: boolean) {
    this.communities = members.filter(isPlain)
    this.#members = members.map(memberTest)
    this.#inverted = inverted
  }

  matches(communities: readonly string[] = none): boolean {
    const known = this.#known.get(communities)
    if (known !== undefined) return known
    const numbers = communities.map(numeric)
    const has = this.#members.length > 0 && this.#members.every(member => numbers.some(member))
    this.#known.set(communities, has !== this.#inverted)
    return has !== this.#inverted
  }

  /** Whether any member means this community: what `delete` takes away. */
  covers(community: string): boolean {
    const number = numeric(community)
    return this.#members.some(member => member(number)) !== this.#inverted
  }
}

const none: readonly string[] = []

function numeric(community: string): string {
  return wellKnown[community] ?? community
}

/** Fields are words or IPv4 addresses: any other dot stands for a character. */
function isPlain(member: string): boolean {
  return member.split(':').every(field => /^([\w-]+|\d{1,3}(\.\d{1,3}){3})$/.test(field))
}

/** A community, `65000:*` with a wildcard for either number, or an expression over its characters. */
function memberTest(member: string): (community: string) => boolean {
  const [, high, low] = /^(\*|\d+):(\*|\d+)$/.exec(member) ?? []
  if (high === '*' || low === '*') {
    return community => {
      const [, first, second] = /^(\d+):(\d+)$/.exec(community) ?? []
      return first !== undefined && (high === '*' || high === first) && (low === '*' || low === second)
    }
  }
  if (isPlain(member)) return community => community === numeric(member)
  const expression = new Expression(member, readCharacter)
  return community => expression.within([...community])
}

/** A character, `.` for any, `[0-9]` and `[^5]`, or the begin or end of the community. */
function readCharacter(text: string, at: number): { term: Term<string>; end: number } | undefined {
  const character = text[at]
  if (character === undefined || '|()*+?{}'.includes(character)) return undefined
  if (character === '^') return { term: { place: 'start' }, end: at + 1 }
  if (character === '$') return { term: { place: 'end' }, end: at + 1 }
  if (character === '.') return { term: { test: () => true }, end: at + 1 }
  if (character === '[') return readClass(text, at)
  const literal = character === '\\' ? text[at + 1] : character
  if (literal === undefined) return undefined
  return { term: { test: one => one === literal }, end: at + (character === '\\' ? 2 : 1) }
}

function readClass(text: string, at: number): { term: Term<string>; end: number } | undefined {
  const [all, not, inside] = /^\[(\^?)([^\]]+)\]/.exec(text.slice(at)) ?? []
  if (all === undefined) return undefined
  const ranges = [...inside!.matchAll(/(.)-(.)|(.)/g)].map(([, low, high, one]) => [low ?? one!, high ?? one!] as const)
  const test = (one: string) => ranges.some(([low, high]) => one >= low && one <= high)
  return { term: { test: not ? one => !test(one) : test }, end: at + all.length }
}
