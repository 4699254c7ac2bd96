/*
 * Regular expressions over any symbols: characters of a community, numbers of an AS path. They run as sets of states, so that the
 * time is linear in the subject whatever the expression (which an operator wrote) is.
 */

/** One symbol, or a place between symbols. */
export type Term<S> = { readonly test: (symbol: S) => boolean } | { readonly place: 'start' | 'end' }

/** Reads one term of the text at a place; undefined where none begins. */
export type TermReader<S> = (text: string, at: number) => { term: Term<S>; end: number } | undefined

type Tree<S> =
  | { readonly kind: 'term'; readonly term: Term<S> }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree<S>[] }
  | { readonly kind: 'repeat'; readonly of: Tree<S>; readonly least: number; readonly most: number }

interface State<S> {
  term?: Term<S>
  /** Where it goes on: after its term, or (without one) at once. */
  next: number[]
}

const MOST_STATES = 20_000

/** A compiled expression; throws a SyntaxError that says where the text stops being one. */
export class Expression<S> {
  readonly #states: State<S>[] = []
  readonly #start: number
  readonly #final: number

  constructor(text: string, readTerm: TermReader<S>) {
    const tree = new Parser(text, readTerm).parse()
    this.#final = this.#add({ next: [] })
    this.#start = this.#build(tree, this.#final)
  }

  /** Whether all symbols together match. */
  matches(symbols: readonly S[]): boolean {
    return this.#run(symbols, false)
  }

  /** Whether some run of symbols matches. */
  within(symbols: readonly S[]): boolean {
    return this.#run(symbols, true)
  }

  #run(symbols: readonly S[], anywhere: boolean): boolean {
    let now = new Set<number>()
    for (let at = 0; ; at++) {
      if (at === 0 || anywhere) this.#enter(this.#start, now, at === 0, at === symbols.length)
      if (now.has(this.#final) && (anywhere || at === symbols.length)) return true
      if (at === symbols.length || (now.size === 0 && !anywhere)) return false
      const then = new Set<number>()
      for (const number of now) {
        const { term, next } = this.#states[number]!
        if (!term || !('test' in term) || !term.test(symbols[at]!)) continue
        for (const one of next) this.#enter(one, then, false, at + 1 === symbols.length)
      }
      now = then
    }
  }

  /** A state, and all that are reached from it without a symbol. */
  #enter(first: number, states: Set<number>, start: boolean, end: boolean): void {
    const entered = [first]
    for (let number = entered.pop(); number !== undefined; number = entered.pop()) {
      if (states.has(number)) continue
      states.add(number)
      const { term, next } = this.#states[number]!
      if (!term || ('place' in term && (term.place === 'start' ? start : end))) entered.push(...next)
    }
  }

  /** The number of the first state of a tree that leads on to `next`. */
  #build(tree: Tree<S>, next: number): number {
    switch (tree.kind) {
      case 'term':
        return this.#add({ term: tree.term, next: [next] })
      case 'all':
        return tree.of.reduceRight((after, one) => this.#build(one, after), next)
      case 'any':
        return this.#add({ next: tree.of.map(one => this.#build(one, next)) })
      case 'repeat': {
        let first = next
        if (tree.most === Number.POSITIVE_INFINITY) {
          const loop: State<S> = { next: [next] }
          first = this.#add(loop)
          loop.next.push(this.#build(tree.of, first))
        } else
          for (let i = tree.least; i < tree.most; i++) first = this.#add({ next: [this.#build(tree.of, first), next] })
        for (let i = 0; i < tree.least; i++) first = this.#build(tree.of, first)
        return first
      }
    }
  }

  #add(state: State<S>): number {
    if (this.#states.length >= MOST_STATES) throw new SyntaxError('the expression is too large')
    return this.#states.push(state) - 1
  }
}

class Parser<S> {
  readonly #text: string
  readonly #readTerm: TermReader<S>
  #at = 0
  #depth = 0

  constructor(text: string, readTerm: TermReader<S>) {
    this.#text = text
    this.#readTerm = readTerm
  }

  parse(): Tree<S> {
    const tree = this.#alternatives()
    if (this.#at < this.#text.length) throw this.#fault()
    return tree
  }

  #alternatives(): Tree<S> {
    const of = [this.#sequence()]
    while (this.#text[this.#at] === '|') {
      this.#at++
      of.push(this.#sequence())
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of }
  }

  #sequence(): Tree<S> {
    const of: Tree<S>[] = []
    for (;;) {
      while (this.#text[this.#at] === ' ') this.#at++
      const one = this.#text[this.#at] === '(' ? this.#group() : this.#term()
      if (!one) return { kind: 'all', of }
      of.push(this.#repeated(one))
    }
  }

  #group(): Tree<S> {
    if (++this.#depth > 50) throw new SyntaxError('too many parentheses inside each other')
    this.#at++
    const tree = this.#alternatives()
    if (this.#text[this.#at++] !== ')') throw this.#fault()
    this.#depth--
    return tree
  }

  #term(): Tree<S> | undefined {
    const read = this.#readTerm(this.#text, this.#at)
    if (!read) return undefined
    this.#at = read.end
    return { kind: 'term', term: read.term }
  }

  #repeated(of: Tree<S>): Tree<S> {
    const operator = this.#text[this.#at]
    if (operator === '*' || operator === '+' || operator === '?') {
      this.#at++
      const most = operator === '?' ? 1 : Number.POSITIVE_INFINITY
      return { kind: 'repeat', of, least: operator === '+' ? 1 : 0, most }
    }
    const [all, from, comma, to] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#text.slice(this.#at, this.#at + 12)) ?? []
    if (all === undefined) return of
    const least = Number(from)
    const most = to ? Number(to) : comma ? Number.POSITIVE_INFINITY : least
    if (most < least) throw this.#fault()
    this.#at += all.length
    return { kind: 'repeat', of, least, most }
  }

  #fault(): SyntaxError {
    return new SyntaxError(`unexpected '${this.#text.slice(this.#at, this.#at + 10)}' at ${this.#at + 1}`)
  }
}
